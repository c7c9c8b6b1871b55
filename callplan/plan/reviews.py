"""Texts that a friend is reading over: each with the quarter hour in which to fetch it back (3.4.c2).

A review is no step of the plan. It stands in the log (`in-review`, later `reviewed`) and keeps a slot in the calendar
only while it is out: the evening before the text must be on its way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from callplan.book.types import Application, LogEntry
from callplan.plan.history import round_of, standing
from callplan.plan.step import Step, StepKind
from callplan.plan.timing import evening_before, next_waking
from callplan.plan.world import Me

#: Steps whose text somebody can read over.
WRITTEN = (
    StepKind.THANK_YOU,
    StepKind.LETTER,
    StepKind.FOLLOW_UP,
    StepKind.ANSWER,
    StepKind.REJECTION_REPLY,
)

_LENGTH = timedelta(minutes=15)

#: A friend is given this long at least, where there is time for it.
_LEAST = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Review:
    """A text that is out. `person`: whom it is to, empty for everybody the step is for; `friend`: empty if not named.

    `start` and `end` are aware, in the user's zone.
    """

    step: Step
    person: str
    friend: str
    asked: datetime
    start: datetime
    end: datetime
    uid: str


def review_uid(application_id: UUID, round_number: int, step: str, person: str) -> str:
    """The iCalendar UID of a review, made like those of the steps (`callplan.plan.step.step_uid`)."""
    return str(uuid5(application_id, f"{round_number}/review/{step}/{person}"))


def reviews(application: Application, steps: Sequence[Step], me: Me, now: datetime) -> list[Review]:
    """What is out just now. `steps` is the plan: what is sent, skipped or off it needs no reading over."""
    if not any(entry.outcome == "in-review" for entry in application.log):
        return []
    found = []
    for number in range(1, len(application.rounds) + 1):
        for (kind, person), asked in out_now(application, number, now).items():
            step = next(
                (
                    one
                    for one in steps
                    if (one.application, one.round, one.kind.value) == (application.name, number, kind)
                    and one.in_calendar
                    and (not person or person in one.to)
                ),
                None,
            )
            if step is not None and step.kind in WRITTEN:
                start = _slot(asked.at, step, me)
                uid = review_uid(application.id, number, kind, person)
                found.append(Review(step, person, asked.note, asked.at, start, start + _LENGTH, uid))
    return found


def _slot(asked: datetime, step: Step, me: Me) -> datetime:
    """The evening before it is to be sent, else before it must be; where it is sooner still, half way to that."""
    assert step.start is not None  # noqa: S101 - what is in the calendar has a time
    last = max(step.due or step.start, step.start)
    for moment in (step.start, last):
        evening = evening_before(moment, me)
        if evening >= asked + _LEAST:
            return evening
    return next_waking(asked + max(last - asked, 2 * _LEAST) / 2, me)


def out_now(application: Application, round_number: int, now: datetime) -> dict[tuple[str, str], LogEntry]:
    """What was given out in a round and has not come back: the entry by step and person ("" for everybody)."""
    out: dict[tuple[str, str], LogEntry] = {}
    for entry in standing(application, now)[round_number - 1]:
        if entry.outcome == "in-review":
            out |= {(entry.step, person): entry for person in entry.to or ("",)}
        elif entry.outcome == "reviewed":
            kept = {key for key in out if key[0] != entry.step or (entry.to and key[1] not in entry.to)}
            out = {key: one for key, one in out.items() if key in kept}
    return out


def given_out(application: Application) -> dict[str, tuple[int, StepKind, str]]:
    """Every UID that a review of this application has ever had: its round, step and person."""
    return {
        review_uid(application.id, round_of(application, entry), entry.step, person): (
            round_of(application, entry),
            StepKind(entry.step),
            person,
        )
        for entry in application.log
        if entry.outcome == "in-review" and entry.step in WRITTEN
        for person in entry.to or ("",)
    }
