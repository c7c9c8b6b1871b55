"""What callplan remembers between runs: one small SQLite file for each book, readable by its owner only.

Everything in it can be won back from the book and the calendar, but for the user's own hand on events. So it is never
deleted on a suspicion: a file that is no state, or a newer one, is an error with a way out.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from callplan.errors import DecisionError, RecordError
from callplan.ics.event import Event, Revision
from callplan.sync.memory import Kept, Known, Memory, revise
from callplan.sync.reconcile import Agreed
from callplan.where import Places

_APPLICATION_ID = 0x63616C70  # "calp": tells our file from anybody else's
_VERSION = 2
_SCHEMA = """
CREATE TABLE published (
    uid TEXT PRIMARY KEY, application TEXT NOT NULL, fingerprint TEXT NOT NULL, sequence INTEGER NOT NULL,
    modified TEXT NOT NULL, start TEXT, kept TEXT NOT NULL, own_notes TEXT NOT NULL, "foreign" TEXT NOT NULL,
    dismissed INTEGER NOT NULL, home TEXT NOT NULL DEFAULT '[]'
) WITHOUT ROWID;
CREATE TABLE calendars (url TEXT PRIMARY KEY, token TEXT, listed_at TEXT) WITHOUT ROWID;
CREATE TABLE items (
    calendar TEXT NOT NULL, uid TEXT NOT NULL, href TEXT NOT NULL, etag TEXT, fingerprint TEXT NOT NULL,
    content TEXT NOT NULL, listed INTEGER NOT NULL, PRIMARY KEY (calendar, uid)
) WITHOUT ROWID;
"""
_PUBLISHED = 'uid, application, fingerprint, sequence, modified, start, kept, own_notes, "foreign", dismissed, home'

#: From each earlier version to the next one.
_UPGRADES = {1: "ALTER TABLE published ADD COLUMN home TEXT NOT NULL DEFAULT '[]'"}


@dataclass(frozen=True, slots=True)
class Since:
    """Where the last look at a calendar ended: its sync token, and when everything was last listed (aware)."""

    token: str | None = None
    listed_at: datetime | None = None


def state_path(places: Places) -> Path:
    """The state file of this book (the same for every way of writing the book's path)."""
    book = str(places.book.expanduser().resolve())
    return places.state / f"state-{hashlib.sha256(book.encode()).hexdigest()[:8]}.sqlite"


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
        try:
            _refuse_scraps(path)
            if read_only:
                return cls(_open_to_read(path), path)
            return cls(_open_to_write(path), path)
        except sqlite3.OperationalError as error:
            raise RecordError(f"{path} cannot be opened ({error}). Check who may read and write it.") from None
        except sqlite3.DatabaseError:
            raise RecordError(_damaged(path)) from None
        except OSError as error:
            raise RecordError(f"{error.filename or path} cannot be opened: {error.strerror}.") from None

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
        _make_private(beside)
        lock = sqlite3.connect(beside, timeout=0, isolation_level=None)
        try:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                raise DecisionError(
                    "Another callplan sync of this book is at work. Wait for it to end, then run this again."
                ) from None
            yield
        finally:
            lock.close()

    # -- events ----------------------------------------------------------------------------------------

    def memory(self) -> dict[str, Known]:
        """What is remembered of every event, by UID."""
        columns = _PUBLISHED
        if self._connection is not None and self._connection.execute("PRAGMA user_version").fetchone()[0] == 1:
            columns = _PUBLISHED.replace("home", "'[]'")  # opened to read only, it is left as it is
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

    def published_starts(self) -> dict[str, datetime]:
        """The start of every event that stands in a calendar or feed, where the user has it, by UID (UTC)."""
        rows = self._rows("SELECT uid, start FROM published WHERE start IS NOT NULL AND dismissed = 0")
        return {uid: datetime.fromisoformat(start) for uid, start in rows}

    def standing(self, uids: Iterable[str]) -> int:
        """How many of these events stand in a calendar, as far as is known."""
        there = {row[0] for row in self._rows("SELECT DISTINCT uid FROM items")}
        return len(there.intersection(uids))

    def forget(self, uids: Iterable[str]) -> None:
        """Erase all that is remembered of these events, in one commit; the pages of the file are overwritten."""
        rows = [(uid,) for uid in uids]
        with self._writing() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.executemany("DELETE FROM published WHERE uid = ?", rows)
            connection.executemany("DELETE FROM items WHERE uid = ?", rows)

    # -- calendars -------------------------------------------------------------------------------------

    def since(self, calendar: str) -> Since:
        """Where the last look at the calendar ended."""
        for token, listed_at in self._rows("SELECT token, listed_at FROM calendars WHERE url = ?", calendar):
            return Since(token, datetime.fromisoformat(listed_at) if listed_at else None)
        return Since()

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
                    "INSERT OR REPLACE INTO calendars VALUES (?, ?, ?)",
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
            raise RecordError(_damaged(self.path)) from None

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
                raise RecordError(f"{self.path} cannot be written ({error}).") from None
            if isinstance(error, sqlite3.DatabaseError):
                raise RecordError(_damaged(self.path)) from None
            raise


def _damaged(path: Path) -> str:
    return (
        f"{path} is damaged or not callplan's. Move it away and run sync again: callplan finds its events in the "
        "calendar by their names and writes nothing twice."
    )


def _make_private(path: Path) -> None:
    """An empty file that only its owner can read, in a folder likewise, unless they are there already."""
    if not path.parent.is_dir():
        path.parent.parent.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _open_to_write(path: Path) -> sqlite3.Connection:
    _make_private(path)
    connection = sqlite3.connect(path, timeout=10, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if _check(connection, path) != _VERSION:
            connection.execute("BEGIN IMMEDIATE")
            version = _check(connection, path)  # another process may have been quicker
            if version == 0:
                for statement in _SCHEMA.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            else:
                for earlier in range(version, _VERSION):
                    connection.execute(_UPGRADES[earlier])
            connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _open_to_read(path: Path) -> sqlite3.Connection | None:
    if not path.exists() or path.stat().st_size == 0:
        return None
    # Without a log of pending writes nobody is writing, and `immutable` then keeps SQLite from making files of its own.
    pending = path.with_name(path.name + "-wal")
    how = "mode=ro" if pending.exists() and pending.stat().st_size else "immutable=1"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", timeout=10, isolation_level=None, uri=True)
    try:
        connection.execute("PRAGMA query_only = ON")
        if _check(connection, path) == 0:
            connection.close()
            return None
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_scraps(path: Path) -> None:
    """SQLite takes a file too short to be a database for a new one and writes over it."""
    if path.exists() and 0 < path.stat().st_size < 512:
        raise RecordError(_damaged(path))


def _check(connection: sqlite3.Connection, path: Path) -> int:
    """The version of the schema, 0 for an empty file. Raises `RecordError` for a file that is not ours or newer."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application == _APPLICATION_ID and (version == _VERSION or version in _UPGRADES):
        return version
    if not tables and not application and not version:
        return 0
    if application == _APPLICATION_ID and version > _VERSION:
        raise RecordError(
            f"{path} was made by a newer callplan. Update callplan, or move the file away and run sync again."
        )
    raise RecordError(_damaged(path))


def _store_memory(connection: sqlite3.Connection, entries: Iterable[Known]) -> None:
    connection.executemany(
        f"INSERT OR REPLACE INTO published ({_PUBLISHED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        (
            (
                known.uid, known.application, known.fingerprint, known.sequence, known.modified.isoformat(),
                known.start.isoformat() if known.start else None,
                json.dumps({name: [kept.theirs, kept.ours, kept.clash] for name, kept in known.kept.items()}),
                known.own_notes, json.dumps(known.foreign), known.dismissed, json.dumps(known.home),
            )
            for known in entries
        ),
    )  # fmt: skip


def _known(row: Sequence[Any]) -> Known:
    uid, application, fingerprint, sequence, modified, start, kept, own_notes, foreign, dismissed, home = row
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
    )


def _agreed(row: Sequence[Any]) -> Agreed:
    uid, href, etag, fingerprint, content, listed = row
    return Agreed(uid, href, etag, fingerprint, **json.loads(content), listed=listed > 0, named=listed > 1)
