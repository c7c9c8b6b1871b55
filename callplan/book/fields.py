"""One table of a record, read key by key. Every reader notes what is wrong and goes on, so that all faults are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import normalize
from zoneinfo import ZoneInfo

from callplan.book.characters import complaint
from callplan.book.faults import Faults, dotted, found
from callplan.book.local_time import YEARS, in_zone, zones_of
from callplan.book.nearest import folded, nearest
from callplan.quoted import shown

if TYPE_CHECKING:
    from callplan.book.locate import Path

T = TypeVar("T")

#: The keys of every table of an application. A test sees to it that these are the fields of the types.
KEYS: Mapping[str, tuple[str, ...]] = {
    "": (
        "id", "company", "position", "timezone", "language", "country", "subdivision", "invited_by", "kind", "why",
        "people", "rounds", "fit", "log",
    ),
    "people": (
        "name", "role", "email", "phone", "calls", "honorific", "given", "family", "gender", "timezone", "country",
        "best_hours", "signs_as",
    ),
    "rounds": ("start", "end", "place", "link", "panel", "invitation", "sequence", "decision", "notes"),
    "rounds.decision": ("by", "within", "contact", "channel"),
    "rounds.notes": ("topics", "valued", "questions"),
    "rounds.notes.topics": ("text", "by"),
    "rounds.notes.valued": ("text", "by"),
    "rounds.notes.questions": ("asked", "by", "rating", "better"),
    "fit": ("need", "strength", "by"),
    "log": ("at", "step", "outcome", "to", "note", "by", "until", "date", "time", "round", "override"),
}  # fmt: skip

# What people write for a key that has another name here, where the letters do not give it away.
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "tz": ("timezone",), "zone": ("timezone",), "lang": ("language",), "firm": ("company",),
    "employer": ("company",), "job": ("position",), "title": ("role", "position"), "mail": ("email",),
    "tel": ("phone",), "mobile": ("phone",), "number": ("phone",), "location": ("place",), "where": ("place",),
    "address": ("place", "email"), "url": ("link",), "interviewers": ("panel",), "result": ("outcome",),
    "date": ("start",), "when": ("start", "at"), "begin": ("start",), "comment": ("note",), "sex": ("gender",),
    "salutation": ("honorific",), "reason": ("override", "why"), "who": ("to", "by", "contact", "name"),
}  # fmt: skip

_LISTS_OF_TABLES = ("people", "rounds", "fit", "log", "rounds.notes.questions")
_TABLES = ("rounds.decision", "rounds.notes")


@dataclass(slots=True)
class Context:
    """What the readers of one file share. `zone`: of times without an offset; `zone_stated`: the key is there."""

    faults: Faults
    country: str | None = None
    zone: ZoneInfo | None = None
    zone_stated: bool = False
    zone_missed: bool = False


class Table:
    """A TOML table at `path` of a file, and the readers of its keys.

    An optional text that is empty counts as absent: a template may leave it to be filled in.
    """

    def __init__(self, values: Mapping[str, Any], path: Path, context: Context) -> None:
        self.values = values
        self.path = path
        self.context = context
        self.kind = ".".join(key for key in path if isinstance(key, str))
        right = KEYS[self.kind]
        for key in values:
            if key not in right:
                self.fault(key, f"{self.name(key)} is no key. {_advice(key, right, self.kind)}")

    def at(self, key: str) -> Path:
        """The path of a key of this table."""
        return (*self.path, key)

    def name(self, key: str) -> str:
        """The name of a key of this table in a sentence: ``rounds.decision.by``."""
        return dotted(self.at(key))

    def fault(self, key: str | None, sentence: str) -> None:
        """Note that something is wrong with a key, or with the table."""
        self.context.faults.add(self.path if key is None else self.at(key), sentence)

    def missing(self, key: str, advice: str) -> None:
        """Note that a key is needed and not there."""
        self.fault(None, f"{self.name(key)} is missing. {advice}")

    def text(self, key: str, several_lines: bool = False, needed: str | None = None) -> str | None:
        """A text, as it was written. `needed`: what to write when it is missing."""
        value = self.values.get(key, "")
        if not value and not needed and isinstance(value, str):
            return None
        if isinstance(value, str) and not value.strip() and (needed or value):
            if key in self.values:
                self.fault(key, f"{self.name(key)} is blank. {needed or 'Fill it in, or take the line out.'}")
            else:
                self.missing(key, needed or "")
            return None
        return self.sound(value, self.at(key), several_lines) or None

    def sound(self, value: Any, path: Path, several_lines: bool = False) -> str:
        """`value` when it is a text without treacherous characters, else an empty one."""
        if not isinstance(value, str):
            self.context.faults.add(path, f"{dotted(path)} is {found(value)}; it must be text, in quotes.")
            return ""
        wrong = complaint(value, several_lines)
        if wrong:
            self.context.faults.add(path, f"{dotted(path)} {wrong}: {shown(value)}.")
            return ""
        return value

    def checked(self, key: str, reader: Callable[[str], T]) -> T | None:
        """A text that `reader` makes something of. It raises `ValueError` with a sentence."""
        text = self.text(key)
        if text is None:
            return None
        try:
            return reader(text)
        except ValueError as error:
            self.fault(key, f"{self.name(key)}: {error}")
            return None

    def choice(self, key: str, options: Sequence[str], needed: str | None = None) -> str | None:
        """One word out of a few."""
        word = self.text(key, needed=needed)
        if word is None or word in options:
            return word
        meant = nearest(word.replace("_", "-"), options)
        advice = f'Did you mean "{meant}"?' if meant else f"It must be {one_of(options)}."
        self.fault(key, f"{self.name(key)} is {shown(word)}, which callplan does not know. {advice}")
        return None

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self.fault(key, f"{self.name(key)} is {found(value)}; it must be true or false, without quotes.")
            return default
        return value

    def whole(self, key: str, least: int, most: int) -> int | None:
        """A whole number from `least` to `most`."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            span = f"from {least} to {most}" if most > least else f"and can only be {least}"
            self.fault(key, f"{self.name(key)} is {found(value)}; it must be a whole number {span}.")
            return None
        return value

    def day(self, key: str) -> date | None:
        """A date without a time."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fault(key, f"{self.name(key)} is {found(value)}; it must be a date, like 2026-11-30.")
            return None
        return value if self._in_years(key, value) else None

    def moment(self, key: str, needed: str | None = None) -> datetime | None:
        """A date and time; one without an offset is read in the zone of the application."""
        value = self.values.get(key)
        if value is None:
            if needed:
                self.missing(key, needed)
            return None
        if not isinstance(value, datetime):
            quotes = " without quotes" if isinstance(value, str) else ""
            self.fault(
                key,
                f"{self.name(key)} is {found(value)}; it must be a date and a time{quotes}, like 2026-11-16T10:00:00.",
            )
            return None
        if not self._in_years(key, value):
            return None
        return value if value.tzinfo is not None else self._local(key, value)

    def _local(self, key: str, written: datetime) -> datetime | None:
        context = self.context
        if context.zone is None:
            if not context.zone_stated and not context.zone_missed:
                context.zone_missed = True
                zones = zones_of(context.country or "")
                other = f" (or another zone of {context.country})" if len(zones) > 1 else ""
                self.fault(
                    key,
                    f"{self.name(key)} {written:%Y-%m-%d %H:%M} says no time zone. Add a line above the first "
                    f'[table]: timezone = "{zones[0] if zones else "Europe/Copenhagen"}"{other}.',
                )
            return None
        try:
            return in_zone(written, context.zone)
        except ValueError as error:
            self.fault(key, f"{self.name(key)}: {error}")
            return None

    def _in_years(self, key: str, value: date) -> bool:
        if value.year in YEARS:
            return True
        self.fault(key, f"{self.name(key)} is {found(value)}; the year must be {YEARS[0]} to {YEARS[-1]}.")
        return False

    def items(self, key: str, like: str) -> list[tuple[Any, Path]]:
        """The items of a list with their paths. `like`: how such a list is written."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.fault(key, f"{self.name(key)} is {found(value)}; it must be a list, like {like}.")
            return []
        path = self.at(key)
        return [(item, (*path, position)) for position, item in enumerate(value)]

    def tables(self, key: str) -> list[Table]:
        """A list of tables: ``[[people]]``."""
        if key not in self.values:
            return []
        if isinstance(self.values[key], dict):
            self.fault(key, f"[{self.name(key)}] must be [[{self.name(key)}]]: there may be several.")
            return []
        tables = []
        for item, path in self.items(key, f"[[{key}]] on a line of its own"):
            if isinstance(item, dict):
                tables.append(Table(item, path, self.context))
            else:
                name = self.name(key)
                header = f"[[{name}]] on a line of its own"
                self.context.faults.add(path, f"{name} holds {found(item)}; begin each with {header}.")
        return tables

    def table(self, key: str) -> Table:
        """One table, empty when it is absent."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            name = self.name(key)
            wrong = f"[[{name}]] must be [{name}]: there is one." if isinstance(value, list) else ""
            self.fault(key, wrong or f"{name} is {found(value)}; it must be a table, under [{name}].")
            value = {}
        return Table(value, self.at(key), self.context)

    def person(self, key: str, people: Mapping[str, str]) -> str | None:
        """The name of somebody in `people` (folded name -> name)."""
        value = self.text(key)
        return None if value is None else self.known(value, self.at(key), people)

    def persons(self, key: str, people: Mapping[str, str]) -> tuple[str, ...]:
        """Names of people, each once."""
        names: list[str] = []
        for item, path in self.items(key, '["Mette Holm"]'):
            written = self.item(item, path)
            name = written and self.known(written, path, people)
            if name in names:
                self.context.faults.add(path, f"{dotted(path)}: {shown(item)} stands twice. Take one out.")
            elif name:
                names.append(name)
        return tuple(names)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, each of one line or several."""
        items = self.items(key, '["text", "another text"]')
        return tuple(self.item(item, path, several_lines=True) for item, path in items)

    def item(self, value: Any, path: Path, several_lines: bool = False) -> str:
        """A list's item when it is a sound text, else an empty one."""
        if isinstance(value, str) and not value.strip():
            self.context.faults.add(path, f"{dotted(path)} holds a blank text. Fill it in, or take it out.")
            return ""
        return self.sound(value, path, several_lines)

    def known(self, name: str, path: Path, people: Mapping[str, str]) -> str | None:
        """`name` in the spelling of `people`; None, and a fault, when there is no such person."""
        person = people.get(folded(name))
        if person is not None and normalize("NFC", person) == normalize("NFC", name):
            return person
        meant = person or nearest(name, people.values())
        advice = f"Did you mean {shown(meant)}?" if meant else _who_there_is(people.values())
        self.context.faults.add(path, f"{shown(name)} is not in people. {advice}")
        return None


def one_of(options: Iterable[str]) -> str:
    """``a, b or c``."""
    *most, last = options
    return f"{', '.join(most)} or {last}" if most else last


def _who_there_is(names: Iterable[str]) -> str:
    some = [shown(name) for name in names][:5]
    return f"In people: {', '.join(some)}." if some else "There is nobody in it: add a [[people]] table with the name."


def _advice(key: str, right: Sequence[str], table: str) -> str:
    """Which key was meant: a slip of the pen, another word for it, or one of another table."""
    plain = key.strip().lower().replace("-", "_").replace(" ", "_")
    if plain in right:
        return f'Did you mean "{plain}"?'
    for synonym in _SYNONYMS.get(plain, ()):
        if synonym in right:
            return f'Did you mean "{synonym}"?'
    elsewhere = [name for name, keys in KEYS.items() if plain in keys and name != table]
    near = nearest(plain, right)
    if near and not elsewhere:
        return f'Did you mean "{near}"?'
    if elsewhere:
        return f"It belongs {_under(elsewhere[0])}."
    return f"The keys {_under(table)} are {', '.join(right)}."


def _under(table: str) -> str:
    if not table:
        return "at the top of the file, above the first [table]"
    if table in _LISTS_OF_TABLES:
        return f"under [[{table}]]"
    return f"under [{table}]" if table in _TABLES else f"in an item of {table}"
