"""Where things stand in a TOML text. `tomllib` gives the values and forgets their places."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from contextlib import suppress
from dataclasses import dataclass, field

#: How a value is reached: keys, and positions in lists. ``("rounds", 0, "panel", 1)``.
Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t]*+")
_GAP = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
# Plain outer stars: before 3.11.5 (Debian 12), a possessive group that looks ahead gives up early, CPython gh-106052.
_TEXT = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']++|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\r\n]*")


@dataclass(frozen=True, slots=True)
class Block:
    """A table with a header of its own: from its ``[`` to the end of its last key's value (or of the header)."""

    path: Path
    start: int
    end: int


@dataclass(slots=True)
class Layout:
    """What stands where. Lines count from 1; `values` and `blocks` hold offsets into the text."""

    lines: dict[Path, int] = field(default_factory=dict)
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def line(self, path: Path) -> int | None:
        """The line of the value at `path`, else of what holds it."""
        return next((self.lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.lines), None)


def locate(text: str) -> dict[Path, int]:
    """The line (from 1) of every key, list item and table header of a valid TOML text.

    Of a faulty text: those before the fault. Raises nothing.
    """
    return layout(text).lines


def layout(text: str) -> Layout:
    """The places of everything in a valid TOML text; of a faulty one, those before the fault. Raises nothing."""
    scan = _Scan(text)
    with suppress(_LostError, RecursionError):
        scan.document()
    return scan.found


class _LostError(Exception):
    """This is no TOML."""


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found = Layout()
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._counts: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        start = end = 0
        while True:
            self._skip(_GAP)
            if self.at >= len(self.text):
                break
            if self.text[self.at] == "[":
                self._close(table, start, end)
                start = self.at
                table = self._header()
            else:
                self._pair(table)
            end = self.at
        self._close(table, start, end)

    def _close(self, table: Path, start: int, end: int) -> None:
        if end > start:
            self.found.blocks.append(Block(table, start, end))

    def _header(self) -> Path:
        start = self.at
        many = self.text.startswith("[[", start)
        self.at += 2 if many else 1
        keys = self._keys()
        self._take("]]" if many else "]")
        above: Path = ()
        for key in keys[:-1]:
            above = (*above, key)
            self.found.lines.setdefault(above, self._line(start))
            above = self._newest(above)
        path = (*above, keys[-1])
        if many:
            self.found.lines.setdefault(path, self._line(start))
            self._counts[path] = self._counts.get(path, -1) + 1
        path = self._newest(path)
        self.found.lines.setdefault(path, self._line(start))
        return path

    def _newest(self, path: Path) -> Path:
        """In a list of tables, a key means the latest of them."""
        return (*path, self._counts[path]) if path in self._counts else path

    def _pair(self, table: Path) -> None:
        start = self.at
        path = table
        for key in self._keys():
            path = (*path, key)
            self.found.lines.setdefault(path, self._line(start))
        self._take("=")
        self._value(path)

    def _keys(self) -> list[str]:
        keys = []
        while True:
            self._skip(_SPACE)
            keys.append(self._key())
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def _key(self) -> str:
        bare = _BARE_KEY.match(self.text, self.at)
        if bare:
            self.at = bare.end()
            return bare[0]
        quoted = _TEXT.match(self.text, self.at)
        if not quoted:
            raise _LostError
        self.at = quoted.end()
        try:
            return next(iter(tomllib.loads(f"{quoted[0]} = 0")))
        except ValueError:
            raise _LostError from None

    def _value(self, path: Path) -> None:
        self._skip(_SPACE)
        start = self.at
        opening = self.text[start : start + 1]
        if opening == "[":
            self._list(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            match = (_TEXT if opening in ("'", '"') else _SCALAR).match(self.text, start)
            if not match or not match[0]:
                raise _LostError
            self.at = start + len(match[0].rstrip())
        self.found.values[path] = (start, self.at)

    def _list(self, path: Path) -> None:
        self.at += 1
        position = 0
        while True:
            self._skip(_GAP)
            if self.text.startswith("]", self.at):
                self.at += 1
                return
            self.found.lines[*path, position] = self._line(self.at)
            self._value((*path, position))
            position += 1
            self._skip(_GAP)
            if not self.text.startswith("]", self.at):
                self._take(",")

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while True:
            self._skip(_GAP)
            if self.text.startswith("}", self.at):
                self.at += 1
                return
            self._pair(path)
            self._skip(_GAP)
            if not self.text.startswith("}", self.at):
                self._take(",")

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        if match:
            self.at = match.end()

    def _take(self, sign: str) -> None:
        self._skip(_SPACE)
        if not self.text.startswith(sign, self.at):
            raise _LostError
        self.at += len(sign)

    def _line(self, offset: int) -> int:
        return bisect_left(self._breaks, offset) + 1
