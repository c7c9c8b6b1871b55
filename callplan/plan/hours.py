"""Calling hours: when a person may be called, in their local time, and which quarter hours of them are free.

Times are counted in quarters: whole quarter hours since 1970-01-01T00:00Z. Every zone in use is a whole number of
quarters off UTC, so a local quarter hour is a quarter here too.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from callplan.book.types import Hours, Person
from callplan.plan.business_days import edges_of_week, is_business_day, is_half_day
from callplan.plan.world import DEFAULT_PROFILE, Profile, Workdays, World

QUARTER = 900  # seconds

#: Distance kept from any other call or interview, in seconds.
MARGIN = 900

_NOON = time(12)


class Half(Enum):
    """The half of the day a quarter lies in, in the callee's local time."""

    EARLY = "early"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Opening:
    """A stretch of calling hours on one day."""

    hours: Hours
    half: Half


@dataclass(frozen=True, slots=True)
class CallingRule:
    """What decides when somebody may be called: their zone, their working days, and their hours."""

    zone: str
    workdays: Workdays
    profile: Profile
    settled: tuple[Hours, ...]  # [calls] hours: instead of the profile's two stretches
    best: tuple[Hours, ...]  # the person's own: instead of both, Fridays included


def calling_rule(person: Person, zone: str, country: str | None, workdays: Workdays, world: World) -> CallingRule:
    """The rule for one person. `country` is theirs; `world` has the profiles and the user's own hours."""
    profile = world.profiles.get(country or "", DEFAULT_PROFILE)
    return CallingRule(zone, workdays, profile, world.calling_hours, person.best_hours)


def openings(rule: CallingRule, day: date) -> tuple[Opening, ...]:
    """The stretches of `day` in which this person may be called, earliest first; none on a free day."""
    if not is_business_day(day, rule.workdays):
        return ()
    latest = time.max
    if is_half_day(day, rule.workdays):
        latest = _NOON
    if rule.best:
        hours: tuple[Hours, ...] = rule.best
    else:
        if rule.settled:
            hours = rule.settled
        elif day.month in rule.profile.early_only:
            hours = (rule.profile.early,)
        else:
            hours = (rule.profile.early, rule.profile.late)
        if day.weekday() == edges_of_week(rule.workdays)[1]:
            latest = min(latest, rule.profile.last_day_latest)
    clipped = (Hours(one.start, min(one.end, latest)) for one in hours if one.start < latest)
    return tuple(
        Opening(one, Half.EARLY if one.start < _NOON else Half.LATE) for one in sorted(clipped, key=lambda h: h.start)
    )


@dataclass(frozen=True, slots=True)
class DayCount:
    """The quarters of one day, and what is left of them after each constraint."""

    inside: tuple[int, ...]  # the quarters inside the callee's hours
    awake: int  # … and the caller's waking hours
    free: tuple[tuple[int, Half], ...]  # … and clear of the diary: the quarters themselves


class Diary:
    """The caller's side: waking hours, busy time, other calls and interviews. Looks each day up once.

    `appointments` are interviews and calls that stand (15 minutes are kept from them); `world.busy` is only avoided.
    """

    def __init__(self, world: World, appointments: Iterable[tuple[datetime, datetime]]) -> None:
        self._zone = ZoneInfo(world.me.timezone)
        self._waking = world.me.waking_hours
        self._busy = _Stretches((one.start.timestamp(), one.end.timestamp()) for one in world.busy)
        self._kept = _Stretches((start.timestamp() - MARGIN, end.timestamp() + MARGIN) for start, end in appointments)
        self._days: dict[tuple[object, ...], DayCount] = {}

    def day(self, rule: CallingRule, day: date) -> DayCount:
        """The free quarters of `day` (in the callee's zone) under `rule`."""
        # The world outlives the diary, so the identity of its working days and profiles is as good as their value.
        key = (rule.zone, id(rule.workdays), id(rule.profile), rule.settled, rule.best, day)
        if key not in self._days:
            self._days[key] = self._look_up(rule, day)
        return self._days[key]

    def _look_up(self, rule: CallingRule, day: date) -> DayCount:
        zone = ZoneInfo(rule.zone)
        inside: dict[int, Half] = {}
        for opening in openings(rule, day):
            first = datetime.combine(day, opening.hours.start, zone).timestamp()
            last = datetime.combine(day, opening.hours.end, zone).timestamp()
            for quarter in range(-int(-first // QUARTER), int(last // QUARTER)):
                inside.setdefault(quarter, opening.half)
        awake = [(quarter, half) for quarter, half in inside.items() if self.awake(quarter)]
        free = tuple((quarter, half) for quarter, half in awake if self.clear(quarter))
        return DayCount(tuple(inside), len(awake), free)

    def awake(self, quarter: int) -> bool:
        """Whether the whole quarter lies in the caller's waking hours."""
        start = datetime.fromtimestamp(quarter * QUARTER, self._zone)
        end = (start.replace(tzinfo=None) + timedelta(seconds=QUARTER)).time()
        return self._waking.start <= start.time() and start.time() < end <= self._waking.end

    def clear(self, quarter: int) -> bool:
        """Whether nothing busy, and no other appointment within 15 minutes, touches the quarter."""
        begin = quarter * QUARTER
        return self.free(begin) and self.apart(begin)

    def free(self, begin: float) -> bool:
        """Whether nothing busy touches the quarter hour from `begin` (a time stamp)."""
        return self._busy.clear(begin, begin + QUARTER)

    def apart(self, begin: float) -> bool:
        """Whether that quarter hour is 15 minutes or more from every appointment."""
        return self._kept.clear(begin, begin + QUARTER)


class _Stretches:
    """Half-open stretches of time, merged; says in log n whether one touches another."""

    def __init__(self, stretches: Iterable[tuple[float, float]]) -> None:
        self._starts: list[float] = []
        self._ends: list[float] = []
        for start, end in sorted(stretches):
            if end <= start:
                continue
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def clear(self, start: float, end: float) -> bool:
        """Whether [start, end) touches none of them."""
        return bisect_right(self._ends, start) == bisect_left(self._starts, end)


def quarter_of(moment: datetime) -> int:
    """The first quarter that begins at `moment` or after it."""
    return -int(-moment.timestamp() // QUARTER)


def moment_of(quarter: int) -> datetime:
    """The start of a quarter, in UTC."""
    return datetime.fromtimestamp(quarter * QUARTER, UTC)
