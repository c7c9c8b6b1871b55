"""A message: English text that remembers what it was made from, so that it can be said in another language.

What decides (the plan, sync, the book) knows no language. It composes messages here and hands them on as the text they
are; `callplan.words.said` says them again in the user's language, from the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

#: What fills a template. A message is said in the language too; a day and a time of day are written as it writes
#: them; several names are joined by its "and"; everything else stays as it is, a moment as ``2026-11-16 10:00``.
Value = str | int | date | time | tuple[str, ...]


class Message(str):
    """English text with the template and the values it was made of, or the `parts` it was put together from."""

    __slots__ = ("parts", "several", "template", "values")

    template: str
    values: Mapping[str, Value]
    parts: tuple[str, ...]
    several: tuple[str, int] | None  # the template for several, and how many there are

    def __add__(self, other: str) -> Message:
        """Both texts one after the other. What is no message stays as it is in every language."""
        return _together((*(self.parts or (self,)), *(getattr(other, "parts", ()) or (other,))))


def message(template: str, /, **values: Value) -> Message:
    """The message of a template (`str.format`) and its values. Without values, the template is the text.

    The template is a constant, so that it can be collected, or a word that `scripts/catalogues` knows from a table.
    """
    return _made(template, template, values, None)


def counted_message(one: str, many: str, count: int, /, **values: Value) -> Message:
    """As `message`, in the singular or the plural; both may hold ``{count}``."""
    return _made(one if count == 1 else many, one, {"count": count, **values}, (many, count))


def joined(separator: str, parts: Iterable[str]) -> Message:
    """The texts with the separator between them, which is the same in every language."""
    found: list[str] = []
    for part in parts:
        found += [separator, part] if found else [part]
    return _together(tuple(found))


def lines(text: str) -> list[str]:
    """The lines of a text; those of messages joined by line breaks are messages still."""
    parts = getattr(text, "parts", ())
    if not parts:
        return text.split("\n") if "\n" in text else [text]
    found: list[list[str]] = [[]]
    for part in parts:
        if part == "\n":
            found.append([])
        else:
            found[-1].append(part)
    return [line[0] if len(line) == 1 else _together(tuple(line)) for line in found]


def packed(text: str) -> Any:
    """A message as plain values (JSON), for the way to another process; any other text is itself."""
    if not isinstance(text, Message):
        return text
    if text.parts or not text:
        return {"parts": [packed(part) for part in text.parts]}
    values = {key: packed(value) if isinstance(value, str) else value for key, value in text.values.items()}
    return {"template": text.template, "values": values, "several": text.several}


def unpacked(plain: Any) -> str:
    """The inverse of `packed`. Raises `TypeError`, `KeyError` or `ValueError` for anything else."""
    if isinstance(plain, str):
        return plain
    if "parts" in plain:
        return _together(tuple(unpacked(part) for part in plain["parts"]))
    values = {key: value if isinstance(value, int) else unpacked(value) for key, value in plain["values"].items()}
    template, several = plain["template"], plain["several"]
    if several is None:
        return message(template, **values)
    del values["count"]
    return counted_message(template, *several, **values)


def _made(spoken: str, template: str, values: dict[str, Value], count: tuple[str, int] | None) -> Message:
    text = spoken.format(**{key: _english(value) for key, value in values.items()}) if values else spoken
    made = Message(text)
    made.template, made.values, made.parts, made.several = template, values, (), count
    return made


def _together(parts: tuple[str, ...]) -> Message:
    made = Message("".join(parts))
    made.template, made.values, made.parts, made.several = "", {}, parts, None
    return made


def _english(value: Value) -> object:
    if isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return " and ".join(value)
    if isinstance(value, datetime):
        return plain_moment(value)
    return _day(value) if isinstance(value, date) else f"{value:%H:%M}"


def plain_moment(moment: datetime) -> str:
    """A moment as it is written in every language: ``2026-11-16 10:00``."""
    return f"{moment:%Y-%m-%d %H:%M}"


@lru_cache(maxsize=2000)  # the same few dates stand in thousands of sentences
def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"
