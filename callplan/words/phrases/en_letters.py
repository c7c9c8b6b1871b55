"""English: what stands around letters and e-mails, and what the user is told about them."""

from __future__ import annotations

LETTERS = {
    # Labels.
    "to": "To",
    "subject": "Subject",
    "phone": "Phone",
    "address": "{person}, {role}",
    # Notices.
    "words": "{words} words; best is {fewest} to {most}.",
    "generic": "Nothing in it comes from your notes, so it could be anybody's. Add what you talked about to {file}.",
    "foreign": "Some of your notes are in another language than this text. They are quoted as they stand: put them "
    "into English before you send it.",
    "language": "Salutation, date and close are as {language} asks; the text is in English until you give a template "
    "of your own (docs/templates.md).",
    "unknown_language": "There are no letters in this language ({language}) yet, so this one is in English.",
    "ahead": "The interview is still to come: begin with this, and finish it when you know what you talked about.",
    "went_badly": "You were not happy with your answers. Write all the same: it may have gone better than it felt, and "
    "a good text still counts.",
    "nobody": "Nobody is on file to write to, so it begins without a name. A name is better: the card, the invitation, "
    "a signature or the company's site may have it.",
    "me_phone": "Your number is missing from your signature: add phone under [me] in {config}.",
    "me_email": "Your e-mail address is missing from your signature: add email under [me] in {config}.",
    "me_address": "Your address is missing from the head of the letter: add address under [me] in {config}.",
    "their_address": "There is no postal address: right for a PDF by e-mail. For the post, add place to the round.",
    "check_address": "The address is the place of the interview: look whether post reaches them there.",
    "alike": "The texts to {one} and {other} share {percent} % of their wording; colleagues compare. Change one of "
    "them, or note what you talked about with each.",
    "early": "They hope to decide by {day}: keep it until then.",
    "rang": "They rang, so ring back rather than write.",
    "receipt": "A read receipt is only a request: many programs ask or ignore it, and some people mind. No receipt "
    "means nothing.",
    "receipt_address": "There is no read receipt without your own address: add email under [me] in {config}.",
    "bad_address": "{address} cannot stand in an e-mail's head; put the address in by hand.",
    # By hand or not.
    "advice.by-hand": "By hand suits them best.",
    "advice.typed": "A typed letter suits them best, by post or as a PDF by e-mail.",
    "advice.email": "An e-mail suits them best; a letter on paper is not expected.",
    "why.family": "a family firm likes handwriting",
    "why.tech": "a technology firm reads e-mail and may find paper odd",
    "why.public": "a public office files what is typed",
    "why.corporate": "a large firm passes a typed letter round more easily",
    "why.agency": "an agency forwards e-mail",
    "why.invited_email": "they invited you by e-mail, so e-mail is fine",
    "why.invited_message": "they wrote by message, so e-mail is fine",
    "why.invited_letter": "they wrote to you on paper",
    "why.invited_phone": "they rang you, which says nothing for paper or against it",
    "why.post": "the post may take until {day}, and they decide on {decision}: send an e-mail as well",
    "why.unknown": "nothing on file speaks for handwriting",
    "because": "{verdict} Because {reasons}. It is yours to decide: --by-hand or --typed.",
    # Writing it by hand.
    "guide": "How to write it",
    "guide.paper": "Unlined paper or a plain card, with a ruled sheet below it; a pen that does not run.",
    "guide.lines": "{lines} lines as they stand below, with a hand's breadth free at the left; it fits on half a page.",
    "guide.names": "Letter by letter, for a wrong name spoils it all: {names}.",
    "guide.once": "Write it once on scrap paper, read it aloud, then write it out.",
    "guide.post": "Post it today: it should be there before they decide.",
}

GAPS = {
    "talked_about": 'something you talked about with {whom} — add topics = [{{ text = "…", by = "{whom}" }}] under '
    "[rounds.notes] in {file}",
    "answer_day": "your answer — draft it again with --yes, or with --until and the day by which you will decide",
    "next_round": "day, time and place of the interview — add the new round to {file}",
    "promised_call": "the day they said they would ring — callplan log {name} reply --date …",
}
