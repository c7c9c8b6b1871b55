"""Plain events: made ready for Radicale's files without vobject.

Radicale reads and writes every item with vobject, which is most of what storing one costs. A plain event needs none of
it: one VEVENT with at most one VTIMEZONE, nothing that repeats, each line in the form that vobject itself would give
it. For those the same bytes are made here by putting the lines in vobject's order. Whatever is not surely plain is left
to vobject, which also says what is wrong with it. A test holds both ways against each other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache

from radicale.item import read_components
from vobject.icalendar import stringToDurations, timedeltaToString

#: One value of text as vobject writes it: a bare comma or semicolon, or another escape, it would change.
_TEXT = re.compile(r"[^\\,;]*(?:\\[\\,;n][^\\,;]*)*")
_PIECE = r"(?:[^\\,;]|\\[\\,;n])+"
_TEXTS = re.compile(f"{_PIECE}(?:,{_PIECE})*")
_STAMP = re.compile(r"[1-9]\d{3}(?:\d\d){2}T(?:\d\d){3}Z", re.ASCII)
_WHEN = re.compile(r"([1-9]\d{3}(?:\d\d){2})(?:T((?:\d\d){3})(Z?))?", re.ASCII)
_LINE = re.compile(r"([A-Z][A-Z0-9-]*)((?:;(?:TZID=[\w+./-]+|VALUE=DATE))?):(.*)", re.ASCII)

#: Radicale takes control characters out before vobject sees them, and vobject continues lines at tabs too.
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]")
_BLANK = re.compile(r"\n\s*\r\n")

#: Once in an event; X- properties may come more often.
_EVENT_TEXTS = frozenset(
    {"UID", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "TRANSP", "CLASS", "SEQUENCE", "PRIORITY", "URL", "COLOR"}
)
_EVENT_STAMPS = frozenset({"DTSTAMP", "LAST-MODIFIED", "CREATED"})
_ALARM_TEXTS = frozenset({"ACTION", "DESCRIPTION", "SUMMARY", "UID"})
_CALENDAR_TEXTS = frozenset({"VERSION", "PRODID", "CALSCALE"})

_EVENT_FIRST = ("UID", "DTSTART", "DTEND")
_CALENDAR_FIRST = ("VERSION", "CALSCALE", "PRODID")

_LONGEST = 75  # octets in a line
_LARGEST_ZONE = 16 * 1024


@dataclass(frozen=True, slots=True)
class Plain:
    """An item as Radicale keeps it: its bytes, and what it is found by. `start` and `end` are POSIX seconds."""

    text: str
    uid: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Zone:
    name: str
    text: str
    zone: tzinfo


class _Unlike(Exception):  # noqa: N818 - nothing is wrong, vobject is asked
    """It is not plain."""


def plain_event(text: str) -> Plain | None:
    """The item as Radicale would store it, None when vobject has to say so."""
    ends = text.count("\r\n")
    if not text.count("\n") == text.count("\r") == ends or not text.endswith("\r\n"):
        return None
    if _CONTROL.search(text) or _BLANK.search(text) or ("=\r\n" in text and "quoted-printable" in text.lower()):
        return None
    lines = iter(text.replace("\r\n ", "").split("\r\n")[:-1])
    try:
        return _calendar(lines)
    except (_Unlike, StopIteration, ValueError, OverflowError):
        return None


def _calendar(lines: Iterator[str]) -> Plain:
    if next(lines) != "BEGIN:VCALENDAR":
        raise _Unlike
    properties: dict[str, list[str]] = {}
    zone: _Zone | None = None
    event: list[str] | None = None
    for line in _until("END:VCALENDAR", lines):
        if line == "BEGIN:VTIMEZONE" and zone is None:
            zone = _zone("\r\n".join([line, *_until("END:VTIMEZONE", lines), "END:VTIMEZONE"]))
            if zone is None:
                raise _Unlike
        elif line == "BEGIN:VEVENT" and event is None:
            event = list(_until("END:VEVENT", lines))
        else:
            name, parameter, value = _parts(line)
            if parameter or not _is_text(name, value, _CALENDAR_TEXTS) or "TZID" in value:
                raise _Unlike
            _add(properties, name, line)
    if event is None or next(lines, None) is not None or properties.get("VERSION") != ["VERSION:2.0"]:
        raise _Unlike
    if "PRODID" not in properties:
        raise _Unlike
    made = _Event(iter(event), zone)
    parts = ["BEGIN:VCALENDAR\r\n", *_folded(_in_order(properties, _CALENDAR_FIRST))]
    parts += [zone.text if zone else "", made.text, "END:VCALENDAR\r\n"]
    return Plain("".join(parts), made.uid, math.floor(made.start.timestamp()), math.ceil(made.end.timestamp()))


class _Event:
    """A VEVENT: its text, UID and time."""

    def __init__(self, lines: Iterator[str], zone: _Zone | None) -> None:
        self._zone = zone
        properties: dict[str, list[str]] = {}
        times: dict[str, date] = {}
        for line in lines:
            if line == "BEGIN:VALARM":
                properties.setdefault("VALARM", []).append(_alarm(_until("END:VALARM", lines)))
                continue
            name, parameter, value = _parts(line)
            if name in ("DTSTART", "DTEND"):
                times[name] = self._time(parameter, value)
            elif parameter or "TZID" in value:
                raise _Unlike
            elif name in _EVENT_STAMPS:
                if not _STAMP.fullmatch(value):
                    raise _Unlike
                datetime.fromisoformat(value)
            elif not (_is_text(name, value, _EVENT_TEXTS) or (name == "CATEGORIES" and _TEXTS.fullmatch(value))):
                raise _Unlike
            _add(properties, name, line)
        if "DTSTAMP" not in properties:
            raise _Unlike
        self.uid = re.sub(r"\\(.)", _meant, properties.get("UID", ["UID:"])[0][4:])
        if not self.uid or "DTSTART" not in times:
            raise _Unlike
        self.start, self.end = _span(times["DTSTART"], times.get("DTEND"))
        body = _folded(_in_order(properties, _EVENT_FIRST))
        self.text = "".join(["BEGIN:VEVENT\r\n", *body, "END:VEVENT\r\n"])

    def _time(self, parameter: str, value: str) -> date:
        found = _WHEN.fullmatch(value)
        if found is None:
            raise _Unlike
        if parameter == ";VALUE=DATE" and found[2] is None:
            return date.fromisoformat(value)
        if found[2] is not None and (found[3] if not parameter else self._is_zone(parameter) and not found[3]):
            moment = datetime.fromisoformat(value[:15])
            return moment.replace(tzinfo=UTC if found[3] else self._zone.zone if self._zone else None)
        raise _Unlike

    def _is_zone(self, parameter: str) -> bool:
        return self._zone is not None and parameter == f";TZID={self._zone.name}"


def _span(start: date, end: date | None) -> tuple[datetime, datetime]:
    """When it begins and ends, as Radicale works it out: by the clock on the wall of the start's zone."""
    if end is None:
        length = timedelta(seconds=1) if isinstance(start, datetime) else timedelta(days=1)
    elif isinstance(start, datetime) is not isinstance(end, datetime) or end <= start:
        raise _Unlike
    else:
        length = end - start
    first = start if isinstance(start, datetime) else datetime(start.year, start.month, start.day, tzinfo=UTC)
    return first, first + length


def _alarm(lines: Iterable[str]) -> str:
    properties: dict[str, list[str]] = {}
    for line in lines:
        name, parameter, value = _parts(line)
        if parameter or "TZID" in value:
            raise _Unlike
        if name == "TRIGGER":
            line = f"TRIGGER:{_duration(value)}"  # noqa: PLW2901 - the same trigger
        elif not _is_text(name, value, _ALARM_TEXTS):
            raise _Unlike
        _add(properties, name, line)
    if not {"ACTION", "TRIGGER"} <= properties.keys():  # vobject would make them up
        raise _Unlike
    return "".join(["BEGIN:VALARM\r\n", *_folded(_in_order(properties, ())), "END:VALARM\r\n"])


@lru_cache(maxsize=256)
def _duration(value: str) -> str:
    """A duration as vobject writes it."""
    if not re.fullmatch(r"-?P(?:\d{1,4}D)?(?:T(?:\d{1,5}H)?(?:\d{1,5}M)?(?:\d{1,5}S)?)?", value, re.ASCII):
        raise _Unlike
    (length,) = stringToDurations(value)
    return str(timedeltaToString(length))


@lru_cache(maxsize=64)
def _zone(block: str) -> _Zone | None:
    """What vobject makes of a VTIMEZONE: asked once, with an event that uses it. None when it is no plain one."""
    name = re.search(r"\r\nTZID:([\w+./-]+)\r\n", block, re.ASCII)
    if name is None or len(block) > _LARGEST_ZONE:
        return None
    when = f"DTSTART;TZID={name[1]}:20260101T120000\r\n"
    try:
        (calendar,) = read_components(
            f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//callplan//EN\r\n{block}\r\nBEGIN:VEVENT\r\nUID:zone\r\n"
            f"DTSTAMP:20260101T120000Z\r\n{when}END:VEVENT\r\nEND:VCALENDAR\r\n"
        )
        written: str = calendar.serialize()
        zone: tzinfo | None = calendar.vtimezone.tzinfo
    except Exception:
        return None
    if (
        zone is None
        or when not in written
        or not written.count("BEGIN:VTIMEZONE") == written.count("BEGIN:VEVENT") == 1
    ):
        return None
    return _Zone(name[1], written[written.find("BEGIN:VTIMEZONE") : written.find("BEGIN:VEVENT")], zone)


def _until(end: str, lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line == end:
            return
        yield line
    raise _Unlike


def _parts(line: str) -> tuple[str, str, str]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise _Unlike
    return found[1], found[2], found[3]


def _is_text(name: str, value: str, known: frozenset[str]) -> bool:
    return (name in known or name.startswith("X-")) and _TEXT.fullmatch(value) is not None


def _add(properties: dict[str, list[str]], name: str, line: str) -> None:
    if name in properties and not name.startswith("X-"):
        raise _Unlike
    properties.setdefault(name, []).append(line)


def _in_order(properties: dict[str, list[str]], first: tuple[str, ...]) -> Iterator[str]:
    for name in first:
        yield from properties.get(name, ())
    for name in sorted(properties.keys() - set(first)):
        yield from properties[name]


def _folded(lines: Iterable[str]) -> Iterator[str]:
    """Lines with their ends, broken as vobject breaks them; alarms are broken already."""
    for line in lines:
        if line.startswith("BEGIN:") or len(line) < _LONGEST:
            yield line if line.startswith("BEGIN:") else line + "\r\n"
            continue
        octets = line.encode()
        begin, room = 0, _LONGEST
        while len(octets) - begin > room:
            end = begin + room
            while octets[end] & 0xC0 == 0x80:  # within a character
                end -= 1
            yield octets[begin:end].decode() + "\r\n "
            begin, room = end, _LONGEST - 1
        yield octets[begin:].decode() + "\r\n"


def _meant(escape: re.Match[str]) -> str:
    return "\n" if escape[1] == "n" else escape[1]
