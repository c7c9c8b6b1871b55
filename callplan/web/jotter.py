"""What is jotted down during a call, kept while it is typed: a small file a call, until the outcome is logged."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from callplan.web.secret import write_private

#: More than anybody types in a call; a note of the log has to stay readable.
LONGEST = 20_000
_MOST_TICKS = 200


@dataclass(frozen=True, slots=True)
class Jotting:
    """The notes of a call and the points ticked off."""

    text: str = ""
    ticks: frozenset[str] = frozenset()


class Jotter:
    """The jottings of all calls, by the UID of the step, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, uid: str) -> Jotting:
        """What was jotted down; nothing where there is no file that can be read."""
        try:
            kept = json.loads(self._file(uid).read_bytes())
            return Jotting(str(kept["text"]), frozenset(str(tick) for tick in kept["ticks"]))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return Jotting()

    def keep(self, uid: str, jotting: Jotting) -> None:
        """Put it on the disk, whole or not at all. Raises `OSError`."""
        ticks = sorted(jotting.ticks)[:_MOST_TICKS]
        write_private(self._file(uid), json.dumps({"text": jotting.text[:LONGEST], "ticks": ticks}))

    def forget(self, uid: str) -> None:
        """Remove what was jotted down."""
        with contextlib.suppress(OSError):
            self._file(uid).unlink()

    def _file(self, uid: str) -> Path:
        return self._folder / f"{UUID(uid)}.json"  # nothing but a UID ever becomes a path; ValueError for the rest
