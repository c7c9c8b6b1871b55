"""One sync of one calendar, from the look to the last answer. What is decided is in `reconcile`; here it is done.

Order is everything: the user's edits are stored before anything is written, each write is stored as its answer
arrives, and the sync token is never taken from after our own writes (another client's change in between would be
skipped for ever). So the process may be killed anywhere, and the next sync ends in the same calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from callplan.errors import CallplanError
from callplan.ics.event import Event
from callplan.message import message
from callplan.sync.carry_out import WORKERS, Done, Failed, Outcome, carry_out
from callplan.sync.choose import choose
from callplan.sync.content import stamp
from callplan.sync.dav_xml import is_strong, place
from callplan.sync.failures import STOPS, TRY_AGAIN, UNSURE, Failure, Trouble, about_item, as_error
from callplan.sync.guard import too_many, weighed
from callplan.sync.held import Held
from callplan.sync.look import Look, look, look_again
from callplan.sync.memory import Memory, catch_up, count_on, learn, revise
from callplan.sync.operations import Adopt, Create, Delete, Edit, Forget, Operation, PutBack, Update, Write
from callplan.sync.put_back import find_put_back
from callplan.sync.reconcile import Remote, find_edits, published_elsewhere, reconcile, says
from callplan.sync.report import HeldBackError, PartlySyncedError, Report, line_of
from callplan.sync.server import Calendar
from callplan.sync.state import State
from callplan.sync.tally import Tally
from callplan.sync.wish import Replan, Wish


def push(
    calendar: Calendar,
    wish: Wish,
    state: State,
    now: datetime,
    *,
    replan: Replan | None = None,
    dry_run: bool = False,
    allow_deletions: bool = False,
    restore: bool = False,
    resolve: Mapping[str, bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
    workers: int = WORKERS,
) -> Report:
    """Bring the user's edits home, then make the calendar as wished. A dry run asks and tells, and changes nothing.

    `restore` writes again what is gone from the calendar, and takes back every deletion by the user, whenever it was:
    steps that the log has skipped for it are `undone` there, where the plan wants them then. `resolve` are the user's
    choices in conflicts: a UID or a part of the title, and whether the calendar's version is to stand.
    `progress` is called with done and total. Raises `ServerError`, `LoginError`, `DecisionError`, `UsageError` (nothing
    was written), `PartlySyncedError` (with the report).
    """
    sync = _Sync(calendar, wish, state, now, replan, dry_run, restore, workers)
    return sync.run(allow_deletions, resolve or {}, progress)


class _Sync:
    """One run. The three versions of everything live here and grow as answers arrive."""

    def __init__(
        self,
        calendar: Calendar,
        wish: Wish,
        state: State,
        now: datetime,
        replan: Replan | None,
        dry_run: bool,
        restore: bool,
        workers: int,
    ) -> None:
        self._calendar, self._wish, self._state, self._now = calendar, wish, state, now
        self._replan, self._dry_run, self._restore, self._workers = replan, dry_run, restore, workers
        self._where = calendar.identity
        self._held = Held(state, self._where)
        self._seen = {uid: known.seen for uid, known in self._held.memory.items()}
        self._events: Sequence[Event] = wish.events
        self._told = Tally(self._where)
        self._told.know(self._events, self._held.agreed)
        self._stopped: Trouble | None = None

    def run(
        self, allow_deletions: bool, resolve: Mapping[str, bool], progress: Callable[[int, int], None] | None
    ) -> Report:
        ours = frozenset(event.uid for event in self._events) | self._wish.ours | self._held.memory.keys()
        held = len(self._held.agreed)
        confirmed = {uid for uid, row in self._held.agreed.items() if row.confirmed}
        since = self._state.since(self._where)
        seen = look(self._calendar, since, self._held.agreed, ours, self._now, self._wish.timezone)
        remote, dropped = self._restored(seen.remote)
        self._keep_slots(remote)
        edits = self._find_edits(remote)
        emptied = not seen.vouched and len(confirmed) > 1 and confirmed <= remote.gone
        problem = None if allow_deletions else too_many(edits, self._removals(remote), held, emptied=emptied)
        if problem:  # before anything comes home: what was deleted by accident must not be logged either
            raise HeldBackError(Report(self._where, self._dry_run, timezone=self._wish.timezone), problem)
        remote, edits, whole = self._take_back(remote, edits, restore=self._restore)
        if not whole:
            seen = replace(seen, since=since)  # the next look must see what waits for its record
        operations = self._decide(remote, edits, resolve=resolve)
        self._told.know_unreadable(remote.unreadable)
        self._told.know_taken(one for one in self._events if one.uid in remote.taken and not self._dismissed(one.uid))
        self._tell_of_other_calendars()
        writes = [one for one in operations if isinstance(one, Create | Update | Delete)]
        if self._dry_run:
            return self._report(writes)  # with what is known to fail already
        self._held.store(seen, remote, operations, dropped=dropped, listed=True)
        clashes = self._send(writes, len(writes), progress)
        for one in clashes:
            self._told.failed[one.operation.uid] = line_of(one.operation, about_item(one.trouble))
        if clashes and self._stopped is None:
            self._try_once_more(clashes, allow_deletions)
        return self._finish()

    # -- deciding ------------------------------------------------------------------------------------

    def _keep_slots(self, remote: Remote) -> None:
        """Calls stay where another machine has published them: else two machines would move them for ever."""
        wish = self._wish.with_slots(published_elsewhere(remote.items, self._held.memory))
        if wish is not None:
            self._wish, self._events = wish, wish.events
            self._told.know(self._events)

    def _find_edits(self, remote: Remote) -> tuple[Edit, ...]:
        held, wish = self._held, self._wish
        return find_edits(
            self._events, held.agreed, remote, held.memory, wish.given, self._returned(remote), wish.left_alone
        )

    def _returned(self, remote: Remote) -> frozenset[str]:
        """Events that the record has put back into the calendar; those deleted before then are deleted no more."""
        memory = self._held.memory
        missing = {event.uid for event in self._events if event.uid in remote.gone or self._dismissed(event.uid)}
        back = {
            uid: replace(memory[uid], dismissed=False)
            for uid in missing & self._seen.keys()
            if self._seen[uid] >= 0 and self._wish.was_out(uid, self._seen[uid])
        }
        memory.update(back)
        return frozenset(back)

    def _removals(self, remote: Remote) -> tuple[Operation, ...]:
        """What would be removed as the plan stands, and whether there is a reason for it."""
        wanted = {event.uid for event in self._events}
        held = self._held
        removals = reconcile(
            (),
            {uid: row for uid, row in held.agreed.items() if uid not in wanted},
            Remote({uid: item for uid, item in remote.items.items() if uid not in wanted}, remote.gone),
            held.memory,
            present=self._wish.present,
            left_alone=self._wish.left_alone,
        )
        return weighed(removals, held.agreed, held.memory, self._wish.accounts_for, self._now)

    def _decide(
        self,
        remote: Remote,
        edits: Sequence[Edit],
        only: frozenset[str] | None = None,
        resolve: Mapping[str, bool] | None = None,
    ) -> list[Operation]:
        """The user's edits into memory and home, the plan anew, and what follows for these UIDs (None: for all)."""
        self._told.edits += edits
        memory = self._held.memory
        memory.update(learn(memory, edits))
        memory.update(choose(memory, resolve or {}, self._told.titles))
        memory.update(count_on(memory, {uid: item.content.sequence for uid, item in remote.items.items()}))
        touched = {uid: item.content.touched for uid, item in remote.items.items()}
        self._bring_home(memory, edits, {uid: at for uid, at in touched.items() if at is not None})
        there = self._held.agreed.keys() | remote.items.keys()
        self._events = [event for event in self._events if event.uid in there or event.uid not in self._wish.past]
        events = [event for event in self._events if only is None or event.uid in only]
        revised = revise(events, memory, self._now, self._wish.owners, self._wish.given)
        memory.update(revised.memory)
        memory.update(catch_up(memory, (event.uid for event in events), self._wish.entries, self._wish.owners))
        self._told.know_dropped(revised.dropped, self._wish.given)
        self._told.conflicts |= {(one.uid, one.field): one for one in revised.conflicts}
        agreed = {uid: row for uid, row in self._held.agreed.items() if only is None or uid in only}
        operations = reconcile(
            revised.revisions,
            agreed,
            remote,
            memory,
            present=self._wish.present,
            left_alone=self._wish.left_alone,
        )
        return [one for one in operations if not (isinstance(one, Delete) and self._is_stranger(one.uid))]

    def _is_stranger(self, uid: str) -> bool:
        """Whether an event was never held here nor wanted: a newer copy of the book elsewhere may want it."""
        known = self._held.memory.get(uid)
        ours = uid in self._held.agreed or (known is not None and known.fingerprint != "")
        return not ours and not self._wish.was_wanted(uid)

    def _bring_home(
        self, memory: Memory, edits: Sequence[Edit], touched: Mapping[str, datetime] | None = None
    ) -> frozenset[str]:
        """The edits and what is remembered, into the record; the plan anew. Returns what was put back and must wait."""
        home = self._replan(memory, edits, touched or {}) if self._replan is not None else None
        if home is None:
            return frozenset()
        self._wish, self._events = home.wish, home.wish.events
        self._held.memory.update(home.memory)
        self._told.logged += home.logged
        self._told.messages += home.messages
        self._told.know(self._events)
        return home.waiting

    def _take_back(
        self, remote: Remote, edits: tuple[Edit, ...], *, restore: bool
    ) -> tuple[Remote, tuple[Edit, ...], bool]:
        """Deletions that the user has taken back, in the calendar or by `restore`: they come home before all else.

        Returns what is to be looked at from then on, the edits as they then are, and whether the record could follow.
        An event of which it could not is left out: as the log stands, it would be removed.
        """
        memory, wish = self._held.memory, self._wish
        found = find_put_back(self._held.agreed, remote, memory, wish.skipped_there)
        back = {*found}
        if restore:
            dismissed = {uid for uid, known in memory.items() if known.dismissed}
            back |= {PutBack(uid) for uid in (dismissed | wish.skipped_there) - remote.items.keys()}
        if not back:
            return remote, edits, True
        steps = sorted(back, key=lambda edit: edit.uid)
        memory.update(learn(memory, steps))
        waiting = self._bring_home({edit.uid: memory[edit.uid] for edit in steps}, steps)
        there = {uid: item for uid, item in remote.items.items() if uid not in waiting}
        remote = replace(remote, items=there)
        wanted = {event.uid for event in self._events} - waiting
        self._told.edits += [edit for edit in found if edit.uid in wanted]
        return remote, self._find_edits(remote), not waiting

    def _restored(self, remote: Remote) -> tuple[Remote, frozenset[str]]:
        """When restoring, what is gone was never there: what was seen, and what is agreed no more."""
        if not self._restore:
            return remote, frozenset()
        self._held.drop(remote.gone)
        return replace(remote, gone=frozenset()), remote.gone

    def _tell_of_other_calendars(self) -> None:
        if not self._held.agreed:
            self._told.messages += [
                message("{count} events written earlier stay in {calendar}.", count=count, calendar=other)
                for other, count in self._state.items_elsewhere(self._where).items()
            ]

    # -- sending -------------------------------------------------------------------------------------

    def _settle(self, write: Write, href: str, etag: str | None, *, certain: bool = True) -> None:
        """One write has succeeded."""
        self._told.done.append(write)
        self._told.failed.pop(write.uid, None)
        self._held.settle(write, href, etag, certain=certain)

    def _render(self, write: Write) -> bytes:
        from callplan.ics.render import caldav_object  # noqa: PLC0415 - icalendar is not needed when nothing changed

        assert not isinstance(write, Delete)  # noqa: S101
        data = caldav_object(write.revision, write.own_notes, self._wish.language)
        known = self._held.memory.get(write.uid)
        kept = {name: value.ours for name, value in known.kept.items()} if known else {}
        return stamp(data, write.revision.event, write.foreign, kept)

    def _send(
        self,
        writes: Sequence[Write],
        total: int,
        progress: Callable[[int, int], None] | None = None,
        workers: int | None = None,
    ) -> list[Failed]:
        """Send them; what is certain is settled, what is unsure looked at. Returns the lost races and taken UIDs."""
        clashes: list[Failed] = []
        unsure: list[Write] = []
        pending = {write.uid: write for write in writes}
        for outcome in self._outcomes(writes, workers or self._workers):
            write = pending.pop(outcome.operation.uid)
            if isinstance(outcome, Done):
                self._settle(write, self._calendar.path(write.href), outcome.etag, certain=outcome.certain)
                if outcome.etag is None and not isinstance(write, Delete):
                    unsure.append(write)
            elif outcome.trouble.failure in TRY_AGAIN:
                clashes.append(outcome)
            else:
                self._fail(write, outcome.trouble)
                if outcome.trouble.failure in UNSURE:
                    unsure.append(write)
            if progress is not None:
                progress(len(self._told.done), total)
        for write in pending.values():
            self._told.failed[write.uid] = line_of(write, message("was not sent; the next sync does it."))
        if pending and self._stopped is None:
            self._stopped = Trouble(Failure.BROKEN)
        if self._calendar.met.is_set():
            self._state.note_one_by_one(self._where)
        self._look_after(unsure)
        return clashes

    def _outcomes(self, writes: Sequence[Write], workers: int) -> Iterator[Outcome]:
        """Of all writes; where changes have met before (Xandikos), those go one at a time, and first."""
        rounds = [(writes, workers)]
        if self._state.takes_one_by_one(self._where):
            new = [write for write in writes if isinstance(write, Create)]
            rounds = [([write for write in writes if not isinstance(write, Create)], 1), (new, workers)]
        for some, at_once in rounds:
            if some and self._stopped is None:
                yield from carry_out(self._calendar, some, self._render, at_once)

    def _fail(self, write: Write, trouble: Trouble) -> None:
        self._told.failed[write.uid] = line_of(write, about_item(trouble))
        if trouble.failure in STOPS and (self._stopped is None or self._stopped.failure in UNSURE):
            self._stopped = trouble

    def _look_after(self, unsure: Sequence[Write]) -> None:
        """See what became of writes whose answer was lost or gave no version. One request for fifty."""
        if not unsure:
            return
        hrefs = {write.uid: write.href for write in unsure}
        try:
            remote, _ = look_again(self._calendar, hrefs, (), self._wish.timezone)
        except CallplanError:
            return  # the next sync looks again: without a version the rows say that they are not certain
        for write in unsure:
            item = remote.items.get(write.uid)
            if isinstance(write, Delete):
                if item is None and write.uid in remote.gone and write.uid in self._told.failed:
                    self._settle(write, "", None)
                continue
            if item is None or not says(item.content, write.revision.event, write.own_notes):
                continue
            if write.uid in self._told.failed:
                self._settle(write, item.href, item.etag if is_strong(item.etag) else None)
            elif item.etag:
                self._held.certify(write.uid, item.etag)

    def _try_once_more(self, clashes: Sequence[Failed], allow_deletions: bool) -> None:
        """Read what was in the way, merge, and write once more."""
        hrefs = {one.operation.uid: one.operation.href for one in clashes}
        taken = [one.operation.uid for one in clashes if one.trouble.failure is Failure.UID_TAKEN]
        try:
            remote, found = look_again(self._calendar, hrefs, taken, self._wish.timezone)
        except CallplanError:
            return
        # What was to be created and is not there was never there: only an item once agreed can have been deleted.
        gone = frozenset(uid for uid in remote.gone if uid in self._held.agreed)
        unreadable = remote.unreadable
        for uid in unreadable:
            self._told.failed[uid] = replace(
                self._told.failed[uid], fault=message("cannot be read on the server. {fault}", fault=unreadable[uid])
            )
        remote, dropped = self._restored(Remote(remote.items, gone, unreadable))
        self._keep_slots(remote)
        edits = self._find_edits(remote)
        if not allow_deletions and too_many(edits, (), len(self._held.agreed)):
            return  # the next sync sees them all, and asks
        remote, edits, _ = self._take_back(remote, edits, restore=False)
        foreign_place = {
            one.operation.uid
            for one in clashes
            if isinstance(one.operation, Create)
            and one.operation.uid not in remote.items
            and (one.trouble.failure is Failure.UID_TAKEN or place(self._calendar.path(one.operation.href)) in found)
        }
        # There an item of somebody else's stands where ours should: it is not touched, and the failure stays listed.
        again = [
            operation
            for operation in self._decide(remote, edits, frozenset(hrefs))
            if not (isinstance(operation, Create) and operation.uid in foreign_place)
        ]
        for operation in again:
            if isinstance(operation, Adopt | Forget):
                self._told.failed.pop(operation.uid, None)
        for uid in gone:
            self._told.failed.pop(uid, None)
        self._held.store(Look(remote, self._state.since(self._where)), remote, again, dropped=dropped, listed=False)
        writes = [one for one in again if isinstance(one, Create | Update | Delete)]
        for lost in self._send(writes, len(writes), workers=1):
            self._told.failed[lost.operation.uid] = line_of(lost.operation, about_item(lost.trouble))

    # -- telling -------------------------------------------------------------------------------------

    def _report(self, writes: Sequence[Write]) -> Report:
        wanted = [event for event in self._events if not self._dismissed(event.uid)]
        wish, memory = self._wish, self._held.memory
        report = self._told.report(writes, wanted, memory, dry_run=self._dry_run, zone=wish.timezone)
        return replace(report, deadlines=wish.deadlines)

    def _dismissed(self, uid: str) -> bool:
        known = self._held.memory.get(uid)
        return known is not None and known.dismissed

    def _finish(self) -> Report:
        report = self._report(self._told.done)
        if not report.failed:
            return report
        if self._stopped is not None and not self._told.done:
            raise as_error(self._stopped, self._calendar.url)
        reason = str(as_error(self._stopped, self._calendar.url)) if self._stopped is not None else ""
        raise PartlySyncedError(report, reason)
