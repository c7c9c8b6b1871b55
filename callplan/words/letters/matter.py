"""What a letter to one person may draw on: facts from the record and the log, chosen for that person, none invented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from callplan.book.types import Application, LogEntry, Noted, Person, Question, Round
from callplan.message import joined
from callplan.plan.step import Status, Step, StepKind
from callplan.words.clean import clean
from callplan.words.facts import CallFacts, Point, alike, cleaned, facts_of

_Thing = TypeVar("_Thing")

#: An answer rated this or lower, with a better one on file, is completed in the letter.
_POOR_RATING = 2


class DraftKind(StrEnum):
    """What can be drafted."""

    THANK_YOU = "thank-you"
    LETTER = "letter"
    FOLLOW_UP = "follow-up"
    ANSWER = "answer"
    REJECTION_REPLY = "rejection-reply"
    ASK_TIMELINE = "ask-timeline"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One text to one person.

    `among` are the names of all who get one of this kind in this round, in order: what is chosen, and how it is worded,
    depends on the place in it. `channel` is ``email``, ``letter``, ``message`` or ``phone``. `accepted` and
    `answer_by` are the user's answer to an offer.
    """

    application: Application
    kind: DraftKind
    round_number: int
    person: Person | None
    among: tuple[str, ...] = ()
    channel: str = "email"
    late: bool = False
    by_hand: bool = False
    quick: bool = False
    accepted: bool = False
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """The facts for one text. All of it is clean (`callplan.words.clean`)."""

    record: Application
    call: CallFacts
    interview: Round
    person: Person | None
    place: int  # among those who get one, from 0
    met: bool
    points: tuple[Point, ...]
    topic: str
    valued: str
    better: Question | None
    incoming: LogEntry | None
    next_round: Round | None


def matter_of(occasion: Occasion, timezone: str, now: datetime, tries: int = 5) -> Matter:
    """The facts for an occasion. Days are in `timezone`; log entries after `now` have not happened."""
    record = cleaned(occasion.application)
    names = tuple(cleaned_name(name) for name in occasion.among)
    person = _same(record, occasion)
    name = person.name if person else ""
    step = _step(record, occasion, (name,) if name else (), timezone)
    call = facts_of(record, step, now, tries)
    interview = record.rounds[occasion.round_number - 1]
    place = names.index(name) if name in names else 0
    others = frozenset(names) - {name}
    held = record.rounds[: occasion.round_number]
    # Whoever was at one of the interviews remembers those, and no talk that was held without them.
    shared = [one for one in held if name in one.panel] if name in interview.panel else held
    notes = [one.notes for one in reversed(shared)]
    valued = [remark for one in notes for remark in one.valued if remark.text]
    topics = [remark for one in notes for remark in one.topics if remark.text]
    asked = [question for one in notes for question in one.questions]
    incoming = call.history.last(*_INCOMING[occasion.kind]) if occasion.kind in _INCOMING else None
    return Matter(
        record=record,
        call=call,
        interview=interview,
        person=person,
        place=place,
        met=name in interview.panel,
        points=tuple(_chosen(call.points, [_owner(point, valued, name, others) for point in call.points], place)),
        topic=_first_text(topics, name, others, place),
        valued=_first_text([one for one in valued if one.by == name or not one.by], name, others, place),
        better=_better(asked, name, place, max(len(names), 1)),
        incoming=incoming,
        next_round=_next_round(record, occasion.round_number, incoming),
    )


_INCOMING = {DraftKind.ANSWER: ("offer", "invitation"), DraftKind.REJECTION_REPLY: ("rejection",)}


def cleaned_name(name: str) -> str:
    """A name as it stands in the cleaned record."""
    return clean(name)


def _same(record: Application, occasion: Occasion) -> Person | None:
    if occasion.person is None:
        return None
    name = cleaned_name(occasion.person.name)
    return record.person(name) or (Person(name) if name else None)


def _step(record: Application, occasion: Occasion, to: tuple[str, ...], timezone: str) -> Step:
    """A step that stands for the occasion where the plan has none: facts are found through a step."""
    return Step(
        record.name, occasion.round_number, StepKind.FOLLOW_UP, to, None, None, None, None, timezone, Status.PLANNED,
        False, joined("", ()), "", "",
    )  # fmt: skip


def _owner(point: Point, valued: Sequence[Noted], name: str, others: frozenset[str]) -> str:
    """Whose point it is: asked for or stressed by this person, by one of the others, or by nobody in particular."""
    text = f"{point.need} {point.strength}"
    stressed = {remark.by for remark in valued if remark.by and alike(text, remark.text)}
    owners = {point.by} if point.by else stressed
    return "mine" if name in owners else "theirs" if owners & others else ""


def _chosen(things: Sequence[_Thing], owners: Sequence[str], place: int) -> list[_Thing]:
    """This person's own first, then nobody's (each colleague begins with another one), then the others'."""
    by_owner = {
        whose: [thing for thing, owner in zip(things, owners, strict=True) if owner == whose]
        for whose in ("mine", "", "theirs")
    }
    return [*by_owner["mine"], *_turned(by_owner[""], place), *_turned(by_owner["theirs"], place)]


def _turned(things: list[_Thing], place: int) -> list[_Thing]:
    turn = place % len(things) if things else 0
    return things[turn:] + things[:turn]


def _first_text(remarks: Iterable[Noted], name: str, others: frozenset[str], place: int) -> str:
    found = list(remarks)
    owners = ["mine" if one.by == name and name else "theirs" if one.by in others else "" for one in found]
    chosen = _chosen(found, owners, place)
    return chosen[0].text if chosen else ""


def _better(questions: Iterable[Question], name: str, place: int, count: int) -> Question | None:
    """A question that went badly and has a better answer now: this person's own, else one nobody is named for."""
    poor = [q for q in questions if q.better and q.asked and (q.rating or _POOR_RATING) <= _POOR_RATING]
    own = [question for question in poor if question.by == name and name]
    free = [question for question in poor if not question.by][place::count]
    return next(iter([*own, *free]), None)


def _next_round(record: Application, number: int, incoming: LogEntry | None) -> Round | None:
    """The interview they invited to: the round after this one."""
    if incoming is None or incoming.step != "invitation" or number >= len(record.rounds):
        return None
    return record.rounds[number]
