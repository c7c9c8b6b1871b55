"""Whose clock a time of an invitation is on: IANA zones, Windows names, Olson names in a prefix, the file's own rules.

What is known by name goes before what the file says of it: a file that redefines Europe/Paris is wrong. A Windows name
that the file contradicts is left to the user.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from callplan.book.capture.calendar_file import Component
from callplan.book.local_time import zones_of
from callplan.zones import is_zone

_UTC_NAMES = frozenset(
    ("utc", "z", "gmt", "zulu", "etc/utc", "tzone://microsoft/utc", "(utc) coordinated universal time",
     "coordinated universal time", "utc+00:00", "gmt+00:00", "gmt+0000", "gmt-00:00")
)  # fmt: skip
_NO_ZONES = frozenset(("factory", "localtime", "posixrules"))
_OFFSET_NAME = re.compile(r"(?:\(?(?:utc|gmt)\)?)?\s*([+-])(\d{1,2}):?(\d{2})?\)?", re.IGNORECASE)
_DISPLAY_NAME = re.compile(r"\((?:utc|gmt)(?:([+-])(\d{2}):(\d{2}))?\)\s*(.+)", re.IGNORECASE)
_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})(?:\d{2})?")
_STAMP = re.compile(r"(\d{8})T(\d{6})(Z?)")
_RULE_DAY = re.compile(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)")
_RULE_PARTS = frozenset(("FREQ", "INTERVAL", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "WKST"))
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Clock:
    """A zone. `name`: its IANA name, None for a bare offset. `loose`: the name stands for several countries."""

    zone: tzinfo
    name: str | None = None
    loose: bool = False


def clock_of(tzid: str, definition: Component | None, written: datetime) -> Clock | None:
    """The clock that a TZID means at the time `written` (naive). None: only the user knows."""
    tzid = tzid.strip().strip('"').strip()
    if tzid.lower() in _UTC_NAMES:
        return Clock(UTC, "UTC")
    known = _iana(tzid)
    if known:
        return Clock(ZoneInfo(known), known)
    defined = _defined_offset(definition, written) if definition else None
    windows = _windows(tzid)
    if windows:
        clock = Clock(ZoneInfo(windows), windows, loose=True)
        meant = written.replace(tzinfo=clock.zone).utcoffset()
        return clock if defined is None or defined == meant else None
    if defined is not None:
        located = _iana(definition.text("X-LIC-LOCATION").strip()) if definition else None
        if located and written.replace(tzinfo=ZoneInfo(located)).utcoffset() == defined:
            return Clock(ZoneInfo(located), located)
        return Clock(timezone(defined))
    if tzid.lower().startswith("tzone:"):
        return None
    return _display(tzid) or _bare_offset(tzid)


def at_home(clock: Clock, country: str | None, year: int) -> Clock:
    """The same clock under the name it has in `country`: "Romance Standard Time" is Copenhagen for a Danish firm."""
    if not country or (clock.name and not clock.loose):
        return clock
    for name in zones_of(country):
        if _same_clock(ZoneInfo(name), clock.zone, year):
            return Clock(ZoneInfo(name), name)
    return clock


def _same_clock(one: tzinfo, other: tzinfo, year: int) -> bool:
    moments = [datetime(year, month, 15, 12, tzinfo=UTC) for month in (1, 4, 7, 10)]
    if isinstance(other, timezone):  # a bare offset says nothing of summer: only zones without one are the same
        return all(one.utcoffset(moment.astimezone(one)) == other.utcoffset(None) for moment in moments)
    return all(moment.astimezone(one).utcoffset() == moment.astimezone(other).utcoffset() for moment in moments)


def _iana(name: str) -> str | None:
    """The zone of that name: as it is, in other capitals, or behind a prefix like ``/mozilla.org/20050126_1/``."""
    if not name or len(name) > 120 or name.lower() in _NO_ZONES:
        return None
    if name[0] != "/" and is_zone(name):
        return name
    exact = _by_fold().get(name.lower().replace(" ", "_"))
    if exact:
        return exact
    parts = [part for part in name.split("/") if part]
    if name.startswith("/") or len(parts) > 3:
        for length in (3, 2, 1):
            found = _by_fold().get("/".join(parts[-length:]).lower())
            if found and len(parts) > length:
                return found
    return None


@cache
def _by_fold() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if name.lower() not in _NO_ZONES}


def _windows(name: str) -> str | None:
    wanted = " ".join(name.lower().split())
    if not wanted.endswith((" time", "utc", "time (mexico)", "utc-02", "utc-11", "utc+12", "utc+13")):
        return None
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 - slow, and few files need it

    found = {windows.lower(): zone for windows, zone in WINDOWS_TO_OLSON.items()}.get(wanted)
    if found is None and wanted.endswith(" daylight time"):  # the name it has in summer
        found = _windows(wanted.replace(" daylight time", " standard time"))
    return found if found and is_zone(found) else None


def _bare_offset(name: str) -> Clock | None:
    found = _OFFSET_NAME.fullmatch(name)
    if not found:
        return None
    length = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if length > timedelta(hours=14):
        return None
    return Clock(timezone(-length if found[1] == "-" else length))


def _display(name: str) -> Clock | None:
    """``(UTC+01:00) Brussels, Copenhagen, Madrid, Paris``: its cities, where they agree with each other and with it."""
    found = _DISPLAY_NAME.fullmatch(name)
    if not found:
        return None
    told = timedelta(hours=int(found[2] or 0), minutes=int(found[3] or 0)) * (-1 if found[1] == "-" else 1)
    cities = [city.strip().lower().replace(" ", "_") for city in found[4].split(",")]
    zones = [zone for city in cities for fold, zone in _by_fold().items() if fold.rpartition("/")[2] == city]
    fitting = [zone for zone in zones if _winter(ZoneInfo(zone)) == told]
    if not fitting or not all(_same_clock(ZoneInfo(zone), ZoneInfo(fitting[0]), 2026) for zone in fitting):
        return None
    return Clock(ZoneInfo(fitting[0]), fitting[0], loose=True)


def _winter(zone: ZoneInfo) -> timedelta | None:
    return min(
        (offset for month in (1, 7) if (offset := datetime(2026, month, 1, tzinfo=zone).utcoffset()) is not None),
        default=None,
    )


def _defined_offset(definition: Component, written: datetime) -> timedelta | None:
    """The offset that the file's own VTIMEZONE gives a local time; None where its rules are beyond mailers' usual ones.

    The latest onset before the time counts, as in RFC 5545 3.6.5.
    """
    found: list[tuple[datetime, timedelta]] = []
    earliest: list[tuple[datetime, timedelta]] = []
    for part in definition.parts:
        if part.name not in ("STANDARD", "DAYLIGHT"):
            continue
        to, before = _offset(part.text("TZOFFSETTO")), _offset(part.text("TZOFFSETFROM"))
        first = _stamp(part.text("DTSTART"))
        if to is None or first is None:
            return None
        earliest.append((first, before if before is not None else to))
        onsets = _onsets(part, first, written.year)
        if onsets is None:
            return None
        found += [(onset, to) for onset in onsets if onset <= written]
    if found:
        return max(found, key=lambda one: one[0])[1]
    return min(earliest, key=lambda one: one[0])[1] if earliest else None


def _onsets(part: Component, first: datetime, year: int) -> list[datetime] | None:
    """When an observance began: in `year` and the year before, and its listed dates. None: a rule not understood."""
    onsets = [first]
    for line in part.all("RDATE"):
        onsets += [one for stamp in line.value.split(",") if (one := _stamp(stamp))]
    for line in part.all("RRULE"):
        rule = dict(pair.upper().split("=", 1) for pair in line.value.split(";") if "=" in pair)
        if rule.get("FREQ") != "YEARLY" or set(rule) - _RULE_PARTS:
            return None
        if rule.get("INTERVAL", "1") != "1":
            return None
        until = _stamp(rule["UNTIL"]) if "UNTIL" in rule else None
        for either in (year - 1, year):
            onset = _onset(rule, first, either)
            if onset is None:
                return None
            if onset >= first and (until is None or onset <= until + timedelta(days=1)):
                onsets.append(onset)
    return onsets


def _onset(rule: dict[str, str], first: datetime, year: int) -> datetime | None:
    month = rule.get("BYMONTH", str(first.month))
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return None
    days = list(_month_days(year, int(month)))
    days_of_month = rule.get("BYMONTHDAY", "")
    if days_of_month:
        wanted = {int(one) for one in days_of_month.split(",") if re.fullmatch(r"\d{1,2}", one)}
        days = [day for day in days if day.day in wanted]
    if "BYDAY" in rule:
        named = _RULE_DAY.fullmatch(rule["BYDAY"])
        if not named:
            return None
        days = [day for day in days if day.weekday() == _DAYS.index(named[2])]
        nth = int(named[1] or 1)
        if not nth or abs(nth) > len(days):
            return None
        days = [days[nth - 1 if nth > 0 else nth]]
    elif not days_of_month:
        days = [day for day in days if day.day == first.day]
    return datetime.combine(days[0], first.time()) if days else None


def _month_days(year: int, month: int) -> Iterator[datetime]:
    day = datetime(year, month, 1)
    while day.month == month:
        yield day
        day += timedelta(days=1)


def _offset(text: str) -> timedelta | None:
    found = _OFFSET.fullmatch(text.strip())
    if not found:
        return None
    length = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return (-length if found[1] == "-" else length) if length < timedelta(hours=24) else None


def _stamp(text: str) -> datetime | None:
    found = _STAMP.fullmatch(text.strip()) or re.fullmatch(r"(\d{8})()()", text.strip())
    if not found:
        return None
    try:
        return datetime.strptime(found[1] + (found[2] or "000000"), "%Y%m%d%H%M%S")
    except ValueError:
        return None
