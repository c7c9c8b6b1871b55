"""Small files of the user's own: written whole or not at all, readable by nobody else."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from callplan.errors import RecordError, reason_of
from callplan.message import message

#: Far above anything callplan writes; keeps a wrong file out of memory.
LARGEST = 4_000_000


def write(path: Path, content: bytes) -> None:
    """Put `content` into `path`, in the place of what is there. Raises `RecordError` when it cannot be written."""
    fresh = path.with_name(f".callplan-{os.urandom(8).hex()}.tmp")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise RecordError(
            message(
                "{file} cannot be written: {reason}. Nothing was changed there.",
                file=str(path),
                reason=reason_of(error),
            )
        ) from None


def read(path: Path) -> bytes | None:
    """What is in `path`; None where there is no such file. Raises `RecordError` when it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise RecordError(
            message("{file} cannot be read: {reason}.", file=str(path), reason=reason_of(error))
        ) from None
    if len(content) > LARGEST:
        raise RecordError(
            message(
                "{file} is larger than {count} million bytes; it is none of callplan's.",
                file=str(path),
                count=LARGEST // 1000000,
            )
        )
    return content


def read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file; empty where there is no such file. Raises `RecordError` when it is no JSON object."""
    content = read(path)
    if content is None:
        return {}
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise RecordError(
            message("{file} is damaged. Delete it; what you wrote yourself is not in it.", file=str(path))
        )
    return value


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write an object as JSON. Raises `RecordError` when it cannot be written."""
    write(path, (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
