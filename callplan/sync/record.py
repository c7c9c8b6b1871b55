"""The record as sync holds it: the book, the plan made of it, and the log into which the user's edits come home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from callplan.book.archive import archive_of
from callplan.book.folder import Book, read_book
from callplan.book.types import Application, LogEntry
from callplan.message import message
from callplan.plan.cadence import make_plan
from callplan.plan.calls import CALLS
from callplan.plan.step import StepKind
from callplan.settings import Settings
from callplan.sync.archived import archived
from callplan.sync.memory import Memory, times_of_the_record
from callplan.sync.operations import Edit
from callplan.sync.put_back import skipped_there
from callplan.sync.step_names import step_names
from callplan.sync.wish import Replanned, Wish
from callplan.sync.world import dragged_interviews, gather, notes
from callplan.where import APPLICATIONS, ARCHIVE, Places

if TYPE_CHECKING:
    from callplan.plan.returns import Past


class Record:
    """The book and its plan. `wish` is what the calendar should hold; it changes as edits come home.

    In a dry run nothing is written: entries are only added to the applications as they are held here.
    """

    def __init__(self, places: Places, settings: Settings, now: datetime, *, dry_run: bool = False) -> None:
        """Reads the book. Raises `RecordError` (settings, state, a busy calendar that is a file)."""
        self._places, self._settings, self._now, self._dry_run = places, settings, now, dry_run
        self._book: Book = read_book(places.book, None if dry_run else places.kept(APPLICATIONS))
        self._world = gather(self._book, settings, places, now, dragged=False)
        self._make_plan()

    def _make_plan(self) -> None:
        from callplan.sync.page_address import page_of  # noqa: PLC0415
        from callplan.words.agenda import events, owners  # noqa: PLC0415 - wordy, and not needed to look at a record

        self._steps = make_plan(self._book.applications, self._world)
        old = archived(
            self._places.book, self._book, self._world, None if self._dry_run else self._places.kept(ARCHIVE)
        )
        live = {one.name for one in self._book.applications}
        self._archived = tuple(one for one in old.applications if one.name not in live)
        known, steps = (*self._book.applications, *old.applications), (*self._steps, *old.interviews)
        left_alone = frozenset((*self._book.faulty, *old.faulty))
        self._known, self._names = known, step_names(known)
        self._pasts: dict[str, Past] = {}
        deadlines = [step for step in steps if step.kind is StepKind.THANK_YOU_DEADLINE]
        self.wish = Wish(
            events(steps, known, self._settings, page_of(self._places), self._now),
            owners=(known_as := owners(steps, known)),
            given=times_of_the_record(steps),
            present=frozenset(one.name for one in known) | left_alone,
            left_alone=left_alone,
            deadlines=frozenset(step.uid for step in deadlines),
            past=frozenset(step.uid for step in deadlines if step.end is not None and step.end < self._now),
            ours=frozenset(self._names) | known_as.keys(),
            timezone=self._settings.me.timezone,
            language=self._settings.me.language,
            with_slots=self._with_slots,
            entries={one.name: len(one.log) for one in self._book.applications},
            accounts_for=self._accounts_for,
            was_out=lambda uid, seen: (past := self._past_of(uid)) is not None and past.was_out(uid, seen),
            was_wanted=lambda uid: (past := self._past_of(uid)) is not None and past.was_wanted(uid),
            skipped_there=skipped_there(self._book.applications, self._names, self._now),
        )

    def _with_slots(self, slots: Mapping[str, datetime]) -> Wish | None:
        """The wish once it is known where another machine has published calls (start by UID); None: nothing new."""
        known = self._world.published
        calls = {uid: start for uid, start in slots.items() if uid in self._names and self._names[uid].kind in CALLS}
        if all(known.get(uid) == start for uid, start in calls.items()):
            return None
        self._world = replace(self._world, published={**known, **calls})
        self._make_plan()
        return self.wish

    def _accounts_for(self, uid: str, seen: int) -> bool:
        """Whether the log has grown since the event was wanted last, a later round has come, or it was put away."""
        name = self._names.get(uid)
        if name is None:
            return False
        application = next(one for one in self._known if one.name == name.application)
        later = len(application.log) > seen or name.round < len(application.rounds)
        return later or application in self._archived

    def _past_of(self, uid: str) -> Past | None:
        """What the application whose event this is has wanted in the calendar; None for one that is not in the book."""
        from callplan.plan.returns import Past  # noqa: PLC0415 - only where an event has gone, or is of nobody's making

        name = self._names[uid].application if uid in self._names else None
        if name is not None and name not in self._pasts:
            self._pasts |= {one.name: Past(one, self._world) for one in self._known if one.name == name}
        return self._pasts.get(name) if name is not None else None

    def messages(self, by_hand: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
        """A sentence for each file that cannot be read, for what could not be learnt of the world, and for each
        interview that stands elsewhere in the calendar by now (`by_hand`, as `Report` has it).
        """
        left = (
            message("{name}.toml cannot be read, so its events are left as they are.", name=name)
            for name in sorted(self._book.faulty)
        )
        return (*left, *notes(self._world), *dragged_interviews(self._book.applications, by_hand, self._now))

    def come_home(self, memory: Memory, edits: Sequence[Edit], touched: Mapping[str, datetime]) -> Replanned | None:
        """Log what the user did in their calendar and the log does not have, and plan anew (`push.Replan`)."""
        from callplan.sync.homecoming import come_home  # noqa: PLC0415 - most runs bring nothing home

        home = come_home(
            memory,
            (*self._book.applications, *self._archived),
            self._steps,
            self._world,
            self._write,
            edits=[edit for edit in edits if self._is_live(edit.uid, memory)],
            touched=touched,
            zone=self._settings.me.timezone,
            language=self._settings.me.language,
        )
        if not (home.memory or home.logged or home.messages or home.waiting):
            return None
        if home.logged:
            away = {one.name for one in self._archived}
            live = tuple(one for one in home.applications if one.name not in away)
            self._book = replace(self._book, applications=live)
            self._make_plan()
            home = replace(home, messages=(*home.messages, *self._warned(home.logged)))
        wanted = {event.uid for event in self.wish.events}
        remembered = {
            # Should the plan hold on to a step that was skipped, the user's deletion still stands.
            uid: replace(known, dismissed=memory[uid].dismissed) if uid in wanted and known.uid in memory else known
            for uid, known in home.memory.items()
        }
        return Replanned(self.wish, remembered, home.logged, home.messages, home.waiting)

    def _is_live(self, uid: str, memory: Memory) -> bool:
        """Whether an event is of no archived application, and of none whose file cannot be read just now."""
        if uid in self._names:
            return self._names[uid].application not in {one.name for one in self._archived}
        return uid not in memory or memory[uid].application not in self.wish.left_alone

    def _warned(self, logged: Sequence[tuple[str, LogEntry]]) -> list[str]:
        """What speaks against the times to which the user has just moved steps."""
        moved = {(name, entry.step, entry.time) for name, entry in logged if entry.outcome == "moved"}
        return [
            message("Careful: {warning}", warning=step.warning)
            for step in self._steps
            if step.warning and (step.application, step.kind.value, step.start) in moved
        ]

    def _write(self, application: Application, entry: LogEntry) -> Application:
        from callplan.words.letters.ready import demand_ready  # noqa: PLC0415 - most runs write nothing

        demand_ready(self._places, application, entry)
        if self._dry_run:
            return replace(application, log=(*application.log, entry))
        from callplan.book.write import append_log  # noqa: PLC0415 - tomlkit and its like, only to write

        archived = application.name in {one.name for one in self._archived}
        folder = archive_of(self._places.book) if archived else self._places.book
        return append_log(folder / f"{application.name}.toml", entry, seen=application)
