"""The files that `--invitation` and `--card` name: one, standard input, or all those in a folder."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from callplan.book.capture.apart import Kind, taken_from
from callplan.book.capture.content_lines import LONGEST_FILE
from callplan.book.capture.taken import Taken, UnusableError
from callplan.cli.language import told
from callplan.errors import RecordError, UsageError
from callplan.quoted import shown

_SUFFIXES = {"invitation": (".ics", ".ical", ".vcs", ".eml"), "card": (".vcf", ".vcard")}
_MOST_FILES = 500


@dataclass(frozen=True, slots=True)
class Source:
    """A file's name, as messages say it, and its bytes."""

    name: str
    data: bytes

    def take(self, kind: Kind, *, name: str | None = None, email: str | None = None) -> Taken:
        """What it gives. `name` and `email` are the user's own. Raises `RecordError` with the file's name."""
        try:
            return taken_from(self.data, kind, name=name or "", email=email or "")
        except UnusableError as error:
            raise RecordError(
                told("{name} cannot be taken: {error}").format(name=self.name, error=told(error.message))
            ) from None


def read_sources(given: str, kind: Kind) -> list[Source]:
    """The files meant by an option's value: ``-``, a file, a folder. Raises `UsageError`, `RecordError`."""
    if given == "-":
        return [Source(told("standard input"), sys.stdin.buffer.read(LONGEST_FILE + 1))]
    path = Path(given)
    if not path.is_dir():
        return [_read(path)]
    folders = [path, *(path / part for part in ("new", "cur") if (path / part).is_dir())]  # the latter of a Maildir
    files = [
        file
        for folder in folders
        for file in sorted(folder.iterdir())
        if file.is_file()
        and not file.name.startswith(".")
        and (file.suffix.lower() in _SUFFIXES[kind] or (folder != path and kind == "invitation"))
    ]
    if not files:
        raise UsageError(
            told("There is no {suffix} file in {given}.").format(suffix=_SUFFIXES[kind][0], given=shown(given))
        )
    if len(files) > _MOST_FILES:
        raise UsageError(
            told("There are {count} files in {given}; {most} are the most at once.").format(
                count=len(files), given=shown(given), most=_MOST_FILES
            )
        )
    return [_read(file) for file in files]


def _read(path: Path) -> Source:
    label = shown(path.name)[1:-1]
    if not path.exists():
        raise RecordError(told("{file} does not exist.").format(file=label))
    if not path.is_file():
        raise RecordError(told("{file} is no file.").format(file=label))
    try:
        with path.open("rb") as file:
            return Source(label, file.read(LONGEST_FILE + 1))
    except OSError as error:
        raise RecordError(
            told("{file} cannot be read: {reason}.").format(
                file=label, reason=told(error.strerror or type(error).__name__)
            )
        ) from None
