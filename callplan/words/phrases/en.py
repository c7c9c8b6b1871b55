"""English."""

from __future__ import annotations

from callplan.words.phrases import Phrases
from callplan.words.phrases.en_agenda import AGENDA
from callplan.words.phrases.en_letters import GAPS, LETTERS
from callplan.words.phrases.verbs import DANISH, ENGLISH

PHRASES = Phrases(
    gap="[GAP: {what}]",
    speaker="I",
    own_words=("i ", "i've ", "i’ve ", "i'm ", "i’m ", "my "),
    titles={
        "before": "Before you call",
        "gatekeeper": "If somebody else answers",
        "opening": "Opening",
        "courtesy": "Courtesy",
        "purpose": "Why I am calling",
        "why": "Why this company",
        "points": "What I bring",
        "topic": "Something we talked about",
        "new_point": "One new point",
        "ask": "The date of the decision",
        "need": "Anything more",
        "permission": "May I call again",
        "last": "The last call",
        "close": "Goodbye",
        "reserve": "In reserve, if they want to hear more",
        "branches": "If they say",
        "voicemail": "If you leave a message (on the last try only)",
        "reminder": "What was said last time",
        "after": "Afterwards",
    },
    labels={
        "call": "Call script",
        "second-call": "Script for the second call",
        "who": "Who",
        "number": "Number",
        "theirs": "Their time",
        "mine": "Your time",
        "same": "the same as theirs, {zone}",
        "interview": "Interview",
        "no_time": "no time yet",
        "length": "{words} words, about {seconds} seconds",
        "gaps": "Still missing",
        "notices": "Please look at this",
        "promised": "They promised an answer by {day}.",
        "and": " and ",
        "greetings": "Good morning|Good afternoon",
    },
    cues={
        "gatekeeper_absent": "Not there, or busy",
        "bad_moment": "“It is a bad moment”",
        "not_decided": "“We have not decided yet”",
        "on_hold": "“It is on hold”",
        "need_more": "“We need something more”",
        "offer": "“We want you”, or “come to another interview”",
        "rejected": "“We chose somebody else”",
        "no_calls": "“Please do not call”",
    },
    gaps={
        **GAPS,
        "me_name": 'your name — add name = "…" under [me] in {config}',
        "me_phone": 'your number — add phone = "…" under [me] in {config}',
        "company": 'the company — add company = "…" to {file}',
        "position": 'the position — add position = "…" to {file}',
        "callee": "whom to call — add a [[people]] entry to {file}",
        "number": 'the number of {name} — add phone = "…" to their entry in {file}',
        "email": 'the e-mail address of {name} — add email = "…" to their entry in {file}; '
        "the card, the invitation or the company's site may have it",
        "nobody": "whom to write to — add a [[people]] entry to {file}",
        "why": 'why this company — add why = ["…"] to {file}',
        "points": 'what you bring — add [[fit]] with need = "…" and strength = "…" to {file}',
        "one_more": 'a second point — add another [[fit]] with need = "…" and strength = "…" to {file}',
        "strength": 'your answer to “{need}” — add strength = "…" to that [[fit]] in {file}',
        "valued": "your answer to “{text}”, which they stressed — add a [[fit]] for it to {file}",
        "topic": 'something you talked about — add topics = ["…"] under [rounds.notes] in {file}',
        "wrote": "the day you wrote — once the follow-up e-mail is sent, log it: callplan log {name} follow-up sent",
        "first_call": "the first call — log it, with what they said: callplan log {name} call reached",
    },
    notices={
        "long_section": "“{title}” is {words} words, best is at most {budget}: say it shorter, or shorten it "
        "in {file}.",
        "long_talk": "The whole talk is {words} words (about {seconds} s), best is at most {budget}. "
        "The longest part is “{title}”, {longest} words.",
        "long_message": "The message is {words} words (about {seconds} s), best is at most {budget} words and "
        "{limit} s.",
        "foreign": "Some of your notes are in another language than the script. They are quoted as they stand: "
        "put them into English before you call.",
        "language": "There is no script in this language ({language}) yet, so this one is in English.",
    },
    needs={
        "verb": "You need somebody who {need}",
        "verb_you": "You asked for somebody who {need}",
        "verb_by": "{by} asked for somebody who {need}",
        "noun": "As for {need}",
        "noun_you": "You mentioned {need}",
        "noun_by": "{by} mentioned {need}",
        "quoted": "You care about “{need}”. My answer: “{strength}”.",
    },
    agenda=AGENDA,
    letters=LETTERS,
    needing=ENGLISH.needing,
    having=ENGLISH.having,
    foreign=DANISH.every - ENGLISH.every,
    units={
        "day": ("day", "days"),
        "working day": ("working day", "working days"),
        "week": ("week", "weeks"),
        "month": ("month", "months"),
    },
)
