"""English: the texts of calendar events. A text may have several lines."""

from __future__ import annotations

AGENDA = {
    # Titles. {job} is "Nordlys Energi (Data Engineer)".
    "job": "{company} ({position})",
    "title.interview": "Interview: {job}",
    "title.interview_again": "Interview {round}: {job}",
    "title.notes": "Write down the interview: {job}",
    "title.thank-you": "Thank-you e-mail: {job}",
    "title.thank-you-deadline": "Thank-you e-mail deadline: {job}",
    "title.letter": "Letter to {whom}: {job}",
    "title.letter_by_hand": "Handwritten letter to {whom}: {job}",
    "title.follow-up": "Follow-up e-mail: {job}",
    "title.rehearse": "Rehearse your call: {job}",
    "title.call": "Call {whom}: {job}",
    "title.second-call": "Second call to {whom}: {job}",
    "title.answer": "Answer them: {job}",
    "title.answer_offer": "Answer the offer: {job}",
    "title.answer_invitation": "Answer the invitation: {job}",
    "title.rejection-reply": "A kind reply: {job}",
    "title.reflect": "Take stock: {job}",
    "title.review": "Back from {friend}: {title}",
    "title.late": "Late: {title}",
    # What several events say.
    "late": "This is late, and still welcome: better late than never.",
    "tentative": "Only if they have not answered by then.",
    "assumed": "Counted from a date that is only assumed; the plan moves when you add the real one to {file}.",
    "to": "To:",
    "due": "At the latest: {moment}",
    "why": "Why now: {why}",
    "warning": "Mind: {warning}",
    "drafted": "A draft of it: callplan draft {name} {step}",
    "done": "When it is done: callplan log {name} {step} {outcome}",
    "theirs": "Their time: {span}",
    "mine": "Your time: {span}",
    "same": "the same as theirs, {zone}",
    "points": "Your points:",
    "point": "{need}: {strength}",
    "mention": "You talked about: {text}",
    "valued": "They valued: {text}",
    "reason": "Why {company}: {text}",
    # The steps.
    "interview": "Before you leave, find out in a friendly way:",
    "interview.how_long": "How long? {said}",
    "interview.who": "Who will tell you? {said}",
    "interview.how": "By phone or by e-mail? {said}",
    "interview.known": "You know already: {known}.",
    "ask.how_long": "“May I ask when you expect to decide?”",
    "ask.who": "“Who will let me know?”",
    "ask.how": "“Will that be by phone or by e-mail?”",
    "ask.card": "“May I have your card?”",
    "interview.cards": "And ask each of them for a card: {said} It may feel awkward; it shows that you are "
    "interested. It gives you the "
    "exact name, the title, the number and the e-mail address:",
    "interview.card": "{person} – you have everything",
    "interview.card_missing": "{person} – still missing: {missing}",
    "interview.card_anybody": "everybody you meet",
    "interview.heard": "From the last interview:",
    "interview.next": "Afterwards: write down what was said, then send the thank-you e-mail on your way home.",
    "missing.role": "title",
    "missing.phone": "number",
    "missing.email": "e-mail address",
    "by": "by {day}",
    "within": "within {period}",
    "channel.email": "e-mail",
    "channel.phone": "phone",
    "channel.letter": "letter",
    "channel.message": "message",
    "notes": "Write it down while you remember the words:\n"
    "- what you talked about, and who said what\n"
    "- the skills, the experience and the qualities they stressed\n"
    "- each question, and how well you answered it (1 to 5)\n"
    "- what they said about the decision: how long, who, and how\n"
    "Short words are enough. They make your e-mail and your letter personal, and prepare you for the next interview.",
    "notes.next": "Next: the thank-you e-mail.",
    "thank-you": "Send a short thank-you e-mail, one to each, even if the interview did not feel good. Three or four "
    "sentences: thank them for their time, name one thing you talked about, say that you would like the job. "
    "You can begin it on your phone as you leave the building.",
    "thank-you.ask_date": "You were not told when they decide: ask in one friendly line.",
    "thank-you.next": "Next: a letter some days later, then wait until they decide.",
    "thank-you-deadline": "{hours} hours after the interview: the last moment for the thank-you e-mail. Four "
    "sentences are "
    "enough, and a plain thank-you today is better than a perfect one tomorrow.",
    "letter": "Write a letter of one page to {whom}, fuller than the e-mail: thank them, tie two or three of your "
    "strengths to what they need, and say what you would bring that others may not.",
    "letter_by_hand": "Write {whom} a letter by hand, half a page, and post it today so that it arrives in time: "
    "thank "
    "them, tie one or two of your strengths to what they need, and say that you would like the job.",
    "letter.each": "Everybody you met gets a letter of their own; colleagues compare them.",
    "letter.next": "Read it once more for spelling, best by a second pair of eyes. Then wait until they decide.",
    "follow-up": "Ask by e-mail whether they have decided: who you are, the position and the day you met; what you "
    "would bring, as in a cover letter; one thing you talked about; and a friendly close such as “I look "
    "forward to hearing from you soon”.",
    "follow-up.proof": "Read it once more for spelling, best by a second pair of eyes. You may ask for a read receipt.",
    "follow-up.next": "Send it once only. If they stay silent you call them some days later; you do not write again.",
    "rehearse": "Read the script aloud three times, five times if you are nervous. The call: {moment}.",
    "rehearse.how": "With a timer: callplan practise {name}",
    "call.who": "Speak to: {who}",
    "call.you": "You are {me}; {met} on {day}.",
    "call.met": "you met",
    "call.interviewed": "your interview was",
    "call.ask": "Thank them for their time. Is this a good moment?",
    "call.wrote": "You wrote on {day} and would like to hear how things stand.",
    "call.decision": "Ask: when do you expect to decide?",
    "call.decision_known": "Ask: when do you expect to decide? (They said: {said}.)",
    "call.end": "Do you need anything more from me? May I call once more?",
    "call.end_last": "Do you need anything more from me?",
    "call.absent": "Not there? Ask when to try again, and try later: better than a message. Leave one on the last "
    "try "
    "only, with your number twice: {number}",
    "call.script": "The whole script: callplan script {name}",
    "call.log": "Afterwards: callplan log {name} {step} reached (or: no-answer, voicemail …)",
    "second-call.first": "Your first call was on {day}.",
    "second-call.said": "They said: {said}",
    "second-call.promised": "They expected to decide by {day}.",
    "second-call.new": "One new point: {text}",
    "second-call.last": "Say that it is your last call, and that you would be glad to know if the position is filled.",
    "second-call.kind": "They have probably not forgotten you: deciding often takes longer than planned.",
    "answer": "Answer at once: it shows that you are keen.",
    "answer.offer": "Thank them, repeat the position and what they offer, and say yes, yes with a question, or by "
    "when "
    "you will decide.",
    "answer.invitation": "Thank them, repeat the day, the time and the place, and say that you will be there.",
    "answer.channel": "Answer the way they reached you: by {channel}.",
    "rejection-reply": "Thank them for telling you and for the interview. Ask one open question: what could I "
    "have done "
    "better? Say that you would be glad to be considered for another position.",
    "rejection-reply.kind": "It is a disappointment, and no verdict on you. Nothing in the reply should blame "
    "anybody; what "
    "they answer will help you in the next interview.",
    "review": "It has been with {friend} since {day}. Ask what they saw, mend it, and read it aloud once more before "
    "you send it: fresh eyes see what yours have read ten times.",
    "review.friend": "a friend",
    "review.done": "When you have it back: callplan review {name} {step} --done",
    "reflect": "They have been silent for long, and you have done all that good manners allow. It says little "
    "about you. "
    "Ask yourself:\n"
    "- Is this still the right job for me?\n"
    "- Do they treat people the way I want to be treated?\n"
    "- What did I learn that helps me next time?\n"
    "- Where do I apply next?",
    "reflect.next": "Nothing more is sent or asked from here on. If they write after all, the plan goes on.",
    # Reminders.
    "alarm.interview": "In an hour: {title}",
    "alarm.cards": "Before you leave: how long, who, how? And ask for their cards.",
    "alarm.call_soon": "Find a quiet place. In 15 minutes: {title}, {number}",
    "alarm.call_now": "Now: {title}, {number}",
    "alarm.deadline": "{hours} h left: {title}",
}
