"""What a calendar event tells the user to do: to whom, why, until when, and what comes next. Plain text, never HTML.

Written from the phrases alone, without Jinja2 and Babel: a sync makes these texts for every step each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from callplan.plan.letters import by_hand
from callplan.plan.step import Status, StepKind
from callplan.words.clean import clean
from callplan.words.dates import same_clock, span_in_zone, zone_in_words
from callplan.words.event_text import CALLS, EventText
from callplan.words.facts import CallFacts
from callplan.words.letter_language import letter_language
from callplan.words.phrases import phrases
from callplan.words.said import said
from callplan.words.sentences import sentence

#: What the log says when the step is done; calls say more themselves, the deadline is the thank-you's.
_LOGGED = {
    StepKind.NOTES: ("notes", "done"),
    StepKind.THANK_YOU: ("thank-you", "sent"),
    StepKind.THANK_YOU_DEADLINE: ("thank-you", "sent"),
    StepKind.LETTER: ("letter", "sent"),
    StepKind.FOLLOW_UP: ("follow-up", "sent"),
    StepKind.REHEARSE: ("rehearse", "done"),
    StepKind.ANSWER: ("answer", "sent"),
    StepKind.REJECTION_REPLY: ("rejection-reply", "sent"),
    StepKind.REFLECT: ("reflect", "done"),
}

#: What `callplan draft` writes.
_DRAFTED = (StepKind.THANK_YOU, StepKind.LETTER, StepKind.FOLLOW_UP, StepKind.ANSWER, StepKind.REJECTION_REPLY)

#: Steps whose latest time is said elsewhere in the text, or means nothing to the user.
_WITHOUT_DUE = (StepKind.INTERVIEW, StepKind.NOTES, StepKind.REHEARSE)

#: How many points the first call has room for; the second begins after them.
_SAID_BEFORE = 2


def description(text: EventText, page_url: str | None = None) -> str:
    """The whole text of a step's event. A call's begins with the number, both local times and the link."""
    step = text.step
    lines = list(_dialling(text, page_url))
    if step.status is Status.LATE:
        lines.append(text.say("late"))
    if step.status is Status.TENTATIVE:
        lines.append(text.say("tentative"))
    lines += _TEXTS[step.kind](text)
    lines.append("")
    lines += _particulars(text)
    return "\n".join(lines).strip()


def review_description(text: EventText, friend: str, asked: datetime) -> str:
    """The text of the slot in which a text comes back from whoever reads it over."""
    step = text.step
    lines = [text.say("review", friend=friend, day=text.day(asked))]
    if step.due is not None:
        lines.append(text.say("due", moment=text.latest(step.due)))
    lines.append(text.say("review.done", step=step.kind.value))
    return "\n".join(lines)


def _dialling(text: EventText, page_url: str | None) -> Iterator[str]:
    """One number or link a line, so that every client makes it tappable."""
    step = text.step
    by_phone = step.kind in CALLS or (step.kind is StepKind.ANSWER and step.phone is not None)
    if by_phone:
        yield text.number
        yield from _both_times(text)
    if page_url:
        yield clean(page_url)
    if by_phone or page_url:
        yield ""


def _both_times(text: EventText) -> Iterator[str]:
    step, mine = text.step, text.settings.me.timezone
    if step.start is None or step.end is None:
        return
    yield text.say("theirs", span=span_in_zone(step.start, step.end, step.timezone, text.language))
    same = text.say("same", zone=zone_in_words(mine, text.language))
    other = span_in_zone(step.start, step.end, mine, text.language)
    yield text.say("mine", span=same if same_clock(step.start, step.timezone, mine) else other)


def _particulars(text: EventText) -> Iterator[str]:
    step = text.step
    if step.due is not None and step.kind not in _WITHOUT_DUE:
        yield text.say("due", moment=text.latest(step.due))
    if step.assumed:
        yield text.say("assumed")
    if step.warning:
        yield text.say("warning", warning=clean(said(step.warning, text.language)))
    if step.kind is not StepKind.INTERVIEW and step.why:
        yield text.say("why", why=clean(said(step.why, text.language)))
    if step.kind in _DRAFTED:
        yield text.say("drafted", step=step.kind.value)
    if step.kind in _LOGGED:
        logged, outcome = _LOGGED[step.kind]
        yield text.say("done", step=logged, outcome=outcome)


def _interview(text: EventText) -> Iterator[str]:
    decision = text.round.decision
    known = (text.known_decision(), decision.contact, text.channel(decision.channel))
    aloud = phrases(letter_language(text.record, text.language)).agenda  # asked in the language of the interview
    yield text.say("interview")
    for key, answer in zip(("how_long", "who", "how"), known, strict=True):
        said = text.say("interview.known", known=answer) if answer else aloud[f"ask.{key}"]
        yield f"- {text.say(f'interview.{key}', said=said)}"
    yield ""
    yield text.say("interview.cards", said=aloud["ask.card"])
    for person in text.people:
        details = (("role", person.role), ("phone", person.phone), ("email", person.email))
        missing = ", ".join(text.say(f"missing.{key}") for key, value in details if not value)
        form = "interview.card_missing" if missing else "interview.card"
        yield f"- {text.say(form, person=person.name, missing=missing)}"
    if not text.people:
        yield f"- {text.say('interview.card_anybody')}"
    earlier = text.record.rounds[: text.step.round - 1]
    heard = [remark.text for one in earlier for remark in one.notes.valued if remark.text]
    if heard:
        yield ""
        yield text.say("interview.heard")
        yield from (f"- {text.say('valued', text=sentence(one))}" for one in heard)
    yield ""
    yield text.say("interview.next")


def _notes(text: EventText) -> Iterator[str]:
    yield text.say("notes")
    yield text.say("notes.next")


def _thank_you(text: EventText) -> Iterator[str]:
    yield text.say("thank-you")
    yield from text.addressees()
    yield from text.mention()
    if text.known_decision() is None:
        yield text.say("thank-you.ask_date")
    yield text.say("thank-you.next")


def _thank_you_deadline(text: EventText) -> Iterator[str]:
    yield text.say("thank-you-deadline", hours=text.settings.rules.thank_you_hours)
    yield from text.addressees()


def _letter(text: EventText) -> Iterator[str]:
    hand = by_hand(text.record)
    yield text.say("letter_by_hand" if hand else "letter", whom=text.whom)
    if not hand:
        yield from text.addressees()
    if len(text.round.panel) > 1:
        yield text.say("letter.each")
    yield from text.points(text.facts())
    yield from text.mention()
    yield text.say("letter.next")


def _follow_up(text: EventText) -> Iterator[str]:
    yield text.say("follow-up")
    yield from text.addressees()
    yield from text.points(text.facts())
    yield from text.mention()
    yield text.say("follow-up.proof")
    yield text.say("follow-up.next")


def _rehearse(text: EventText) -> Iterator[str]:
    call = text.step.due
    yield text.say("rehearse", moment=text.moment(call) if call else text.words.labels["no_time"])
    yield text.say("rehearse.how")
    yield text.say("call.script")
    yield from text.points(text.facts())


def _call(text: EventText) -> Iterator[str]:
    facts = text.facts()
    yield from _who(text, facts)
    yield text.say("call.wrote", day=text.day(facts.wrote)) if facts.wrote else text.gap("wrote")
    why = facts.why[0] if facts.why else None
    yield text.say("reason", company=text.company, text=sentence(why)) if why else text.gap("why")
    yield from text.points(facts)
    topic = facts.topics[0].text if facts.topics else None
    yield text.say("mention", text=sentence(topic)) if topic else text.gap("topic")
    known = text.say("by", day=text.day(facts.promised)) if facts.promised else text.known_decision()
    yield text.say("call.decision_known", said=known) if known else text.say("call.decision")
    yield text.say("call.end" if text.settings.rules.max_calls > 1 else "call.end_last")
    yield from _afterwards(text)


def _second_call(text: EventText) -> Iterator[str]:
    facts = text.facts()
    first = facts.first_call
    yield text.say("second-call.kind")
    yield from _who(text, facts)
    if first is None:
        yield text.gap("first_call")
    else:
        yield text.say("second-call.first", day=text.day(first.at))
        if first.note:
            yield text.say("second-call.said", said=sentence(first.note))
        if first.date:
            yield text.say("second-call.promised", day=text.day(first.date))
    said = _SAID_BEFORE if first is not None and first.outcome == "reached" else 0
    for point in facts.points[said : said + 1]:
        new = text.say("point", need=point.need, strength=sentence(point.strength))
        yield text.say("second-call.new", text=new)
    yield text.say("call.decision")
    yield text.say("second-call.last")
    yield from _afterwards(text)


def _who(text: EventText, facts: CallFacts) -> Iterator[str]:
    """To whom they speak, and who the user is to them."""
    callee = facts.callee
    name = callee.name if callee else text.gap("callee")
    yield text.say("call.who", who=", ".join(filter(None, [name, callee.role if callee else None, text.company])))
    me = clean(text.settings.me.name or "") or text.gap("me_name")
    met = text.say("call.met" if facts.met else "call.interviewed")
    yield text.say("call.you", me=f"{me} ({text.position})", met=met, day=text.day(facts.interview.start))
    yield text.say("call.ask")


def _afterwards(text: EventText) -> Iterator[str]:
    yield ""
    yield text.say("call.absent", number=text.my_number)
    yield text.say("call.script")
    yield text.say("call.log", step=text.step.kind.value)


def _answer(text: EventText) -> Iterator[str]:
    incoming = text.incoming
    yield text.say("answer")
    if incoming is not None:
        yield text.say(f"answer.{incoming.step}")
    channel = text.channel(incoming.by if incoming else None) or text.channel(text.round.decision.channel)
    if channel:
        yield text.say("answer.channel", channel=channel)
    if text.step.phone is None:
        yield from text.addressees()


def _rejection_reply(text: EventText) -> Iterator[str]:
    yield text.say("rejection-reply")
    yield text.say("rejection-reply.kind")
    yield from text.addressees()


def _reflect(text: EventText) -> Iterator[str]:
    yield text.say("reflect")
    yield text.say("reflect.next")


_TEXTS = {
    StepKind.INTERVIEW: _interview,
    StepKind.NOTES: _notes,
    StepKind.THANK_YOU: _thank_you,
    StepKind.THANK_YOU_DEADLINE: _thank_you_deadline,
    StepKind.LETTER: _letter,
    StepKind.FOLLOW_UP: _follow_up,
    StepKind.REHEARSE: _rehearse,
    StepKind.CALL: _call,
    StepKind.SECOND_CALL: _second_call,
    StepKind.ANSWER: _answer,
    StepKind.REJECTION_REPLY: _rejection_reply,
    StepKind.REFLECT: _reflect,
}
