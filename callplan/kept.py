"""Results worth keeping between two runs: a JSON object in the state folder, for this user's eyes only.

What is kept can always be made again, so a file that is missing, broken or unwritable is no error.
"""

from __future__ import annotations

import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any


def read(path: Path) -> dict[str, Any]:
    """The object in `path`; empty when there is none that can be read."""
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def write(path: Path, kept: dict[str, Any]) -> None:
    """Put `kept` into `path`; as `write_bytes`."""
    write_bytes(path, json.dumps(kept, separators=(",", ":"), sort_keys=True).encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Put `content` into `path` (0600, its folder 0700), whole or not at all; silent where nothing can be written."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)


@cache
def version_of(library: str) -> str | None:
    """Which version of a library is installed, without importing it (`importlib.metadata` costs 28 ms).

    What is kept of a library's answers holds for that version.
    """
    from importlib.util import find_spec  # noqa: PLC0415 - not where a listing is read

    found = find_spec(library)
    if found is None or not found.origin:
        return None
    folder = Path(found.origin).parent.parent
    return next((path.name for path in sorted(folder.glob(f"{library}-*.dist-info"))), None)
