"""What a call script and a calendar event may say: facts from the record and the log, ordered, none invented."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from callplan.book.types import Application, Decision, Fit, LogEntry, Noted, Person, Round
from callplan.plan.history import RoundHistory, histories
from callplan.plan.step import Step
from callplan.words.clean import clean
from callplan.words.dates import zone_of

_Record = TypeVar("_Record")

#: Words too common to show that two remarks are about the same thing.
_COMMON_WORDS = (
    "able about also been deres eller from have ikke into jeres kunne like meget more must over skal some than that "
    "their them they this under være well what when where will with work works your"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_STEM_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Point:
    """A strength of the user's, tied to the need it answers. `stressed`: they laid weight on it at the interview."""

    need: str
    strength: str
    by: str | None
    stressed: bool


@dataclass(frozen=True, slots=True)
class CallFacts:
    """Everything a call may draw on. All text is clean (`callplan.words.clean`); days are in the callee's zone.

    `points` come best first; `unanswered_needs` and `unanswered_stress` are what has no strength on file. `wrote` is
    the day of the follow-up e-mail and `wrote_to` its addressees; `first_call` the call that counted in this round.
    """

    application: Application
    round_number: int
    interview: Round
    history: RoundHistory
    callee: Person | None
    met: bool
    phone: str | None
    points: tuple[Point, ...]
    unanswered_needs: tuple[str, ...]
    unanswered_stress: tuple[str, ...]
    topics: tuple[Noted, ...]
    why: tuple[str, ...]
    wrote: date | None
    wrote_to: tuple[str, ...]
    first_call: LogEntry | None
    promised: date | None

    @property
    def decision(self) -> Decision:
        """What they answered to "how long, who, and how?"."""
        return self.interview.decision


def cleaned(record: _Record) -> _Record:
    """A record with every text in it made harmless (`callplan.words.clean`); blank optional texts become None."""
    if not is_dataclass(record) or isinstance(record, type):
        return record
    changes = {field.name: _clean_value(getattr(record, field.name)) for field in fields(record)}
    return replace(record, **changes)


def _clean_value(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple):
        return tuple(_clean_value(item) for item in value)
    return cleaned(value)


def call_facts(application: Application, step: Step, now: datetime | None = None, tries: int = 5) -> CallFacts:
    """The facts for a call of this step's round. `application` may be raw; log entries after `now` are left out.

    `tries` unanswered attempts count as a call (``[rules] tries``).
    """
    return facts_of(cleaned(application), step, now, tries)


def facts_of(record: Application, step: Step, now: datetime | None = None, tries: int = 5) -> CallFacts:
    """The same from a record that has been cleaned already."""
    zone = zone_of(step.timezone)
    everything = max((entry.at for entry in record.log), default=record.rounds[0].start)
    history = histories(record, now or everything, tries)[step.round - 1]
    interview = record.rounds[step.round - 1]
    name = clean(step.to[0]) if step.to else ""
    callee = record.person(name) or (Person(name) if name else None)
    heard = [one.notes for one in reversed(record.rounds[: step.round])]
    valued = _said(remark for notes in heard for remark in notes.valued)
    answered = [fit for fit in record.fit if fit.need and fit.strength]
    follow_up = history.follow_up
    return CallFacts(
        application=record,
        round_number=step.round,
        interview=interview,
        history=history,
        callee=callee,
        met=callee is not None and callee.name in interview.panel,
        phone=clean(step.phone or "") or (callee.phone if callee else None) or None,
        points=tuple(_points(answered, valued, name)),
        unanswered_needs=tuple(fit.need for fit in record.fit if fit.need and not fit.strength),
        unanswered_stress=tuple(one.text for one in valued if not is_answered(one.text, record.fit)),
        topics=_said(remark for notes in heard for remark in notes.topics),
        why=tuple(reason for reason in record.why if reason),
        wrote=follow_up.at.astimezone(zone).date() if follow_up else None,
        wrote_to=follow_up.to if follow_up else (),
        first_call=history.calls[0] if history.calls else None,
        promised=_promise(history),
    )  # fmt: skip


def _promise(history: RoundHistory) -> date | None:
    promise = history.promise
    return promise.day if promise else None


def _said(remarks: Iterable[Noted]) -> tuple[Noted, ...]:
    """Without blanks and repetitions."""
    seen: dict[str, Noted] = {}
    for remark in remarks:
        if remark.text:
            seen.setdefault(remark.text.casefold(), remark)
    return tuple(seen.values())


def _points(fits: list[Fit], valued: tuple[Noted, ...], callee: str) -> Iterator[Point]:
    """Points in the order to say them: what the callee stressed, what the others stressed, then as on file."""
    ranked = sorted(range(len(fits)), key=lambda index: (*_stress(fits[index], valued, callee), index))
    for index in ranked:
        fit = fits[index]
        yield Point(fit.need, fit.strength or "", fit.by, _stress(fit, valued, callee)[0] < 2)


def _stress(fit: Fit, valued: tuple[Noted, ...], callee: str) -> tuple[int, int]:
    matches = [
        (0 if remark.by == callee else 1, index)
        for index, remark in enumerate(valued)
        if alike(_fit_text(fit), remark.text)
    ]
    return min(matches, default=(2, 0 if fit.by == callee else 1))


def is_answered(text: str, fits: Iterable[Fit]) -> bool:
    """Whether one of the needs or strengths is about what was said."""
    return any(alike(_fit_text(fit), text) for fit in fits)


def _fit_text(fit: Fit) -> str:
    return f"{fit.need} {fit.strength or ''}"


def alike(one: str, other: str) -> bool:
    """Whether two remarks share a telling word, by its first letters: "incidents" and "incident pressure" do."""
    return bool(_stems(one) & _stems(other))


def _stems(text: str) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {word[:_STEM_LENGTH] for word in words if len(word) >= 4 and word not in _COMMON}
