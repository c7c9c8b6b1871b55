"""What one run of sync has found, done and failed to do, as its report will tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from callplan.book.types import LogEntry
from callplan.ics.event import Event
from callplan.message import Message, message
from callplan.sync.content import when_text
from callplan.sync.memory import Conflict, Memory
from callplan.sync.operations import Create, Delete, Deleted, Edit, Moved, Noted, Update, Write
from callplan.sync.reconcile import Agreed
from callplan.sync.report import Line, Report, sorted_lines


class Tally:
    """Grows while the run goes on. `titles` are those of all events the run has met, by UID."""

    def __init__(self, calendar: str) -> None:
        self._calendar = calendar
        self.titles: dict[str, str] = {}
        self.edits: list[Edit] = []
        self.messages: list[str] = []
        self.conflicts: dict[tuple[str, str], Conflict] = {}
        self.logged: list[tuple[str, LogEntry]] = []
        self.done: list[Write] = []
        self.failed: dict[str, Line] = {}
        self._dropped: dict[str, Message] = {}

    def know(self, events: Iterable[Event], agreed: Mapping[str, Agreed] | None = None) -> None:
        """Take note of their titles: an event is spoken of when it is in neither the plan nor the calendar any more."""
        self.titles |= {uid: row.fields.get("summary", uid) for uid, row in (agreed or {}).items()}
        self.titles |= {event.uid: event.summary for event in events}

    def know_unreadable(self, unreadable: Mapping[str, str]) -> None:
        """Tell of items of ours (UID to sentence) that cannot be understood."""
        self.messages += [
            message(
                '"{title}" on the server cannot be read and is left as it is. {fault}',
                title=self.titles.get(uid, uid),
                fault=fault,
            )
            for uid, fault in unreadable.items()
        ]

    def know_dropped(self, dropped: Mapping[str, Message], given: frozenset[str]) -> None:
        """Tell why times to which the user had moved events count no more: with the move, where it is of this run.

        Else it goes without saying, but of events whose time the record gives (`given`).
        """
        self._dropped |= dropped
        moved = {edit.uid for edit in self.edits if isinstance(edit, Moved)}
        self.messages += [
            message(
                '"{title}": the time you moved it to is dropped: {reason}.',
                title=self.titles.get(uid, uid),
                reason=reason,
            )
            for uid, reason in dropped.items()
            if uid in given and uid not in moved
        ]

    def know_taken(self, events: Iterable[Event]) -> None:
        """These events cannot be written."""
        fault = message("is not written: an event of somebody else's stands at its place in the calendar.")
        self.failed |= {event.uid: Line(event.uid, event.summary, event.start, fault, event.end) for event in events}

    def report(
        self, writes: Sequence[Write], wanted: Sequence[Event], memory: Memory, *, dry_run: bool, zone: str
    ) -> Report:
        """The report. `wanted` are the events that the calendar should hold, as planned; `zone` the user's (IANA)."""
        plan = {event.uid: when_text(event.start, event.end) for event in wanted}
        failed = tuple(self.failed.values())
        touched = {write.uid for write in writes} | {line.uid for line in failed}
        deleted = {edit.uid for edit in self.edits if isinstance(edit, Deleted)}
        return Report(
            self._calendar,
            dry_run,
            sorted_lines(writes, Create),
            sorted_lines(writes, Update),
            sorted_lines(writes, Delete),
            unchanged=len(plan.keys() - touched - deleted),
            failed=failed,
            edits=tuple(self._as_it_stands(edit, plan, memory) for edit in self.edits),
            conflicts=tuple(self.conflicts[key] for key in sorted(self.conflicts)),
            logged=tuple(self.logged),
            messages=tuple(self.messages),
            titles=dict(self.titles),
            timezone=zone,
            by_hand={
                uid: (known.kept["when"].theirs, known.kept["when"].ours)
                for uid, known in memory.items()
                if "when" in known.kept and not known.dismissed
            },
        )

    def _as_it_stands(self, edit: Edit, plan: Mapping[str, str], memory: Memory) -> Edit:
        """The edit with what has become of it: a time that has passed is kept for no event that is still to come."""
        if isinstance(edit, Noted):
            return replace(edit, kept=edit.uid in plan)
        if not isinstance(edit, Moved):
            return edit
        if edit.uid not in plan:
            return replace(edit, stands=None)
        known = memory.get(edit.uid)
        kept = known.kept.get("when") if known else None
        stands = when_text(edit.start, edit.end) == (kept.theirs if kept else plan[edit.uid])
        return replace(edit, stands=stands, dropped="" if stands else self._dropped.get(edit.uid, ""))
