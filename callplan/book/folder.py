"""The book: a folder of applications. One bad file never hides the good ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from callplan.book import disk
from callplan.book.nearest import folded, near_ones
from callplan.book.read import read_application
from callplan.book.types import Application
from callplan.book.unchanged import Unchanged
from callplan.errors import RecordError, UsageError, reason_of
from callplan.message import joined, lines, message
from callplan.quoted import shown

#: What stands between the words of a name or a company.
_SEPARATOR = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Book:
    """Every application that can be read, by name, and what is wrong with the others, one line a fault.

    `faulty` are the names of those that could not be read: what stands in a calendar for them must be left alone.
    """

    applications: tuple[Application, ...] = ()
    faults: tuple[str, ...] = ()
    faulty: tuple[str, ...] = ()


def read_book(folder: Path, unchanged: Path | None = None) -> Book:
    """The applications in `folder`: its ``*.toml`` files, hidden ones left out. A folder that is missing is empty.

    `unchanged`: the file in which applications are kept between runs (`callplan.book.unchanged`).

    Two files with one id would share their calendar events, so both count as faulty until one has an id of its own.
    Raises `RecordError` when the folder itself cannot be read.
    """
    known = Unchanged(unchanged) if unchanged is not None else None
    read = read_application if known is None else known.read
    applications: list[Application] = []
    faults: dict[str, list[str]] = {}
    for name in _names(folder):
        try:
            applications.append(read(folder / name))
        except RecordError as error:
            faults[name.removesuffix(".toml")] = lines(error.message)
    if known is not None:
        known.keep()
    for one, twin in _twins(applications):
        faults.setdefault(one.name, []).append(
            message(
                "{name}.toml: its id {id} is that of {twin}.toml too. If one is a copy of the other, give the "
                "copy an id of its own; if they are one application, delete one file.",
                name=one.name,
                id=str(one.id),
                twin=twin.name,
            )
        )
    for name in _copies_in_conflict(folder):
        faults[name.removesuffix(".toml")] = [
            message(
                "{name} is Syncthing's copy of a file that was changed in two places. Move what you need into "
                "the other file, then delete this one.",
                name=shown(name)[1:-1],
            )
        ]
    return Book(
        applications=tuple(one for one in applications if one.name not in faults),
        faults=tuple(line for _, told in sorted(faults.items()) for line in told),
        faulty=tuple(sorted(faults)),
    )


def find(book: Book | Path, name_part: str) -> Application:
    """The one application whose name or company is, or holds, `name_part`, whatever its capitals.

    The whole name goes before the company, that before how a name begins, that before a word in one, that before any
    part. Raises `UsageError` when there is none (with near ones) or there are
    several (with all of them), `RecordError` when it is one whose file is faulty.
    """
    wanted = folded(name_part.removesuffix(".toml"))
    if not wanted:
        raise UsageError(message("Which application? Say a part of its name."))
    if isinstance(book, Path):
        book = read_book(book)
    for fits in (
        lambda *texts: wanted == texts[0],
        lambda *texts: wanted in texts,
        lambda *texts: texts[0].startswith(wanted),
        lambda *texts: any(wanted in _SEPARATOR.split(text) for text in texts),
        lambda *texts: any(wanted in text for text in texts),
    ):
        broken = [name for name in book.faulty if fits(folded(name))]
        found = [one for one in book.applications if fits(folded(one.name), folded(one.company))]
        if len(found) == 1 and not broken:
            return found[0]
        if len(broken) == 1 and not found:
            raise RecordError(joined("\n", _faults_of(book, broken[0])))
        if found or broken:
            names = sorted(
                [_titled(one) for one in found]
                + [message("{name} (faulty)", name=shown(name)[1:-1]) for name in broken]
            )
            raise UsageError(
                message("{name} may be {names}. Say more of the name.", name=shown(name_part), names=_one_of(names))
            )
    raise UsageError(
        message("There is no application {name}. {near}", name=shown(name_part), near=_near(book, name_part))
    )


def is_conflict(name: str) -> bool:
    """Whether a file of that name is Syncthing's copy of one that was changed in two places."""
    return ".sync-conflict-" in name


def _names(folder: Path) -> list[str]:
    return [name for name in _listed(folder) if not is_conflict(name)]


def _copies_in_conflict(folder: Path) -> list[str]:
    return [name for name in _listed(folder) if is_conflict(name)]


def _listed(folder: Path) -> list[str]:
    try:
        names = [path.name for path in folder.iterdir()]
    except FileNotFoundError:
        return []
    except NotADirectoryError:
        raise RecordError(
            message("The book {folder} is a file. It must be a folder of applications.", folder=shown(str(folder)))
        ) from None
    except OSError as error:
        raise RecordError(
            message(
                "The book {folder} cannot be read: {reason}.",
                folder=shown(str(folder)),
                reason=reason_of(error),
            )
        ) from None
    return sorted(name for name in names if name.endswith(".toml") and not name.startswith("."))


def _twins(applications: Iterable[Application]) -> list[tuple[Application, Application]]:
    """Every application that shares its id, each with another of that id."""
    by_id: dict[object, list[Application]] = {}
    for one in applications:
        by_id.setdefault(one.id, []).append(one)
    return [(one, same[0] if one is not same[0] else same[1]) for same in by_id.values() if same[1:] for one in same]


def _faults_of(book: Book, name: str) -> list[str]:
    label = disk.label(Path(f"{name}.toml"))
    told = [line for line in book.faults if line.startswith((f"{label},", f"{label}:", f"{label} "))]
    return told or [message("{label} is faulty.", label=label)]


def _near(book: Book, name_part: str) -> str:
    known = {title: one for one in book.applications for title in (one.name, one.company)}
    near = list(dict.fromkeys(known[title].name for title in near_ones(name_part, known)))
    if near:
        return message("Did you mean {names}?", names=_one_of(near))
    if not book.applications and not book.faulty:
        return message("The book is empty: callplan add begins one.")
    return message("callplan list shows them all.")


def _titled(one: Application) -> str:
    return one.name if folded(one.company) == folded(one.name) else f"{one.name} ({one.company})"


def _one_of(names: list[str]) -> str:
    some = names[:8] + ([message("{count} others", count=len(names) - 8)] if len(names) > 8 else [])
    return message("{some} or {last}", some=", ".join(some[:-1]), last=some[-1]) if some[1:] else some[0]
