"""Applications that are over: moved into ``archive`` inside the book, where nothing is planned for them any more."""

from __future__ import annotations

import os
from pathlib import Path

from callplan.book import disk
from callplan.errors import RecordError, reason_of
from callplan.message import message

#: The folder inside the book. `read_book` of it gives what is in the archive.
FOLDER = "archive"

_MOST_OF_ONE_NAME = 1000


def archive_of(book: Path) -> Path:
    """Where the archive of a book is."""
    return book / FOLDER


def move(path: Path, folder: Path) -> Path:
    """Move an application into another folder; nothing there is ever written over (``-2``, ``-3`` … is added).

    A link itself moves, not what it leads to. Raises `RecordError`, with the file where it was.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with disk.alone(path.parent):
            for number in range(1, _MOST_OF_ONE_NAME):
                target = folder / f"{path.stem}{f'-{number}' if number > 1 else ''}.toml"
                if _moved(path, target):
                    return target
    except OSError as error:
        raise RecordError(
            message(
                "{label} cannot be moved to {folder}: {reason}.",
                label=disk.label(path),
                folder=str(folder),
                reason=reason_of(error),
            )
        ) from None
    raise RecordError(
        message(
            "There are {count} applications called {stem} in {folder}.",
            count=_MOST_OF_ONE_NAME,
            stem=path.stem,
            folder=str(folder),
        )
    )


def delete(path: Path) -> None:
    """Delete an application's file. Raises `RecordError`."""
    try:
        with disk.alone(path.parent):
            path.unlink()
    except OSError as error:
        raise RecordError(
            message("{label} cannot be deleted: {reason}.", label=disk.label(path), reason=reason_of(error))
        ) from None


def _moved(path: Path, target: Path) -> bool:
    """Whether the file could be given that name; False when it is taken."""
    try:
        os.link(path, target, follow_symlinks=False)  # unlike a rename, this never replaces what is there
    except FileExistsError:
        return False
    except (OSError, NotImplementedError):  # no hard links here (FAT, some network disks)
        if target.exists() or target.is_symlink():
            return False
        path.rename(target)
        return True
    path.unlink()
    return True
