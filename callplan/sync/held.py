"""What one run of sync holds of a calendar, kept the same as the state: each change is stored as it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from callplan.sync.look import Look
from callplan.sync.memory import Known, Memory
from callplan.sync.operations import Adopt, Create, Delete, Forget, Operation, Update, Write
from callplan.sync.reconcile import Agreed, Remote, agreed_on
from callplan.sync.state import State


class Held:
    """What was agreed of each item and what is remembered of each event, by UID.

    `memory` may be changed at will; what of it is new is stored with the next `store`.
    """

    def __init__(self, state: State, calendar: str) -> None:
        self._state, self._calendar = state, calendar
        self.agreed: dict[str, Agreed] = state.agreed(calendar)
        self.memory: dict[str, Known] = state.memory()
        self._stored = dict(self.memory)

    def drop(self, uids: frozenset[str]) -> None:
        """Hold these items for never agreed: what is gone of them was never there. Not stored yet."""
        for uid in uids:
            self.agreed.pop(uid, None)

    def store(
        self, seen: Look, remote: Remote, operations: Sequence[Operation], *, dropped: frozenset[str], listed: bool
    ) -> None:
        """Everything learnt by looking, in one commit, before anything is sent.

        `dropped` are items that were dropped before. `listed`: the sync token that is stored is from after these items
        were written.
        """
        rows = {row.uid: row for row in seen.seen if row.uid not in dropped and self._was_ours(row.uid)}
        forgotten = [one.uid for one in operations if isinstance(one, Forget)]
        for one in operations:
            row = self.agreed.get(one.uid)
            if isinstance(one, Adopt):
                adopted = agreed_on(one.href, one.etag, one.event) if one.event else row
                assert adopted is not None  # noqa: S101 - without an event there is a row
                rows[one.uid] = replace(adopted, href=one.href, etag=one.etag, listed=listed, named=listed)
            elif isinstance(one, Update | Delete) and one.uid in remote.items and row:
                # The token moves past this change now: should the write never happen, the next run must look again.
                cancelled = isinstance(one, Delete) and remote.items[one.uid].content.cancelled
                rows[one.uid] = replace(row.cancelled() if cancelled else row, href=one.href, etag=None, listed=True)
            elif isinstance(one, Create) and row:
                forgotten.append(one.uid)
        forgotten += dropped
        memory = {uid: known for uid, known in self.memory.items() if self._stored.get(uid) != known}
        since = seen.since if seen.since != self._state.since(self._calendar) else None
        if rows or forgotten or memory or since:
            self._state.settle(self._calendar, agreed=rows.values(), forgotten=forgotten, memory=memory, since=since)
        self._stored.update(memory)
        self.agreed.update(rows)
        for uid in forgotten:
            self.agreed.pop(uid, None)

    def _was_ours(self, uid: str) -> bool:
        """Whether this machine has held or wanted it: what a newer copy of the book has written is not taken over."""
        known = self.memory.get(uid)
        return uid in self.agreed or (known is not None and known.fingerprint != "")

    def settle(self, write: Write, href: str, etag: str | None, *, certain: bool = True) -> None:
        """One write has succeeded: remember it at once. What is not `certain`, the next run looks at once more."""
        if isinstance(write, Delete):
            row = self.agreed.pop(write.uid, None)
            if row is not None and not certain:
                self._agree(replace(row, etag=None, listed=False, named=False))
                return
            self._state.settle(self._calendar, forgotten=[write.uid])
            return
        known, former = self.memory.get(write.uid), self.agreed.get(write.uid)
        newer: Memory = {}
        if known:  # a client had counted further than we; and what was left out is not there any more
            fresh = replace(known, sequence=max(known.sequence, write.revision.sequence), foreign=write.foreign)
            newer = {write.uid: fresh} if fresh != known else {}
        row = agreed_on(href, etag, write.revision.event)
        # An item that the server has shown before does not come into doubt because it gave no version this time.
        self._agree(replace(row, listed=etag is None and former is not None and former.confirmed), newer)

    def certify(self, uid: str, etag: str) -> None:
        """The server has said which version an item is that was written in this run."""
        self._agree(replace(self.agreed[uid], etag=etag, listed=False))

    def _agree(self, row: Agreed, newer: Memory | None = None) -> None:
        self.agreed[row.uid] = row
        self.memory.update(newer or {})
        self._state.settle(self._calendar, agreed=[row], memory=newer)
        self._stored.update(newer or {})
