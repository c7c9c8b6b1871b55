"""What `remove`, `archive` and `purge` ask: which file is meant, a faulty one too, and whether it is meant."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from callplan.book.archive import archive_of
from callplan.book.folder import find, read_book
from callplan.cli.frame import Frame
from callplan.cli.language import told
from callplan.cli.terminal import filled
from callplan.errors import RecordError, UsageError


def file_meant(frame: Frame, name: str) -> Path:
    """The file of the application meant; one that is faulty by its full name only. Raises `UsageError`."""
    book = frame.book(whole=False)
    stem = name.removesuffix(".toml")
    if stem in book.faulty:
        return frame.places.book / f"{stem}.toml"
    try:
        return frame.places.book / f"{frame.find(name).name}.toml"
    except RecordError:
        raise UsageError(
            told("That file is faulty; say its whole name: {names}.").format(names=", ".join(book.faulty))
        ) from None


def file_in_archive(frame: Frame, name: str) -> Path:
    """The file of the application meant, in the archive. Raises `UsageError`, `RecordError`."""
    folder = archive_of(frame.places.book)
    archive = read_book(folder)
    if name.removesuffix(".toml") in archive.faulty:
        return folder / f"{name.removesuffix('.toml')}.toml"
    if not archive.applications:
        raise UsageError(told("There is nothing in the archive."))
    return folder / f"{find(archive, name).name}.toml"


def ask(asked: str, yes: bool) -> bool:
    """Whether it is meant: --yes says so, else the user is asked. Raises `UsageError` where nobody is there to ask."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError(told("There is nobody to ask. If you mean it, add --yes."))
    return click.confirm(filled(asked), default=False, err=True)
