"""What callplan remembers between runs: one small SQLite file for each book, readable by its owner only.

Everything in it can be won back from the book and the calendar, but for the user's own hand on events. So it is never
deleted on a suspicion: a file that is no state, or a newer one, is an error with a way out.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from callplan.errors import DecisionError, RecordError
from callplan.ics.event import Event, Revision
from callplan.message import message
from callplan.sync.memory import Kept, Known, Memory, revise
from callplan.sync.reconcile import Agreed
from callplan.sync.state_file import connect, damaged, make_private, state_path
from callplan.where import Places

__all__ = ["Since", "State", "state_path"]

#: What a second sync is told; the pages know by it that theirs has to wait.
AT_WORK = message("Another callplan sync of this book is at work.")

_PUBLISHED = (
    'uid, application, fingerprint, sequence, modified, start, kept, own_notes, "foreign", dismissed, home, seen'
)


@dataclass(frozen=True, slots=True)
class Since:
    """Where the last look at a calendar ended: its sync token, and when everything was last listed (aware)."""

    token: str | None = None
    listed_at: datetime | None = None


class State:
    """The open state. Use as a context manager. Not for several threads at once."""

    def __init__(self, connection: sqlite3.Connection | None, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, places: Places, *, read_only: bool = False) -> State:
        """The state of the book in `places`.

        Reading only makes no file and no folder; where there is no state yet, it is empty. Raises `RecordError` when
        the file is no state of callplan's, damaged, or of a newer version.
        """
        path = state_path(places)
        return cls(connect(path, read_only=read_only), path)

    def __enter__(self) -> State:
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            self._connection.close()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other `sync` of this book out. The lock goes with the process, however it ends.

        Raises `DecisionError` at once when another one is at work.
        """
        beside = self.path.with_suffix(".lock")
        make_private(beside)
        lock = sqlite3.connect(beside, timeout=0, isolation_level=None)
        try:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                raise DecisionError(AT_WORK + " " + message("Wait for it to end, then run this again.")) from None
            yield
        finally:
            lock.close()

    # -- events ----------------------------------------------------------------------------------------

    def memory(self) -> dict[str, Known]:
        """What is remembered of every event, by UID."""
        columns = _PUBLISHED
        if self._connection is not None:  # opened to read only, an earlier version is left as it is
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            columns = _PUBLISHED.replace("home", "'[]'" if version < 2 else "home")
            columns = columns.replace("seen", "-1" if version < 3 else "seen")
        return {row[0]: _known(row) for row in self._rows(f"SELECT {columns} FROM published")}  # noqa: S608

    def remember(self, memory: Memory) -> None:
        """Store these entries, in one commit."""
        with self._writing() as connection:
            _store_memory(connection, memory.values())

    def revise(
        self,
        events: Sequence[Event],
        now: datetime,
        owners: Mapping[str, str] | None = None,
        given: frozenset[str] = frozenset(),
    ) -> list[Revision]:
        """The events with their history and the user's hand on them (`memory.revise`); the history is stored.

        Equal events get the same SEQUENCE and time of change for ever. Opened to read only, nothing is stored.
        """
        revised = revise(events, self.memory(), now, owners, given)
        if revised.memory and self._connection is not None and not self._read_only:
            self.remember(revised.memory)
        return list(revised.revisions)

    def standing(self, uids: Iterable[str]) -> int:
        """How many of these events stand in a calendar, as far as is known."""
        there = {row[0] for row in self._rows("SELECT DISTINCT uid FROM items")}
        return len(there.intersection(uids))

    def forget(self, uids: Iterable[str]) -> None:
        """Erase all that is remembered of these events, in one commit; the pages of the file are overwritten.

        Of one that still stands in a calendar, its place and version stay and nothing it says: the next sync takes it
        away.
        """
        rows = [(uid,) for uid in uids]
        nothing = [(json.dumps({"fields": {}, "description": "", "other": ""}), *row) for row in rows]
        with self._writing() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.executemany("DELETE FROM published WHERE uid = ?", rows)
            connection.executemany("UPDATE items SET fingerprint = '', content = ? WHERE uid = ?", nothing)

    # -- calendars -------------------------------------------------------------------------------------

    def since(self, calendar: str) -> Since:
        """Where the last look at the calendar ended."""
        for token, listed_at in self._rows("SELECT token, listed_at FROM calendars WHERE url = ?", calendar):
            return Since(token, datetime.fromisoformat(listed_at) if listed_at else None)
        return Since()

    def takes_one_by_one(self, calendar: str) -> bool:
        """Whether changes of ours have met on this server since everything was last listed, and it refused some."""
        if self._connection is None:
            return False
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        query = "SELECT one_by_one FROM calendars WHERE url = ?"
        return version >= 3 and any(row[0] for row in self._rows(query, calendar))

    def note_one_by_one(self, calendar: str) -> None:
        """Changes have met there: until everything is listed again, they are sent one after the other."""
        with self._writing() as connection:
            connection.execute("UPDATE calendars SET one_by_one = 1 WHERE url = ?", (calendar,))

    def agreed(self, calendar: str) -> dict[str, Agreed]:
        """Our items in the calendar as last agreed, by UID."""
        rows = self._rows(
            "SELECT uid, href, etag, fingerprint, content, listed FROM items WHERE calendar = ?", calendar
        )
        return {row[0]: _agreed(row) for row in rows}

    def items_elsewhere(self, calendar: str) -> dict[str, int]:
        """How many items of ours stand in other calendars, by calendar."""
        return dict(self._rows("SELECT calendar, count(*) FROM items WHERE calendar <> ? GROUP BY calendar", calendar))

    def settle(
        self,
        calendar: str,
        *,
        agreed: Iterable[Agreed] = (),
        forgotten: Iterable[str] = (),
        memory: Memory | None = None,
        since: Since | None = None,
    ) -> None:
        """Store what has come to be agreed, in one commit."""
        with self._writing() as connection:
            _store_memory(connection, (memory or {}).values())
            connection.executemany(
                "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (
                        calendar, one.uid, one.href, one.etag, one.fingerprint,
                        json.dumps({"fields": dict(one.fields), "description": one.description, "other": one.other}),
                        one.listed + one.named,
                    )
                    for one in agreed
                ),
            )  # fmt: skip
            connection.executemany(
                "DELETE FROM items WHERE calendar = ? AND uid = ?", ((calendar, uid) for uid in forgotten)
            )
            if since is not None:
                connection.execute(
                    """INSERT INTO calendars VALUES (?, ?, ?, 0) ON CONFLICT DO UPDATE SET
                    token = excluded.token, listed_at = excluded.listed_at,
                    one_by_one = one_by_one AND listed_at IS excluded.listed_at""",
                    (calendar, since.token, since.listed_at.isoformat() if since.listed_at else None),
                )

    # -- SQLite ----------------------------------------------------------------------------------------

    @property
    def _read_only(self) -> bool:
        return self._connection is None or bool(self._connection.execute("PRAGMA query_only").fetchone()[0])

    def _rows(self, statement: str, *values: str) -> list[Any]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.DatabaseError:
            raise RecordError(damaged(self.path)) from None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if self._connection is None:
            raise RuntimeError("this state was opened to read only")
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise RecordError(
                    message("{file} cannot be written ({error}).", file=str(self.path), error=str(error))
                ) from None
            if isinstance(error, sqlite3.DatabaseError):
                raise RecordError(damaged(self.path)) from None
            raise


def _store_memory(connection: sqlite3.Connection, entries: Iterable[Known]) -> None:
    connection.executemany(
        f"INSERT OR REPLACE INTO published ({_PUBLISHED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (
            (
                known.uid, known.application, known.fingerprint, known.sequence, known.modified.isoformat(),
                known.start.isoformat() if known.start else None,
                json.dumps({name: [kept.theirs, kept.ours, kept.clash] for name, kept in known.kept.items()}),
                known.own_notes, json.dumps(known.foreign), known.dismissed, json.dumps(known.home),
                known.seen,
            )
            for known in entries
        ),
    )  # fmt: skip


def _known(row: Sequence[Any]) -> Known:
    uid, application, fingerprint, sequence, modified, start, kept, own_notes, foreign, dismissed, home, seen = row
    return Known(
        uid,
        application,
        fingerprint,
        sequence,
        datetime.fromisoformat(modified),
        datetime.fromisoformat(start) if start else None,
        {name: Kept(*texts) for name, texts in json.loads(kept).items()},
        own_notes,
        tuple(json.loads(foreign)),
        bool(dismissed),
        tuple(json.loads(home)),
        seen,
    )


def _agreed(row: Sequence[Any]) -> Agreed:
    uid, href, etag, fingerprint, content, listed = row
    return Agreed(uid, href, etag, fingerprint, **json.loads(content), listed=listed > 0, named=listed > 1)
