"""The faults of one file, gathered so that all of them are told at once."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from callplan.message import message
from callplan.quoted import shown

if TYPE_CHECKING:
    from callplan.book.locate import Path

_MOST = 100  # nobody reads more, and finding out what was meant by each takes its time


class EnoughError(Exception):
    """There are so many faults that it is no use to look for more."""


class Faults:
    """What is wrong in a file, and where."""

    def __init__(self) -> None:
        self._found: dict[tuple[Path, str], None] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, path: Path, sentence: str) -> None:
        """Note that the value at `path` (or what misses it) is wrong. Raises `EnoughError` at the hundredth fault."""
        self._found.setdefault((path, sentence))
        if len(self._found) >= _MOST:
            raise EnoughError

    def told(self, label: str, text: str) -> list[str]:
        """One line a fault, in the order of the file: ``nordlys.toml, line 14: ...``."""
        from callplan.book.locate import layout  # noqa: PLC0415 - only where something is wrong

        places = layout(text)
        told = sorted(((places.line(path) or 0, sentence) for path, sentence in self._found), key=lambda one: one[0])
        lines: list[str] = [
            message("{label}, line {line}: {sentence}", label=label, line=line, sentence=sentence)
            if line
            else message("{label}: {sentence}", label=label, sentence=sentence)
            for line, sentence in told
        ]
        return (
            [*lines, message("{label}: and perhaps more. Mend these first.", label=label)]
            if len(lines) >= _MOST
            else lines
        )

    def sentences(self) -> list[str]:
        """One line a fault without a place, for values that stand in no file yet."""
        return list(dict.fromkeys(sentence for _, sentence in self._found))


def dotted(path: Path) -> str:
    """The name of a key in a sentence, without positions: the line tells which of several."""
    return ".".join(shown(key)[1:-1] for key in path if isinstance(key, str))


def found(value: Any) -> str:
    """What a value is, for the sentence that says what it should be."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return shown(value)
        case int():
            return str(value) if abs(value) < 10**20 else message("a number of more than 20 digits")
        case float():
            return repr(value)
        case datetime():
            return message("the time {time}", time=value.isoformat(sep=" ", timespec="minutes"))
        case date():
            return message("the date {day}", day=str(value))
        case time():
            return message("the time of day {time}", time=f"{value:%H:%M}")
        case list():
            return "a list" if value else message("an empty list")
        case _:
            return "a table"


_PLACE = re.compile(r"(?s)(.*) \(at (?:line (\d+), column (\d+)|end of document)\)")
_KEY_OF_MANY_PARTS = re.compile(
    r"""(?:(?:(?<![\w-])[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}""", re.ASCII
)
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)


def parsed(label: str, text: str) -> dict[str, Any]:
    """The values of a TOML text. Raises `ValueError` with a sentence that names file, line and fault."""
    # tomllib needs the square of a dotted key's parts: 45 seconds for 100 kB of "a.a.a."
    if text.count(".") > 500 and _KEY_OF_MANY_PARTS.search(text):
        raise ValueError(message("{label}: this is no application: a key has more than 50 parts.", label=label))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(_no_toml(label, text, str(error))) from None
    except (RecursionError, ValueError):  # a number of thousands of digits is a plain ValueError
        raise ValueError(
            message("{label}: this is no application: something in it is nested too deep or too long.", label=label)
        ) from None


def _no_toml(label: str, text: str, complaint: str) -> str:
    conflict = _CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        return message(
            "{label}, line {line}: two versions were merged and a conflict was left. Keep one, delete the marks.",
            label=label,
            line=line,
        )
    place = _PLACE.fullmatch(complaint)
    if not place:
        return message("{label}: this is no TOML: {plain}.", label=label, plain=_plain(complaint))
    reason, line_number, column = place.groups()
    sentence = message("this is no TOML: {plain}{advice}", plain=_plain(reason), advice=_advice(reason))
    if line_number is None:
        return message(
            "{label}, line {line}: {sentence} at the end of the file.",
            label=label,
            line=text.count(chr(10)) + 1,
            sentence=sentence,
        )
    return message(
        "{label}, line {line}: {sentence} (column {column}).",
        label=label,
        line=line_number,
        sentence=sentence,
        column=column,
    )


def _plain(reason: str) -> str:
    """The parser's words, safe for a terminal and no longer than a line."""
    return shown(reason[:1].lower() + reason[1:])[1:-1]


def _advice(reason: str) -> str:
    if reason == "Cannot overwrite a value":
        return message(", the key stands twice")
    if reason == "Invalid value":
        return message("; text needs quotes, a time is written like 2026-11-16T10:00:00")
    if "declare" in reason:
        return message("; a table that there may be several of has two brackets: [[people]]")
    return ""
