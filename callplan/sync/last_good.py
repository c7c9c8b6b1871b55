"""The last good version of every application's file, for the time in which a typing mistake makes it unreadable.

A feed and an exported file show what stands in the book now, and calendars delete what is no longer in a feed: one
missing quotation mark would take an interview away. So each file that reads well is copied into the state folder, and
the copy is planned from while the file itself is faulty. `sync` needs none of it: it leaves such events alone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from callplan import kept
from callplan.book.folder import Book, is_conflict
from callplan.book.read import read_application
from callplan.book.types import Application
from callplan.errors import RecordError
from callplan.sync.state import state_path
from callplan.where import Places


@dataclass(frozen=True, slots=True)
class Completed:
    """A book with the last good versions of its faulty files.

    `saved`: when the file of each of those was last saved in good order (UTC). `missing`: the names of faulty files of
    which no good version is known.
    """

    book: Book
    saved: Mapping[str, datetime]
    missing: tuple[str, ...]


def completed(book: Book, places: Places) -> Completed:
    """The book as it was just read, completed from the copies; these are brought up to date first.

    Where the state folder cannot be written, nothing is kept and nothing is raised.
    """
    copies = _copies(places)
    for one in book.applications:
        _keep(one, places.book / f"{one.name}.toml", copies / f"{one.name}.toml")
    _drop_all_but({*book.faulty, *(one.name for one in book.applications)}, copies)
    ids = {one.id for one in book.applications}
    found: list[Application] = []
    saved: dict[str, datetime] = {}
    missing: list[str] = []
    for name in book.faulty:
        copy = copies / f"{name}.toml"
        try:
            one = read_application(copy)
            moment = datetime.fromtimestamp(copy.stat().st_mtime, UTC)
        except (RecordError, OSError):
            if not is_conflict(name):  # a copy that Syncthing made is no application
                missing.append(name)
            continue
        if one.id not in ids:  # else it goes on under another name
            ids.add(one.id)
            found.append(one)
            saved[name] = moment
    applications = tuple(sorted((*book.applications, *found), key=lambda one: one.name))
    return Completed(replace(book, applications=applications), saved, tuple(missing))


def forget_copy(places: Places, application: str) -> None:
    """Erase the copy of an application's file."""
    (_copies(places) / f"{application}.toml").unlink(missing_ok=True)


def _copies(places: Places) -> Path:
    """The folder of this book's copies, beside its state."""
    return state_path(places).with_suffix(".last-good")


def _keep(application: Application, file: Path, copy: Path) -> None:
    """Copy the file, with its time, unless the copy is the same; only what reads as `application` is kept."""
    try:
        content, saved = file.read_bytes(), file.stat().st_mtime_ns
        if content == _content(copy):
            return
        kept.write_bytes(copy, content)
        os.utime(copy, ns=(saved, saved))
        if read_application(copy) != application:  # it was saved again since it was read: the next look copies it
            copy.unlink()
    except (OSError, RecordError):
        with suppress(OSError):
            copy.unlink(missing_ok=True)


def _content(copy: Path) -> bytes | None:
    try:
        return copy.read_bytes()
    except OSError:
        return None


def _drop_all_but(names: set[str], copies: Path) -> None:
    try:
        there = list(copies.iterdir())
    except OSError:
        return
    for copy in there:
        if copy.name.removesuffix(".toml") not in names:
            copy.unlink(missing_ok=True)
