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
from callplan.book.keys import KEYS, key_advice
from callplan.book.local_time import YEARS, in_zone, zones_of
from callplan.book.nearest import folded, nearest
from callplan.message import joined, message
from callplan.quoted import shown

if TYPE_CHECKING:
    from callplan.book.locate import Path

T = TypeVar("T")


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
                self.fault(
                    key,
                    message(
                        "{name} is no key. {advice}", name=self.name(key), advice=key_advice(key, right, self.kind)
                    ),
                )

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
        self.fault(None, message("{name} is missing. {advice}", name=self.name(key), advice=advice))

    def text(self, key: str, several_lines: bool = False, needed: str | None = None) -> str | None:
        """A text, as it was written. `needed`: what to write when it is missing."""
        value = self.values.get(key, "")
        if not value and not needed and isinstance(value, str):
            return None
        if isinstance(value, str) and not value.strip() and (needed or value):
            if key in self.values:
                self.fault(
                    key,
                    message(
                        "{name} is blank. {needed}",
                        name=self.name(key),
                        needed=needed or message("Fill it in, or take the line out."),
                    ),
                )
            else:
                self.missing(key, needed or "")
            return None
        return self.sound(value, self.at(key), several_lines) or None

    def sound(self, value: Any, path: Path, several_lines: bool = False) -> str:
        """`value` when it is a text without treacherous characters, else an empty one."""
        if not isinstance(value, str):
            self.context.faults.add(
                path, message("{name} is {found}; it must be text, in quotes.", name=dotted(path), found=found(value))
            )
            return ""
        wrong = complaint(value, several_lines)
        if wrong:
            self.context.faults.add(path, joined("", (f"{dotted(path)} ", wrong, f": {shown(value)}.")))
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
            self.fault(key, joined("", (f"{self.name(key)}: ", *error.args)))
            return None

    def choice(self, key: str, options: Sequence[str], needed: str | None = None) -> str | None:
        """One word out of a few."""
        word = self.text(key, needed=needed)
        if word is None or word in options:
            return word
        meant = nearest(word.replace("_", "-"), options)
        advice = (
            message('Did you mean "{name}"?', name=meant)
            if meant
            else message("It must be {options}.", options=one_of(options))
        )
        self.fault(
            key,
            message(
                "{name} is {word}, which callplan does not know. {advice}",
                name=self.name(key),
                word=shown(word),
                advice=advice,
            ),
        )
        return None

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self.fault(
                key,
                message(
                    "{name} is {found}; it must be true or false, without quotes.",
                    name=self.name(key),
                    found=found(value),
                ),
            )
            return default
        return value

    def whole(self, key: str, least: int, most: int) -> int | None:
        """A whole number from `least` to `most`."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            span = (
                message("from {least} to {most}", least=least, most=most)
                if most > least
                else message("and can only be {least}", least=least)
            )
            self.fault(
                key,
                message(
                    "{name} is {found}; it must be a whole number {span}.",
                    name=self.name(key),
                    found=found(value),
                    span=span,
                ),
            )
            return None
        return value

    def day(self, key: str) -> date | None:
        """A date without a time."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            self.fault(
                key,
                message(
                    "{name} is {found}; it must be a date, like 2026-11-30.", name=self.name(key), found=found(value)
                ),
            )
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
            quotes = message(" without quotes") if isinstance(value, str) else ""
            self.fault(
                key,
                message(
                    "{name} is {found}; it must be a date and a time{quotes}, like 2026-11-16T10:00:00.",
                    name=self.name(key),
                    found=found(value),
                    quotes=quotes,
                ),
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
                other = (
                    message(" (or another zone of {country})", country=context.country or "") if len(zones) > 1 else ""
                )
                self.fault(
                    key,
                    message(
                        "{name} {time} says no time zone. Add a line above the first [table]: timezone "
                        '= "{zone}"{other}.',
                        name=self.name(key),
                        time=written,
                        zone=zones[0] if zones else "Europe/Copenhagen",
                        other=other,
                    ),
                )
            return None
        try:
            return in_zone(written, context.zone)
        except ValueError as error:
            self.fault(key, joined("", (f"{self.name(key)}: ", *error.args)))
            return None

    def _in_years(self, key: str, value: date) -> bool:
        if value.year in YEARS:
            return True
        self.fault(
            key,
            message(
                "{name} is {found}; the year must be {first} to {last}.",
                name=self.name(key),
                found=found(value),
                first=YEARS[0],
                last=YEARS[-1],
            ),
        )
        return False

    def items(self, key: str, like: str) -> list[tuple[Any, Path]]:
        """The items of a list with their paths. `like`: how such a list is written."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            self.fault(
                key,
                message(
                    "{name} is {found}; it must be a list, like {like}.",
                    name=self.name(key),
                    found=found(value),
                    like=like,
                ),
            )
            return []
        path = self.at(key)
        return [(item, (*path, position)) for position, item in enumerate(value)]

    def tables(self, key: str) -> list[Table]:
        """A list of tables: ``[[people]]``."""
        if key not in self.values:
            return []
        if isinstance(self.values[key], dict):
            self.fault(key, message("[{name}] must be [[{name}]]: there may be several.", name=self.name(key)))
            return []
        tables = []
        for item, path in self.items(key, message("[[{name}]] on a line of its own", name=key)):
            if isinstance(item, dict):
                tables.append(Table(item, path, self.context))
            else:
                name = self.name(key)
                header = message("[[{name}]] on a line of its own", name=name)
                self.context.faults.add(
                    path,
                    message(
                        "{name} holds {found}; begin each with {header}.", name=name, found=found(item), header=header
                    ),
                )
        return tables

    def table(self, key: str) -> Table:
        """One table, empty when it is absent."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            name = self.name(key)
            wrong = message("[[{name}]] must be [{name}]: there is one.", name=name) if isinstance(value, list) else ""
            self.fault(
                key,
                wrong
                or message("{name} is {found}; it must be a table, under [{name}].", name=name, found=found(value)),
            )
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
                self.context.faults.add(
                    path, message("{name}: {item} stands twice. Take one out.", name=dotted(path), item=shown(item))
                )
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
            self.context.faults.add(
                path, message("{name} holds a blank text. Fill it in, or take it out.", name=dotted(path))
            )
            return ""
        return self.sound(value, path, several_lines)

    def known(self, name: str, path: Path, people: Mapping[str, str]) -> str | None:
        """`name` in the spelling of `people`; None, and a fault, when there is no such person."""
        person = people.get(folded(name))
        if person is not None and normalize("NFC", person) == normalize("NFC", name):
            return person
        meant = person or nearest(name, people.values())
        advice = message("Did you mean {name}?", name=shown(meant)) if meant else _who_there_is(people.values())
        self.context.faults.add(path, message("{name} is not in people. {advice}", name=shown(name), advice=advice))
        return None


def one_of(options: Iterable[str]) -> str:
    """``a, b or c``."""
    *most, last = options
    return message("{most} or {last}", most=", ".join(most), last=last) if most else last


def _who_there_is(names: Iterable[str]) -> str:
    some = [shown(name) for name in names][:5]
    return (
        message("In people: {some}.", some=", ".join(some))
        if some
        else message("There is nobody in it: add a [[people]] table with the name.")
    )
