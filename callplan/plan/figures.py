"""What the log says about time: how long they took, how long the user took, at which hours people picked up. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from callplan.book.types import Application, LogEntry
from callplan.plan.history import MADE, TRIED, RoundHistory, histories
from callplan.plan.step import StepKind

#: Below this many calls or answers a figure says little (a share of 8 can be off by a third either way).
ENOUGH = 8

_ANSWERS = frozenset({"offer", "rejection", "invitation", "reply", "new-date", "on-hold"})
_DECISIONS = frozenset({"offer", "rejection", "invitation"})


@dataclass(frozen=True, slots=True)
class AnswerTime:
    """One interview's answer, counted from its end: the first, the decision; `silent` while there is none."""

    application: str
    company: str
    round: int
    first: timedelta | None
    decided: timedelta | None
    silent: timedelta | None


@dataclass(frozen=True, slots=True)
class Delay:
    """How long after the interview's end the user did a step: the last of them where there are several people."""

    application: str
    round: int
    step: str
    after: timedelta


@dataclass(frozen=True, slots=True)
class HourTally:
    """The tries in one hour of the callee's day: how many, and how many were picked up by the person wanted."""

    hour: int
    tries: int
    reached: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything counted. `interviews` are those that are over."""

    interviews: int
    answers: tuple[AnswerTime, ...]
    delays: tuple[Delay, ...]
    hours: tuple[HourTally, ...]

    @property
    def tries(self) -> int:
        """How many times somebody was called."""
        return sum(one.tries for one in self.hours)

    @property
    def reached(self) -> int:
        """How many of the tries reached the person."""
        return sum(one.reached for one in self.hours)


def figures(applications: Iterable[Application], now: datetime, tries: int, mine: str) -> Figures:
    """The figures of these applications at `now`. `mine` is the user's zone, for calls to where the zone is unknown."""
    answers: list[AnswerTime] = []
    delays: list[Delay] = []
    hours: dict[int, list[int]] = {}
    count = 0
    for application in applications:
        past = histories(application, now, tries)
        for number, (one, history) in enumerate(zip(application.rounds, past, strict=True), 1):
            if one.end > now:
                continue
            count += 1
            answers.append(_answer(application, number, one.end, history, now))
            delays += _delays(application, number, one.end, history)
            for entry in history.entries:
                if entry.step in ("call", "second-call") and entry.outcome in MADE | TRIED:
                    tally = hours.setdefault(entry.at.astimezone(_zone(application, entry, mine)).hour, [0, 0])
                    tally[0] += 1
                    tally[1] += entry.outcome == "reached"
    return Figures(
        count,
        tuple(answers),
        tuple(delays),
        tuple(HourTally(hour, *tally) for hour, tally in sorted(hours.items())),
    )


def middle(lengths: Iterable[timedelta]) -> timedelta | None:
    """The median, None of nothing."""
    values = [one.total_seconds() for one in lengths]
    return timedelta(seconds=median(values)) if values else None


def _answer(application: Application, number: int, end: datetime, history: RoundHistory, now: datetime) -> AnswerTime:
    theirs = [e for e in history.entries if e.step in _ANSWERS and e.outcome != "out-of-office" and e.at >= end]
    decided = next((entry for entry in theirs if entry.step in _DECISIONS), None)
    withdrawn = any(entry.step == "withdrawn" for entry in history.entries)
    return AnswerTime(
        application.name,
        application.company,
        number,
        theirs[0].at - end if theirs else None,
        decided.at - end if decided else None,
        None if theirs or withdrawn or number < len(application.rounds) else now - end,
    )


def _delays(application: Application, number: int, end: datetime, history: RoundHistory) -> list[Delay]:
    found: dict[str, datetime] = {}
    for entry in history.entries:
        if entry.step in (StepKind.NOTES, StepKind.THANK_YOU, StepKind.LETTER) and entry.outcome in ("sent", "done"):
            found[entry.step] = max(entry.at, found.get(entry.step, entry.at))
    return [Delay(application.name, number, step, max(at - end, timedelta())) for step, at in found.items()]


def _zone(application: Application, entry: LogEntry, mine: str) -> ZoneInfo:
    zones: Mapping[str, str | None] = {person.name: person.timezone for person in application.people}
    named = next((zones[name] for name in entry.to if zones.get(name)), None)
    return ZoneInfo(named or application.timezone or mine)
