"""Events that were deleted in the calendar and stand there again: the user has put them back. Pure.

A server's trash, a phone's undo, `sync --restore` on another machine. The log says of a skipped step that it was the
calendar where it was taken out, so that every machine with the book knows which skips may be taken back there; what
the user skipped in the record is skipped, whatever stands in the calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from callplan.book.types import Application, LogEntry
from callplan.plan.history import REMARKS, round_of, standing
from callplan.plan.step import StepKind
from callplan.sync.content import words
from callplan.sync.memory import Memory
from callplan.sync.operations import PutBack
from callplan.sync.reconcile import Agreed, Remote
from callplan.sync.step_names import StepName

#: The note of a log entry by which a step is skipped because its event was deleted or cancelled, by language. It is
#: read again, in each of them, and so must never be reworded.
TAKEN_OUT = {"en": "taken out of the calendar", "da": "taget ud af kalenderen"}

_NOTES = frozenset(words(note).casefold() for note in TAKEN_OUT.values())


def find_put_back(
    agreed: Mapping[str, Agreed], remote: Remote, memory: Memory, skipped: frozenset[str]
) -> tuple[PutBack, ...]:
    """The events in `remote` that the user has put back. `skipped`: UIDs of steps skipped by a deletion (the log's).

    Of a skipped step's event this machine must have seen that it was gone, or cancelled: one that merely stands there
    still is for sync to remove (the deletion was in another calendar, or the removal failed).
    """
    found = []
    for uid, item in sorted(remote.items.items()):
        known, row = memory.get(uid), agreed.get(uid)
        dismissed = known is not None and known.dismissed
        if not item.content.cancelled and (dismissed or (uid in skipped and (row is None or row.taken_out))):
            found.append(PutBack(uid))
    return tuple(found)


def skipped_there(applications: Iterable[Application], names: Mapping[str, StepName], now: datetime) -> frozenset[str]:
    """The UIDs of steps that are skipped because their events were taken out of the calendar, as the logs say it."""
    found = {one.name: one for one in applications if any(_is_taken_out(entry) for entry in one.log)}
    stands = {name: standing(one, now) for name, one in found.items()}
    return frozenset(
        uid
        for uid, name in names.items()
        if name.application in found and _skip(_entries(stands[name.application], name), name) is not None
    )


def undoing(application: Application, name: StepName, now: datetime) -> tuple[LogEntry, ...]:
    """The entries that take back the skip of this step, in their order; none where no deletion has skipped it.

    `undone` takes back the latest entry of a step, whoever it is for. Where a later one is for somebody else (a
    letter to each of two people), it is dated back to the skip; and what was logged in the same moment is said again.
    """
    entries = _entries(standing(application, now), name)
    skip = _skip(entries, name)
    if skip is None:
        return ()
    later = entries[next(place for place, one in enumerate(entries) if one is skip) + 1 :]
    undone = LogEntry(skip.at if later else now, skip.step, "undone")
    if round_of(application, undone) != name.round:
        undone = replace(undone, round=name.round)
    same_moment = [one for one in later if one.at == skip.at]
    return (*[undone] * (1 + len(same_moment)), *same_moment)


def _entries(rounds: Sequence[Sequence[LogEntry]], name: StepName) -> list[LogEntry]:
    """What stands of this step in the log, for anybody, in order."""
    entries = rounds[name.round - 1] if name.round <= len(rounds) else ()
    return [entry for entry in entries if entry.step == name.kind]


def _skip(entries: Iterable[LogEntry], name: StepName) -> LogEntry | None:
    """The entry by which a deletion has skipped the step, if it is the last word on it."""
    whom = name.whom if name.kind is StepKind.LETTER else ""
    said = [e for e in entries if e.outcome not in REMARKS and (not whom or not e.to or whom in e.to)]
    return said[-1] if said and not name.review and _is_taken_out(said[-1]) else None


def _is_taken_out(entry: LogEntry) -> bool:
    return entry.outcome == "skipped" and words(entry.note).casefold() in _NOTES
