"""Whom a text goes to, by which way and for which interview: from the plan and the log, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from callplan.book.types import Application, LogEntry, Person
from callplan.errors import UsageError
from callplan.message import joined, message
from callplan.plan.history import histories
from callplan.plan.letters import by_hand
from callplan.plan.step import Status, Step
from callplan.plan.whom import contacts, interviewers
from callplan.words.letters.matter import DraftKind, Occasion

_OPEN = frozenset({Status.PLANNED, Status.TENTATIVE, Status.DUE, Status.LATE})
_TO_EACH = (DraftKind.THANK_YOU, DraftKind.LETTER)
_INCOMING = {DraftKind.ANSWER: ("offer", "invitation"), DraftKind.REJECTION_REPLY: ("rejection",)}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asked for beyond the kind; None and empty leave it to the record."""

    to: tuple[str, ...] = ()
    round_number: int | None = None
    channel: str | None = None
    by_hand: bool | None = None
    quick: bool = False
    accepted: bool = False
    answer_by: date | None = None


def next_kind(steps: Sequence[Step]) -> DraftKind | None:
    """What the plan asks to be written next, if anything."""
    kinds = {kind.value: kind for kind in DraftKind}
    waiting = [step for step in steps if step.status in _OPEN and step.kind.value in kinds and step.start is not None]
    first = min(waiting, key=lambda step: (step.status is Status.TENTATIVE, step.start), default=None)
    return kinds[first.kind.value] if first else None


def occasions(
    application: Application,
    kind: DraftKind,
    steps: Sequence[Step],
    wishes: Wishes,
    now: datetime,
    tries: int = 5,
) -> list[Occasion]:
    """One occasion for each person the text goes to; one for nobody where nobody is on file.

    `steps` are the application's own of the plan. Raises `UsageError`: an answer to nothing, a round or person that is
    not there.
    """
    if wishes.channel == "phone" and kind not in _INCOMING:
        raise UsageError(
            message(
                "This is written, not said. What to say on the phone: callplan script {name}", name=application.name
            )
        )
    open_steps = [step for step in steps if step.kind.value == kind.value and step.status in _OPEN]
    number = wishes.round_number or _round(application, kind, open_steps, now, tries)
    if number > len(application.rounds):
        raise UsageError(
            message(
                "{name} has no round {wanted}; its last one is {count}.",
                name=application.name,
                wanted=number,
                count=len(application.rounds),
            )
        )
    mine = [step for step in open_steps if step.round == number]
    incoming = _incoming(application, kind, number, now, tries)
    among = _everybody(application, kind, number, mine, incoming)
    channel = wishes.channel or _channel(application, kind, number, incoming)
    hand = wishes.by_hand if wishes.by_hand is not None else by_hand(application)
    return [
        Occasion(
            application=application,
            kind=kind,
            round_number=number,
            person=person,
            among=among,
            channel=channel,
            late=any(step.status is Status.LATE and (not person or person.name in step.to) for step in mine),
            by_hand=hand and kind is DraftKind.LETTER and channel == "letter",
            quick=wishes.quick or channel == "message",
            accepted=wishes.accepted,
            answer_by=wishes.answer_by,
        )
        for person in _chosen(application, kind, among, mine, wishes.to)
    ]


def _round(application: Application, kind: DraftKind, steps: Sequence[Step], now: datetime, tries: int) -> int:
    if steps:
        return steps[0].round
    if kind in _INCOMING:
        past = histories(application, now, tries)
        return next((n for n in range(len(past), 0, -1) if past[n - 1].last(*_INCOMING[kind])), len(past))
    begun = [number for number, one in enumerate(application.rounds, 1) if one.start <= now]
    return begun[-1] if begun else 1


def _incoming(application: Application, kind: DraftKind, number: int, now: datetime, tries: int) -> LogEntry | None:
    if kind not in _INCOMING:
        return None
    entry = histories(application, now, tries)[number - 1].last(*_INCOMING[kind])
    if entry is None:
        expected = " or ".join(_INCOMING[kind])
        raise UsageError(
            message(
                "There is no {expected} in the log of {name} to answer. When it has come: callplan log {name} "
                "{incoming} --by email",
                expected=expected,
                name=application.name,
                incoming=_INCOMING[kind][0],
            )
        )
    return entry


def _everybody(
    application: Application, kind: DraftKind, number: int, steps: Sequence[Step], incoming: LogEntry | None
) -> tuple[str, ...]:
    """The names of all who get one, in the order of the panel."""
    one = application.rounds[number - 1]
    if kind in _TO_EACH:
        return interviewers(application, one)
    planned = [name for step in steps for name in step.to]
    named = planned or list(incoming.to if incoming else ())
    return tuple(named[:1]) or tuple(person.name for person in contacts(application, one)[:1])


def _chosen(
    application: Application, kind: DraftKind, among: tuple[str, ...], steps: Sequence[Step], wanted: Sequence[str]
) -> list[Person | None]:
    """The people asked for; else those the plan still waits for; else everybody."""
    if wanted:
        names = [_named(part, application, among) for part in wanted]
    else:
        waiting = {name for step in steps for name in step.to}
        names = [name for name in among if name in waiting] or list(among)
    return [application.person(name) or Person(name) for name in dict.fromkeys(names)] or [None]


def _named(part: str, application: Application, among: Sequence[str]) -> str:
    """The full name of the person meant by a part of it."""
    names = list(dict.fromkeys([*(person.name for person in application.people), *among]))
    sought = part.strip().casefold()
    found = [one for one in names if one.casefold() == sought] or [
        one for one in names if sought and sought in one.casefold()
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(message('"{part}" could be {names}.', part=part, names=joined(message(" or "), found)))
    raise UsageError(
        message(
            '"{part}" is nobody at {company}. Known: {names}.',
            part=part,
            company=application.company,
            names=", ".join(names) or message("nobody yet"),
        )
    )


def _channel(application: Application, kind: DraftKind, number: int, incoming: LogEntry | None) -> str:
    """The way they used, for an answer (4.4.b); else what such a text usually takes."""
    if kind is DraftKind.LETTER:
        return "letter"
    if incoming is not None:
        return incoming.by or application.rounds[number - 1].decision.channel or "email"
    return "email"
