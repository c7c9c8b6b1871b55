"""The guard: a sync that would lose much at once stops, says the counts and names the flag. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from callplan.message import message
from callplan.sync.content import parse_when
from callplan.sync.memory import Memory
from callplan.sync.operations import Delete, Deleted, Edit, Operation
from callplan.sync.reconcile import Agreed


def weighed(
    operations: Iterable[Operation],
    agreed: Mapping[str, Agreed],
    memory: Memory,
    accounts_for: Callable[[str, int], bool],
    now: datetime,
) -> tuple[Operation, ...]:
    """The operations with, at each removal, whether there is a reason for it: what is over may go, what a command has
    taken out of the book (`leave`), and what the record accounts for (`accounts_for`: a UID, and how long the log was
    when its event was wanted last).
    """

    def is_over(uid: str) -> bool:
        when = agreed[uid].fields.get("when") if uid in agreed else None
        return bool(when) and parse_when(str(when))[1] <= now

    def weigh(one: Operation) -> Operation:
        known = memory.get(one.uid)
        if not isinstance(one, Delete) or is_over(one.uid) or known is None or not known.application:
            return one
        return replace(one, accounted=accounts_for(one.uid, known.seen))

    return tuple(weigh(one) for one in operations)


def too_many(edits: Iterable[Edit], operations: Iterable[Operation], held: int, *, emptied: bool = False) -> str | None:
    """The sentence that stops a sync which would lose much at once, or None. `held`: items of ours before the sync.

    Counted are events deleted in the calendar, events whose application's file is gone, and events that the plan does
    not want any more though nothing in the log says why (`weighed`). The limit is three items or a quarter of what is
    there, whichever is more; there is none when the calendar is `emptied`: all that was held is gone, and nothing says
    that it is the same calendar still.
    """
    removals = [one for one in operations if isinstance(one, Delete)]
    there = sum(isinstance(edit, Deleted) for edit in edits)
    without_file = sum(not one.explained for one in removals)
    here = sum(not (one.explained and one.accounted) for one in removals)
    limit = max(3, held / 4)
    if there > (0 if emptied else limit):
        return message(
            "{there} of the {held} events callplan wrote are gone from the calendar. Nothing was changed. If "
            "you deleted them, run sync again with --allow-deletions and their steps are skipped; if not, "
            "check that [calendar] url still names the right calendar, and run it with --restore: they are written "
            "again.",
            there=there,
            held=held,
        )
    if without_file > limit:
        return message(
            "{here} of the {held} events in the calendar belong to applications that are no longer in the "
            "book. Nothing was changed. If you removed those files, run sync again with --allow-deletions; "
            "if not, check that --book names the right folder.",
            here=without_file,
            held=held,
        )
    if here > limit:
        return message(
            "{here} of the {held} events in the calendar are no longer in the plan, though nothing was logged that "
            "would say why: the record, the settings or your busy times are not what they were. Nothing was changed. "
            "If that is meant, run sync again with --allow-deletions; callplan sync --dry-run --allow-deletions lists "
            "them.",
            here=here,
            held=held,
        )
    return None
