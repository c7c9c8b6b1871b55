"""The settings: ``config.toml``, read and checked to the last key. The contract is `docs/settings.md`.

It looks upward for plain values (`plan.world`, `book.types`) and for the words on TOML that the book also uses.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from callplan import setting_values as values
from callplan.book.nearest import nearest
from callplan.book.types import Hours
from callplan.errors import RecordError, reason_of
from callplan.message import joined, message
from callplan.plan.world import Me, Rules
from callplan.quoted import shown
from callplan.where import Places, places
from callplan.zones import system_zone

__all__ = ["CalendarSettings", "MeSettings", "Places", "Settings", "load_settings", "places"]

#: Far above any settings written by hand; keeps a wrong file (a disk image) out of memory.
_LARGEST_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class MeSettings:
    """The user. `timezone_known` is False when `timezone` is not in the file but the system's (else UTC)."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    address: tuple[str, ...] = ()
    timezone: str = "UTC"
    timezone_known: bool = False
    country: str | None = None
    language: str = "en"
    waking_hours: Hours = field(default_factory=lambda: Me().waking_hours)


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """The user's own CalDAV calendar. The password is never here."""

    url: str
    username: str | None = None
    password_command: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. `calendar` None: the built-in server. `path`: the file they came from, None without one.

    `busy_calendars` holds absolute paths and http(s) URLs; `call_hours` is empty when the country profiles count.
    """

    me: MeSettings = field(default_factory=MeSettings)
    calendar: CalendarSettings | None = None
    busy_calendars: tuple[str, ...] = ()
    call_hours: tuple[Hours, ...] = ()
    rules: Rules = field(default_factory=Rules)
    feed_days_back: int = 60
    path: Path | None = None


_TABLES: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
    "me": {
        "name": values.text,
        "email": values.email,
        "phone": values.phone,
        "address": values.address,
        "timezone": values.timezone,
        "country": values.country,
        "language": values.language,
        "waking_hours": values.hours,
    },
    "calendar": {
        "url": values.calendar_url,
        "username": values.username,
        "password_command": values.command,
    },
    "busy": {"calendars": values.busy_calendars},
    "calls": {"hours": values.call_hours},
    "rules": values.RULES,
    "feed": {"days_back": values.whole_number(0, 3650)},
}

_SECRET = re.compile(r"pass(word|wd|phrase|code)?|pwd|secret|token|(app|client)[_-]?(password|secret)", re.IGNORECASE)


def load_settings(path: Path) -> Settings:
    """The settings in `path`; without such a file, the defaults.

    Raises `RecordError` with every fault of the file, one a line: file, line, key, what is wrong, what would be right.
    A value that may be a secret is never repeated.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        return _settled({}, path, None)
    except OSError as error:
        raise RecordError(
            message("{file} cannot be read: {reason}.", file=str(path), reason=reason_of(error))
        ) from None
    if len(content) > _LARGEST_FILE:
        raise RecordError(message("{file} is larger than a million bytes: these are no settings.", file=str(path)))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise RecordError(
            message("{name}, line {line}: this is not UTF-8. Save the file as UTF-8.", name=path.name, line=line)
        ) from None
    return _Reading(path, text).settings()


class _Reading:
    """One file being read, and the faults found so far."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._text = text
        self._faults: list[tuple[int, str]] = []

    def settings(self) -> Settings:
        try:
            document = tomllib.loads(self._text)
        except (ValueError, RecursionError) as error:
            raise RecordError(self._no_toml(error)) from None
        found: dict[str, dict[str, Any]] = {}
        for name, table in document.items():
            if name not in _TABLES:
                self._unknown((name,), _TABLES, table)
            elif not isinstance(table, dict):
                self._fault(
                    (name,),
                    message('"{name}" is a table. Write [{name}] on a line of its own, its keys below.', name=name),
                )
            else:
                found[name] = self._table(name, table)
        if "calendar" in found and "url" not in document["calendar"]:
            self._fault(
                ("calendar",),
                message(
                    "[calendar] has no url. Add the address of your calendar, or take [calendar] out to use the "
                    "built-in server."
                ),
            )
        for key, sentence in values.rules_that_clash(found.get("rules", {})):
            self._fault(("rules", key), joined("", (f"[rules] {key}: ", sentence)))
        if self._faults:
            raise RecordError(joined("\n", [text for _, text in sorted(self._faults)]))
        return _settled(found, self._path, self._path)

    def _table(self, name: str, table: dict[str, Any]) -> dict[str, Any]:
        read: dict[str, Any] = {}
        for key, value in table.items():
            if key not in _TABLES[name]:
                self._unknown((name, key), _TABLES[name], value)
                continue
            try:
                read[key] = _TABLES[name][key](value)
            except ValueError as error:
                self._fault((name, key), joined("", (f"[{name}] {key}: ", *error.args)))
        return read

    def _unknown(self, path: tuple[str, ...], right: Mapping[str, Any], value: Any) -> None:
        """Tell that a key is unknown, and which was meant: one beside it, else the same in another table."""
        key = path[-1]
        where = f"[{path[0]}] " if len(path) == 2 else ""
        if _SECRET.fullmatch(key) and not isinstance(value, dict):
            self._fault(
                path,
                message(
                    "{where}{key}: never put a password into this file. Take it out, and give password_command, the "
                    "system keyring, or CALLPLAN_PASSWORD instead.",
                    where=where,
                    key=shown(key),
                ),
            )
            return
        called = message("{where}{key} is no setting.", where=where, key=shown(key))
        near = nearest(key, right)
        elsewhere = [name for name, keys in _TABLES.items() if key in keys]
        if near and len(path) == 1:
            advice = message("Did you mean [{name}]?", name=near)
        elif near:
            advice = message('Did you mean "{name}"?', name=near)
        elif elsewhere:
            advice = message("It belongs under [{table}].", table=elsewhere[0])
        elif len(path) == 1:
            advice = message("The tables are {tables}.", tables=", ".join(f"[{name}]" for name in right))
        else:
            advice = message("The keys of [{table}] are {keys}.", table=path[0], keys=", ".join(right))
        self._fault(path, f"{called} {advice}")

    def _fault(self, path: tuple[str, ...], sentence: str) -> None:
        line = self._line(path)
        place = message("{name}, line {line}", name=self._path.name, line=line) if line else self._path.name
        self._faults.append((line, joined("", (place, ": ", sentence))))

    def _line(self, path: tuple[str, ...]) -> int:
        """The line of a key, else that of the table it should be in, else 0."""
        from callplan.book.locate import layout  # noqa: PLC0415 - only for a message

        return layout(self._text).line(path) or 0

    def _no_toml(self, error: Exception) -> str:
        """The sentence for a file that is no TOML. The text of the line stays out: it may hold a secret."""
        found = re.fullmatch(r"(?s)(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error))
        if not found:
            return message("{name}: this is no TOML.", name=self._path.name)
        reason, line, column = found.groups()
        if line is None:
            return message(
                "{name}: this is no TOML: {reason}, at the end of the file.", name=self._path.name, reason=reason
            )
        return message(
            "{name}, line {line}: this is no TOML: {reason} (column {column}).",
            name=self._path.name,
            line=line,
            reason=reason,
            column=column,
        )


def _settled(found: dict[str, dict[str, Any]], where: Path, path: Path | None) -> Settings:
    """The settings from checked values, defaults for the rest. `where`: relative busy paths lie beside it."""
    me = found.get("me", {})
    known = "timezone" in me
    zone = me["timezone"] if known else system_zone() or "UTC"
    right = {one.name for one in fields(Rules)}
    return Settings(
        me=MeSettings(**{**me, "timezone": zone, "timezone_known": known}),
        calendar=CalendarSettings(**found["calendar"]) if "calendar" in found else None,
        busy_calendars=tuple(
            one if values.is_url(one) else str(where.absolute().parent / Path(one).expanduser())
            for one in found.get("busy", {}).get("calendars", ())
        ),
        call_hours=found.get("calls", {}).get("hours", ()),
        rules=Rules(**{key: value for key, value in found.get("rules", {}).items() if key in right}),
        feed_days_back=found.get("feed", {}).get("days_back", 60),
        path=path,
    )
