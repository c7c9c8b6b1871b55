"""The file in which callplan remembers: where it is, what is in it, how it is opened, and what a plan asks of it.

Apart from `callplan.sync.state`, so that making a plan loads nothing of what `sync` needs.
"""

from __future__ import annotations

import json
import os
import sqlite3
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from callplan.errors import RecordError, reason_of
from callplan.message import message
from callplan.where import Places

_APPLICATION_ID = 0x63616C70  # "calp": tells our file from anybody else's
_VERSION = 3
_SCHEMA = """
CREATE TABLE published (
    uid TEXT PRIMARY KEY, application TEXT NOT NULL, fingerprint TEXT NOT NULL, sequence INTEGER NOT NULL,
    modified TEXT NOT NULL, start TEXT, kept TEXT NOT NULL, own_notes TEXT NOT NULL, "foreign" TEXT NOT NULL,
    dismissed INTEGER NOT NULL, home TEXT NOT NULL DEFAULT '[]', seen INTEGER NOT NULL DEFAULT -1
) WITHOUT ROWID;
CREATE TABLE calendars (
    url TEXT PRIMARY KEY, token TEXT, listed_at TEXT, one_by_one INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE items (
    calendar TEXT NOT NULL, uid TEXT NOT NULL, href TEXT NOT NULL, etag TEXT, fingerprint TEXT NOT NULL,
    content TEXT NOT NULL, listed INTEGER NOT NULL, PRIMARY KEY (calendar, uid)
) WITHOUT ROWID;
"""

#: From each earlier version to the next one.
_UPGRADES = {
    1: ("ALTER TABLE published ADD COLUMN home TEXT NOT NULL DEFAULT '[]'",),
    2: (
        "ALTER TABLE published ADD COLUMN seen INTEGER NOT NULL DEFAULT -1",
        "ALTER TABLE calendars ADD COLUMN one_by_one INTEGER NOT NULL DEFAULT 0",
    ),
}


def state_path(places: Places) -> Path:
    """The state file of this book (the same for every way of writing the book's path)."""
    book = str(places.book.expanduser().resolve())
    return places.state / f"state-{sha256(book.encode()).hexdigest()[:8]}.sqlite"


def published_starts(places: Places) -> dict[str, datetime]:
    """The start of every event that stands in a calendar or feed, where the user has it, by UID (UTC).

    Raises `RecordError` as `connect`.
    """
    rows = _published(places, "uid, start", "start IS NOT NULL")
    return {uid: datetime.fromisoformat(start) for uid, start in rows}


def times_by_hand(places: Places) -> dict[str, tuple[str, str]]:
    """Events whose time the user changed in the calendar, by UID: that time and the plan's (`content.when_text`).

    Raises `RecordError` as `connect`.
    """
    kept = {uid: json.loads(kept).get("when") for uid, kept in _published(places, "uid, kept", "kept <> '{}'")}
    return {uid: (when[0], when[1]) for uid, when in kept.items() if when}


def _published(places: Places, columns: str, condition: str) -> list[tuple[str, str]]:
    path = state_path(places)
    connection = connect(path, read_only=True)
    if connection is None:
        return []
    try:
        question = f"SELECT {columns} FROM published WHERE {condition} AND dismissed = 0"  # noqa: S608 - our own words
        return connection.execute(question).fetchall()
    except sqlite3.DatabaseError:
        raise RecordError(damaged(path)) from None
    finally:
        connection.close()


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection | None:
    """The state opened; None when there is nothing to read yet. Reading only makes no file and no folder.

    Raises `RecordError` when the file is no state of callplan's, damaged, or of a newer version.
    """
    try:
        _refuse_scraps(path)
        return _open_to_read(path) if read_only else _open_to_write(path)
    except sqlite3.OperationalError as error:
        raise RecordError(
            message(
                "{file} cannot be opened ({error}). Check who may read and write it.", file=str(path), error=str(error)
            )
        ) from None
    except sqlite3.DatabaseError:
        raise RecordError(damaged(path)) from None
    except OSError as error:
        raise RecordError(
            message(
                "{file} cannot be opened: {reason}.",
                file=str(error.filename or path),
                reason=reason_of(error),
            )
        ) from None


def damaged(path: Path) -> str:
    return message(
        "{file} is damaged or not callplan's. Move it away and run sync again: callplan finds its events "
        "in the calendar by their names and writes nothing twice.",
        file=str(path),
    )


def make_private(path: Path) -> None:
    """An empty file that only its owner can read, in a folder likewise, unless they are there already."""
    if not path.parent.is_dir():
        path.parent.parent.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _open_to_write(path: Path) -> sqlite3.Connection:
    make_private(path)
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
                for statement in (one for earlier in range(version, _VERSION) for one in _UPGRADES[earlier]):
                    connection.execute(statement)
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
        raise RecordError(damaged(path))


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
            message(
                "{file} was made by a newer callplan. Update callplan, or move the file away and run sync again.",
                file=str(path),
            )
        )
    raise RecordError(damaged(path))
