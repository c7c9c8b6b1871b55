"""What the log says: the state of a round, derived and never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from callplan.book.types import INCOMING, Application, LogEntry
from callplan.plan.step import StepKind

_CALLS = (StepKind.CALL.value, StepKind.SECOND_CALL.value)

#: Outcomes after which the call has been made. A voicemail is left on the last try only, so it ends the trying.
MADE = frozenset({"reached", "voicemail", "asked-not-to-call", "done", "sent"})

#: Outcomes after which the next slot is tried (4.1.b2).
TRIED = frozenset({"no-answer", "busy", "gatekeeper", "bad-moment"})

#: Outcomes that say something about a step and leave it where it stands.
REMARKS = frozenset({"noted", "in-review", "reviewed"})

#: Steps that need not wait for the interview: what they answer may come before it.
_AT_ANY_TIME = frozenset({StepKind.INTERVIEW, StepKind.ANSWER, StepKind.REJECTION_REPLY})

#: Incoming entries that settle the round: nothing is chased any more.
SETTLING = frozenset({"offer", "invitation", "rejection", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Promise:
    """A date they named, and when they did."""

    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class RoundHistory:
    """What has happened in one round, up to now. `entries` are this round's, in order, without what was undone.

    `calls` are the entries that ended a call that counts (with the last of too many tries); `tries` those since.
    `began` is when the interview begins (aware).
    """

    began: datetime
    entries: tuple[LogEntry, ...]
    calls: tuple[LogEntry, ...]
    tries: tuple[LogEntry, ...]

    def last(self, *steps: str) -> LogEntry | None:
        """The latest entry of these steps."""
        return next((entry for entry in reversed(self.entries) if entry.step in steps), None)

    def acts(self, kind: StepKind) -> list[LogEntry]:
        """Entries by which the step was done (not moved, not skipped)."""
        return [e for e in self.entries if e.step == kind and e.outcome not in ("moved", "skipped")]

    def skipped(self, kind: StepKind, name: str | None = None) -> bool:
        """Whether the user decided against the step (for that person)."""
        return any(
            e.step == kind and e.outcome == "skipped" and (not e.to or name is None or name in e.to)
            for e in self.entries
        )

    def remaining(self, kind: StepKind, names: tuple[str, ...]) -> tuple[str, ...]:
        """Of `names`, those to whom the step is neither done nor skipped. An entry without `to` is for everybody."""
        left = names
        for entry in self.entries:
            if entry.step == kind and entry.outcome != "moved":
                left = tuple(name for name in left if entry.to and name not in entry.to)
        return left

    def moved(self, kind: StepKind, name: str | None = None) -> datetime | None:
        """The time the user moved the step to. A try after the move makes it stale, and so does a later interview."""
        for entry in reversed(self.entries):
            if kind in _CALLS and entry.step in _CALLS and entry.outcome in TRIED:
                return None
            if entry.step == kind and entry.outcome == "moved" and (not name or not entry.to or name in entry.to):
                return entry.time if entry.time is not None and self.allows(kind, entry.time) else None
        return None

    def allows(self, kind: StepKind, start: datetime) -> bool:
        """Whether a step can be at that time at all: what an interview asks for cannot come before it.

        It may come before the end that was given or assumed: interviews are over sooner, too.
        """
        return kind in _AT_ANY_TIME or start >= self.began

    @property
    def follow_up(self) -> LogEntry | None:
        """The one follow-up e-mail that was sent."""
        sent = self.acts(StepKind.FOLLOW_UP)
        return sent[0] if sent else None

    @property
    def settled(self) -> LogEntry | None:
        """The offer, invitation, rejection or withdrawal, if there is one."""
        return next((e for e in reversed(self.entries) if e.step in SETTLING), None)

    @property
    def answers(self) -> tuple[LogEntry, ...]:
        """Everything from the other side but out-of-office replies."""
        return tuple(e for e in self.entries if e.step in INCOMING and e.outcome != "out-of-office")

    @property
    def promises(self) -> tuple[Promise, ...]:
        """The dates they named, in writing or on the phone, in order."""
        named = ((promised_day(entry), entry.at) for entry in self.entries)
        return tuple(Promise(day, at) for day, at in named if day)

    @property
    def promise(self) -> Promise | None:
        """The latest of them."""
        promises = self.promises
        return promises[-1] if promises else None

    @property
    def hushed(self) -> bool:
        """Whether they have answered without naming a date: nothing is chased until the user says more."""
        for entry in reversed(self.entries):
            if promised_day(entry):
                return False
            if entry.step in INCOMING and entry.step not in SETTLING and entry.outcome != "out-of-office":
                return True
        return False

    @property
    def away_until(self) -> date | None:
        """The last day of an out-of-office reply."""
        for entry in reversed(self.entries):
            if entry.step == "reply" and entry.outcome == "out-of-office":
                return entry.until or entry.date
        return None

    @property
    def call_back(self) -> datetime | None:
        """When they asked to be called again, if nothing was tried since."""
        last = self.tries[-1] if self.tries else None
        return last.time if last is not None else None


def promised_day(entry: LogEntry) -> date | None:
    """The date an entry carries as a promise of theirs; an out-of-office date is none."""
    if entry.outcome == "out-of-office" or entry.step not in (*INCOMING, *_CALLS):
        return None
    return entry.date or (entry.until if entry.step == "on-hold" else None)


def round_of(application: Application, entry: LogEntry) -> int:
    """The round (from 1) an entry belongs to: the one it names, else the last that had begun.

    An interview that does not take place is that of the day, else the next one: who calls off the second has had the
    first.
    """
    if entry.round:
        return entry.round
    if entry.step == StepKind.INTERVIEW and entry.outcome == "skipped":
        for number, one in enumerate(application.rounds, 1):
            if entry.at.astimezone(one.end.tzinfo).date() <= one.end.date():
                return number
    begun = [number for number, one in enumerate(application.rounds, 1) if one.start <= entry.at]
    return begun[-1] if begun else 1


def histories(application: Application, now: datetime, tries: int) -> tuple[RoundHistory, ...]:
    """One history a round. Entries after `now` have not happened yet; `tries` unanswered ones make a call.

    Remarks (`REMARKS`) are no part of it.
    """
    return tuple(
        _history(one.start, [entry for entry in entries if entry.outcome not in REMARKS], tries)
        for one, entries in zip(application.rounds, standing(application, now), strict=True)
    )


def standing(application: Application, now: datetime) -> list[list[LogEntry]]:
    """The entries of each round up to `now`, in order, without what was taken back."""
    by_round: list[list[LogEntry]] = [[] for _ in application.rounds]
    for entry in sorted(application.log, key=lambda e: e.at):
        number = round_of(application, entry)
        if entry.at > now or number > len(by_round):
            continue
        entries = by_round[number - 1]
        if entry.outcome == "undone":
            for index in range(len(entries) - 1, -1, -1):
                if entries[index].step == entry.step:
                    del entries[index]
                    break
        else:
            entries.append(entry)
    return by_round


def _history(began: datetime, entries: list[LogEntry], tries: int) -> RoundHistory:
    calls: list[LogEntry] = []
    open_tries: list[LogEntry] = []
    for entry in entries:
        if entry.step not in _CALLS:
            continue
        if entry.outcome in TRIED:
            open_tries.append(entry)
        # With a time to call back they have not been tried in vain, however often it was.
        if entry.outcome in MADE or (len(open_tries) >= tries and open_tries[-1].time is None):
            calls.append(entry)
            open_tries = []
    return RoundHistory(began, tuple(entries), tuple(calls), tuple(open_tries))
