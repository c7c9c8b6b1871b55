"""Files that are as they were when they were last read: their applications are kept, so that they need no parsing.

Parsing and checking a file takes a millisecond, knowing it again by its content a twentieth of that. What is kept is
found by a digest of the whole content, never by a time, so nothing out of date can come of it. Faulty files are parsed
every time.
"""

from __future__ import annotations

import io
import pickle
import sys
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import callplan
from callplan import kept
from callplan.book import disk
from callplan.book.read import parse_application
from callplan.book.types import Application

#: All that is written anew costs as much as parsing this part of it.
_WORTH_WRITING = 1 / 20

#: Besides our own types, what may come out of a kept file: values, and nothing that acts.
_VALUES = {("datetime", name) for name in ("date", "datetime", "time", "timedelta", "timezone")} | {("uuid", "UUID")}


class Unchanged:
    """The applications of one book, by the content of their files. `file` is where they are kept between runs."""

    def __init__(self, file: Path) -> None:
        """What was kept there; empty when nothing was, or when it was another version that kept it."""
        self._file = file
        self._program = _program()
        self._known = _read(file, self._program)
        self._used: dict[bytes, Application] = {}
        self._parsed = 0

    def read(self, path: Path) -> Application:
        """The application in `path`, as `read_application` gives it. Raises `RecordError` like that."""
        content = disk.read(path)
        name = disk.stem(path)
        key = blake2b(b"\0".join((name.encode(), content.data)), digest_size=16).digest()
        found = self._known.get(key)
        if found is None:
            found = parse_application(content.text, name)
            self._parsed += 1
        self._used[key] = found
        return found

    def keep(self) -> None:
        """Keep what was read, if enough of it is new. Where it cannot be written, nothing is raised."""
        if self._parsed > len(self._used) * _WORTH_WRITING:
            octets = io.BytesIO()
            pickler = pickle.Pickler(octets, protocol=5)
            pickler.dispatch_table = {ZoneInfo: _reduced}
            pickler.dump((self._program, self._used))
            kept.write_bytes(self._file, octets.getvalue())


class _Careful(pickle.Unpickler):
    """Makes values only: a pickle may otherwise call whatever it names."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "callplan.book.types" or (module, name) in _VALUES:
            return super().find_class(module, name)
        if (module, name) == (__name__, _zone.__name__):
            return _zone
        raise pickle.UnpicklingError(f"{module}.{name}")


def _read(file: Path, program: object) -> dict[bytes, Application]:
    try:
        with file.open("rb") as octets:
            made_by, known = _Careful(octets).load()
    except Exception:  # damaged bytes can raise anything; what is kept can be made again
        return {}
    return known if made_by == program and isinstance(known, dict) else {}


def _zone(key: str) -> ZoneInfo:
    return ZoneInfo(key)


def _reduced(zone: ZoneInfo) -> tuple[Any, tuple[str]]:
    return _zone, (zone.key,)


def _program() -> object:
    """What decides how a file is read: this package, the library that knows telephone numbers, and the interpreter."""
    package = Path(callplan.__file__).parent
    files = sorted(file for part in ("", "book", "places") for file in (package / part).glob("*.py"))
    stamps = [(file.name, *_numbers(file)) for file in files]
    numbers = find_spec("phonenumbers")
    library = _numbers(Path(numbers.origin)) if numbers is not None and numbers.origin else None
    return [callplan.__version__, sys.version, library, stamps]


def _numbers(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return status.st_mtime_ns, status.st_size
