"""The listing of `callplan list`, kept between two runs for as long as nothing can have changed it.

Two hundred applications are planned in a quarter of a second, and most answers are those of a minute ago. So the
listing is kept in the state folder with all it was made from (size, time and number of each file) and the moment until
which it holds: the next quarter of an hour, which every slot and every late step moves by, or the next time in the
plan itself if that is sooner. Whatever is not exactly as it was makes it anew. Here is nothing but the standard
library, so that looking takes milliseconds.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from callplan import __version__, kept
from callplan.where import LISTING

if TYPE_CHECKING:
    from callplan.cli.frame import Frame

_QUARTER = 900  # seconds
_TICK = 0.05  # seconds: coarser than the clock of any file system in use but FAT's
_PACKAGE = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: objects for programs, and the headings and cells of the table, in the user's language."""

    objects: Sequence[dict[str, Any]]
    headings: Sequence[str]
    cells: Sequence[Sequence[str]]


def find(frame: Frame) -> Listing | None:
    """The kept listing, if it holds now. None: it has to be made."""
    found = kept.read(frame.places.kept(LISTING))
    try:
        since, until = (datetime.fromisoformat(found[key]) for key in ("since", "until"))
        if not since <= frame.now < until or found["made_from"] != made_from(frame, found["watched"]):
            return None
        return Listing(json.loads(found["objects"]), found["headings"], found["cells"])
    except (KeyError, TypeError, ValueError):
        return None


def keep(
    frame: Frame,
    listing: Listing,
    moments: Iterable[datetime | None],
    watched: Sequence[str],
    sources: Sequence[Any],
) -> None:
    """Keep the listing. `moments` are the times in plan and record; `watched` the files of busy calendars.

    `sources` is what `made_from` said before anything was read. A file that was written a moment ago could be written
    again within the same tick of its clock, so nothing is kept then.
    """
    fresh = made_from(frame, watched)
    if sources != fresh or _latest(fresh) > (time.time() - _TICK) * 1e9:
        return
    until = holds_until(frame.now, moments)
    kept.write(
        frame.places.kept(LISTING),
        {
            "since": frame.now.astimezone(UTC).isoformat(),
            "until": until.isoformat(),
            "watched": list(watched),
            "made_from": fresh,
            "objects": json.dumps(listing.objects),  # a text, so that the order of the keys is kept
            "headings": list(listing.headings),
            "cells": [list(row) for row in listing.cells],
        },
    )


def holds_until(now: datetime, moments: Iterable[datetime | None]) -> datetime:
    """The first moment (UTC) at which a plan made `now` can be another one."""
    quarter = datetime.fromtimestamp((int(now.timestamp()) // _QUARTER + 1) * _QUARTER, UTC)
    return min([quarter, *(one.astimezone(UTC) for one in moments if one is not None and one > now)])


def made_from(frame: Frame, watched: Sequence[str]) -> list[Any]:
    """Everything a listing depends on but the time: the program, the settings, the book, the state, the zone."""
    places = frame.places
    state = sorted(path for path in _folder(places.state) if path[0].endswith((".sqlite", ".sqlite-wal")))
    book = sorted(entry for entry in _folder(places.book) if entry[0].endswith(".toml"))
    programs = [_stamp(_PACKAGE / part) for part in ("", "book", "cli", "locale", "places", "plan", "sync")]
    here = [os.environ.get("TZ"), _stamp(Path("/etc/localtime"))]
    fixed = [__version__, str(places.config), _stamp(places.config), str(places.book), here, programs]
    return [*fixed, state, book, [[name, _stamp(Path(name))] for name in watched]]


def _latest(sources: Any) -> int:
    """The latest time of a file among the sources, in nanoseconds."""
    if isinstance(sources, int):
        return sources
    return max(map(_latest, sources), default=0) if isinstance(sources, list) else 0


def _folder(folder: Path) -> list[list[Any]]:
    try:
        with os.scandir(folder) as entries:
            return [[entry.name, *_numbers(entry.stat())] for entry in entries]
    except OSError:
        return []


def _stamp(path: Path) -> list[int] | None:
    try:
        return _numbers(path.stat())
    except OSError:
        return None


def _numbers(status: os.stat_result) -> list[int]:
    return [status.st_mtime_ns, status.st_size, status.st_ino]
