"""What of a calendar says when somebody is busy: the few lines that matter, cut out of a large or hostile file.

Names, descriptions, guests and alarms are dropped before anything is parsed, and so is what lies outside the days
asked for. That makes a ten-year work calendar quick, and most bombs harmless.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

#: The lines of an event that say when.
_TIMES = frozenset({"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID", "FREEBUSY"})
_KEPT = _TIMES - {"FREEBUSY"} | {
    "UID",
    "DURATION",
    "RRULE",
    "STATUS",
    "TRANSP",
    "SEQUENCE",
    "X-MICROSOFT-CDO-BUSYSTATUS",
}

#: The category that every event of callplan's own carries: a call must not be in the way of itself.
_OURS = "callplan"

#: … or, where a client drops categories, a property of ours.
_OUR_PROPERTIES = "X-CALLPLAN-"

_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*+"|[^";]*+)')
_VALUE = re.compile(r'(?:"[^"]*+"|[^":])*+:?')  # all that stands before the value
_DAY = re.compile(r"\d{8}")
_TIME = re.compile(r"\dT\d", re.IGNORECASE)
_UTC_TIME = re.compile(r"\dT\d+Z", re.IGNORECASE)
_TOO_OFTEN = re.compile(r"(?:^|;)(?:FREQ=(?:SECONDLY|MINUTELY)|INTERVAL=0*)(?:;|$)", re.IGNORECASE)
_PERIOD_LENGTH = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")

_DEEPEST = 10
_LONGEST_LINE = 200_000
_MARGIN = timedelta(days=2)  # more than any two zones differ


class CalendarFault(Exception):  # noqa: N818 - told by the child process; the parent makes it an error
    """What is wrong with a calendar: a sentence, and the line (from 1; 0: none in particular)."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        """`sentence` is told as it is."""
        super().__init__(sentence)
        self.line = line


@dataclass(slots=True)
class LeanEvent:
    """One event: where it began in the file, and the lines kept of it, unfolded."""

    line: int
    lines: list[str] = field(default_factory=list)
    uid: str = ""
    first_day: str = ""  # of DTSTART and DTEND, ``YYYYMMDD``; empty: none
    last_day: str = ""
    ours: bool = False
    moves: bool = False  # repeats, is one of a series, or has a length instead of an end


@dataclass(frozen=True, slots=True)
class LeanCalendar:
    """What is left of a file: its events, its own time zones (name -> lines), its published free/busy times (UTC)."""

    events: list[LeanEvent]
    zones: dict[str, list[str]]
    periods: list[tuple[datetime, datetime]]


def lean(
    content: bytes, start: datetime, end: datetime, zone_of: Callable[[str], str | None], own: str
) -> LeanCalendar:
    """The lean form of `content` for the days from `start` to `end`.

    Every time gets a zone that can be relied on: `zone_of` gives the IANA zone that a TZID means, None when only the
    file can say; a zone that nobody knows, and a time without a zone, are `own` (IANA), the user's. A VTIMEZONE that
    redefines an IANA zone is not believed. Raises `CalendarFault`.
    """
    text = content.decode("utf-8-sig", "replace") if not content.startswith((b"\xff\xfe", b"\xfe\xff")) else ""
    text = text or content.decode("utf-16", "replace")
    found = _Cutting(zone_of).cut(text)
    for event in found.events:
        event.lines = [_with_zone(line, zone_of, found.zones, own) for line in event.lines]
    by_uid: defaultdict[str, list[LeanEvent]] = defaultdict(list)
    for event in found.events:
        by_uid[event.uid or f"line {event.line}"].append(event)
    before, after = f"{start - _MARGIN:%Y%m%d}", f"{end + _MARGIN:%Y%m%d}"

    def outside(event: LeanEvent) -> bool:
        return not event.moves and (event.first_day > after or max(event.first_day, event.last_day) < before)

    # A whole series or nothing: a later revision of an event may have left the days that an earlier one is in.
    kept = [event for series in by_uid.values() if not all(map(outside, series)) for event in series]
    return LeanCalendar(sorted(kept, key=lambda event: event.line), found.zones, found.periods)


class _Cutting:
    def __init__(self, zone_of: Callable[[str], str | None]) -> None:
        self._zone_of = zone_of
        self._inside: list[str] = []
        self._event: LeanEvent | None = None
        self._zone: list[str] = []
        self._found = LeanCalendar([], {}, [])
        self._whole = 0  # calendars that were begun and ended

    def cut(self, text: str) -> LeanCalendar:
        for number, line in _unfolded(text):
            name = _NAME.match(line)
            if name is None:
                continue
            word = name[0].upper()
            if word == "BEGIN":
                self._begin(line[name.end() + 1 :].strip().upper(), number)
            elif not self._inside:
                continue
            elif word == "END":
                self._end(line[name.end() + 1 :].strip().upper(), number)
            elif "VTIMEZONE" in self._inside:
                self._zone.append(line)
            elif self._inside[1:] == ["VEVENT"] and self._event and word == "CATEGORIES":
                names = _parts(line)[2].casefold().split(",")
                self._event.ours |= _OURS in (name.strip() for name in names)
            elif self._inside[1:] == ["VEVENT"] and self._event and word.startswith(_OUR_PROPERTIES):
                self._event.ours = True
            elif self._inside[1:] == ["VEVENT"] and self._event and word in _KEPT:
                self._keep(self._event, word, line, number)
            elif self._inside[1:] == ["VFREEBUSY"] and word == "FREEBUSY":
                self._found.periods.extend(_periods(line, number))
        if not self._whole and not self._inside:
            page = text[:2000].lstrip().lower().startswith(("<!doctype", "<html"))
            raise CalendarFault("this is a web page, no calendar." if page else "this is no calendar.")
        if self._inside:
            raise CalendarFault("this calendar is cut off: its end is missing.")
        return self._found

    def _begin(self, component: str, number: int) -> None:
        if not self._inside and component != "VCALENDAR":
            return
        if len(self._inside) >= _DEEPEST:
            raise CalendarFault("things are nested too deep in one another.", number)
        self._inside.append(component)
        if self._inside[1:] == ["VEVENT"]:
            self._event = LeanEvent(number)
        elif self._inside[1:] == ["VTIMEZONE"]:
            self._zone = []
        if "VTIMEZONE" in self._inside[1:]:
            self._zone.append(f"BEGIN:{component}")

    def _end(self, component: str, number: int) -> None:
        if self._inside[-1] != component:
            raise CalendarFault(f"{self._inside[-1][:20]} is not ended where it should be.", number)
        if "VTIMEZONE" in self._inside[1:]:
            self._zone.append(f"END:{component}")
        self._inside.pop()
        if not self._inside:
            self._whole += 1
        elif self._inside == ["VCALENDAR"] and component == "VEVENT" and self._event:
            if not self._event.first_day:
                raise CalendarFault("this event does not say when it starts.", self._event.line)
            if not self._event.ours:
                self._found.events.append(self._event)
        elif self._inside == ["VCALENDAR"] and component == "VTIMEZONE":
            name = next((line.partition(":")[2].strip() for line in self._zone if line.upper().startswith("TZID")), "")
            if name and self._zone_of(name) is None:
                self._found.zones[name] = self._zone

    def _keep(self, event: LeanEvent, word: str, line: str, number: int) -> None:
        if len(line) > _LONGEST_LINE:
            raise CalendarFault(f"{word} is too long.", number)
        value = _parts(line)[2]
        if word == "UID":
            event.uid = value
        elif word == "RRULE" and _TOO_OFTEN.search(value):
            raise CalendarFault("an event that repeats every second or minute cannot be kept clear of.", number)
        elif word in ("DTSTART", "DTEND"):
            day = _DAY.match(value.strip())
            if not day:
                raise CalendarFault(f"{word} holds no date.", number)
            if word == "DTSTART":
                event.first_day = day[0]
            else:
                event.last_day = day[0]
        event.moves |= word in ("RRULE", "RDATE", "RECURRENCE-ID", "DURATION")
        event.lines.append(line)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """The lines of the file with their numbers; continued ones are joined (RFC 5545 3.1)."""
    begun, parts = 0, [""]
    for number, line in enumerate(re.split("\r\n|\n|\r", text), 1):
        if line[:1] in (" ", "\t"):
            parts.append(line[1:])
            continue
        if parts[0]:
            yield begun, "".join(parts)
        begun, parts = number, [line]
    if parts[0]:
        yield begun, "".join(parts)


def _parts(line: str) -> tuple[str, dict[str, str], str]:
    """Name, parameters and value of a line.

    A time holds no colon, so its value begins after the last one: Exchange writes ``TZID=tzone://Microsoft/Utc`` bare.
    """
    found = _NAME.match(line)
    name = found[0].upper() if found else ""
    if name not in _TIMES and name != "FREEBUSY":
        return name, {}, _VALUE.sub("", line, count=1)
    head, _, value = line.rpartition(":")
    parameters = {key.upper(): text.strip('"') for key, text in _PARAMETER.findall(head)}
    return name, parameters, value


def _with_zone(line: str, zone_of: Callable[[str], str | None], zones: dict[str, list[str]], own: str) -> str:
    """The line with a zone that is known, where it holds a local time."""
    name, parameters, value = _parts(line)
    if name not in _TIMES or not _TIME.search(value):
        return line
    kind = "".join(f";{key}={parameters[key]}" for key in ("VALUE", "RANGE") if key in parameters)
    if _UTC_TIME.search(value):
        return f"{name}{kind}:{value}"
    written = parameters.get("TZID", "")
    zone = (zone_of(written) if written else None) or (written if written in zones else own)
    return f'{name}{kind};TZID="{zone}":{value}'


def _periods(line: str, number: int) -> Iterator[tuple[datetime, datetime]]:
    """The busy times of a FREEBUSY line (RFC 5545 3.8.2.6: UTC, an end or a length)."""
    _, parameters, value = _parts(line)
    if parameters.get("FBTYPE", "BUSY").upper() == "FREE":
        return
    for period in value.split(","):
        first, _, last = period.strip().partition("/")
        try:
            start = _utc(first)
            length = _PERIOD_LENGTH.fullmatch(last)
            if length:
                weeks, days, hours, minutes, seconds = (int(one or 0) for one in length.groups())
                end = start + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
            else:
                end = _utc(last)
        except (ValueError, OverflowError):
            raise CalendarFault("FREEBUSY holds no stretch of time.", number) from None
        yield start, end


def _utc(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
