"""Time zones as VTIMEZONE with a yearly rule, made from the last line of the zone's TZif file.

icalendar's own ``add_missing_timezones()`` writes lists of dates (RDATE, 2.5 KB a zone) that Outlook misreads by an
hour; a rule such as ``FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU`` is what every client reads (reference, section 2.4). A zone
without such a rule is not written at all: times in it are written in UTC.
"""

from __future__ import annotations

import calendar
import re
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import icalendar

_NAME = r"([A-Za-z]{3,}|<[A-Za-z0-9+-]+>)"
_CLOCK = r"([+-]?\d{1,3}(?::\d{2}){0,2})"
_ONSET = rf"M(\d{{1,2}})\.([1-5])\.([0-6])(?:/{_CLOCK})?"
_FOOTER = re.compile(rf"{_NAME}{_CLOCK}(?:{_NAME}{_CLOCK}?,{_ONSET},{_ONSET})?")

_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")  # POSIX counts from Sunday
_EPOCH_YEAR = 1970
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Onset:
    """When a zone changes its clocks, every year: `week` 1 to 5 (5: the last), `weekday` 0 to 6 from Sunday, `clock`
    the local time shown just before the change.
    """

    month: int
    week: int
    weekday: int
    clock: timedelta

    def local(self, year: int) -> datetime:
        """The local time just before the change (naive)."""
        first_weekday, days = calendar.monthrange(year, self.month)  # Monday is 0
        day = 1 + (self.weekday - 1 - first_weekday) % 7 + 7 * (self.week - 1)
        return datetime(year, self.month, day if day <= days else day - 7) + self.clock

    @property
    def by_day(self) -> str:
        """The BYDAY part of an RRULE: ``2SU``, ``-1SU``."""
        return f"{-1 if self.week == 5 else self.week}{_WEEKDAYS[self.weekday]}"


@dataclass(frozen=True, slots=True)
class Season:
    """A stretch of the year with one offset from UTC. `onset` is None when it lasts the whole year."""

    name: str
    offset: timedelta
    onset: Onset | None = None


@dataclass(frozen=True, slots=True)
class YearlyRule:
    """A zone's offsets as one year repeats them. One season, or two that take turns."""

    seasons: tuple[Season, ...]

    def changes(self, year: int) -> list[tuple[datetime, timedelta]]:
        """The moments (UTC) in that year at which the offset changes, each with the offset from then on."""
        found = []
        for before, after in zip(self.seasons, reversed(self.seasons), strict=True):
            if after.onset:
                found.append(((after.onset.local(year) - before.offset).replace(tzinfo=UTC), after.offset))
        return sorted(found)

    def offset_before(self, year: int) -> timedelta:
        """The offset that the year before left behind."""
        last = self.changes(year - 1)
        return last[-1][1] if last else self.seasons[0].offset


def vtimezone(tzid: str, first_year: int, last_year: int | None = None) -> icalendar.Timezone | None:
    """A VTIMEZONE of that IANA zone that is right in all of these years, or None: write UTC then.

    None for UTC itself and unknown zones; for zones whose changes fall before 0:00 or after 24:00 (Cairo, Santiago) or
    follow no rule (Casablanca); and for years in which the zone kept, or will keep, other rules than its latest.
    The component is shared: do not change it.
    """
    rule = yearly_rule(tzid)
    years = range(first_year, (last_year or first_year) + 1)
    if rule is None or not all(_holds(tzid, year) for year in years):
        return None
    return _component(tzid)


@lru_cache(maxsize=64)
def yearly_rule(tzid: str) -> YearlyRule | None:
    """The rule in the footer of the zone's TZif file (RFC 9636 3.3), None where RRULE cannot say it."""
    data = _tzif(tzid)
    if data is None or not data.endswith(b"\n"):
        return None
    return parse_footer(data[:-1].rpartition(b"\n")[2].decode("ascii", "replace"))


def parse_footer(footer: str) -> YearlyRule | None:
    """A POSIX TZ string such as ``CET-1CEST,M3.5.0,M10.5.0/3`` as a rule.

    None for UTC (which needs no rule), for changes at negative times or from 24:00 on, and for other forms of dates.
    """
    parts = _FOOTER.fullmatch(footer)
    if parts is None or parts[1] == "UTC":
        return None
    name, west, other_name, other_west = parts.group(1, 2, 3, 4)
    offset = -_seconds(west)  # POSIX counts hours west of Greenwich
    if other_name is None:
        return YearlyRule((Season(name.strip("<>"), offset),))
    other_offset = -_seconds(other_west) if other_west else offset + timedelta(hours=1)
    to_other, back = _onset(*parts.group(5, 6, 7, 8)), _onset(*parts.group(9, 10, 11, 12))
    if to_other is None or back is None:
        return None
    return YearlyRule((Season(name.strip("<>"), offset, back), Season(other_name.strip("<>"), other_offset, to_other)))


def _onset(month: str, week: str, weekday: str, clock: str | None) -> Onset | None:
    time = _seconds(clock) if clock else timedelta(hours=2)
    if not timedelta(0) <= time < _DAY:
        return None
    return Onset(int(month), int(week), int(weekday), time)


def _seconds(clock: str) -> timedelta:
    sign = -1 if clock.startswith("-") else 1
    hours, minutes, seconds = (*map(int, clock.lstrip("+-").split(":")), 0, 0)[:3]
    return sign * timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _tzif(tzid: str) -> bytes | None:
    """The bytes of the file that `ZoneInfo` itself would read, or None."""
    try:
        zoneinfo.ZoneInfo(tzid)  # refuses keys that lead out of the folder
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None
    for folder in zoneinfo.TZPATH:
        path = Path(folder, tzid)
        if path.is_file():
            return path.read_bytes()
    try:
        return files("tzdata").joinpath("zoneinfo", *tzid.split("/")).read_bytes()
    except (ModuleNotFoundError, OSError):
        return None


@lru_cache(maxsize=256)
def _holds(tzid: str, year: int) -> bool:
    """Whether the zone kept its yearly rule in that year: `ZoneInfo` is asked on each day and around each change."""
    rule = yearly_rule(tzid)
    if rule is None or not datetime.min.year + 1 < year < datetime.max.year:
        return False
    zone = zoneinfo.ZoneInfo(tzid)
    offset, changes = rule.offset_before(year), rule.changes(year)
    moment, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    for until, next_offset in [*changes, (end, offset)]:
        while moment < until:
            if moment.astimezone(zone).utcoffset() != offset:
                return False
            moment += _DAY
        just_before = until - timedelta(seconds=1)
        if just_before.astimezone(zone).utcoffset() != offset:
            return False
        moment, offset = until, next_offset
    return True


@lru_cache(maxsize=64)
def _component(tzid: str) -> icalendar.Timezone:
    import icalendar  # noqa: PLC0415  (50 ms, and only needed by what writes)

    rule = yearly_rule(tzid)
    assert rule is not None  # noqa: S101  (asked for by vtimezone)
    zone = icalendar.Timezone()
    zone.add("tzid", tzid)
    larger = max(season.offset for season in rule.seasons)
    for season, before in zip(rule.seasons, reversed(rule.seasons), strict=True):
        # Irish law calls winter the exception; clients expect DAYLIGHT to be the larger offset.
        daylight = len(rule.seasons) > 1 and season.offset == larger
        part = icalendar.TimezoneDaylight() if daylight else icalendar.TimezoneStandard()
        part.add("tzoffsetfrom", before.offset)
        part.add("tzoffsetto", season.offset)
        part.add("tzname", season.name)
        if season.onset is None:
            part.add("dtstart", datetime(_EPOCH_YEAR, 1, 1))
        else:
            part.add("dtstart", season.onset.local(_EPOCH_YEAR))
            part.add("rrule", {"freq": "yearly", "bymonth": season.onset.month, "byday": season.onset.by_day})
        zone.add_component(part)
    return zone
