"""Business days: the working week and the public holidays of the country concerned."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from callplan.plan.world import Workdays

#: What is sent later than this, in the addressee's local time, counts from the next business day.
CLOSE_OF_BUSINESS = time(17)

_DAY = timedelta(days=1)

#: A stretch of free days longer than this is a mistake in the data, not a holiday.
_LONGEST_HOLIDAY = 60


def is_business_day(day: date, workdays: Workdays) -> bool:
    """Whether offices are open on `day`; half days are business days."""
    return day.weekday() not in workdays.weekend and day not in workdays.holidays


def is_half_day(day: date, workdays: Workdays) -> bool:
    """Whether offices are open on `day` in the morning only."""
    return day in workdays.half_days and is_business_day(day, workdays)


def is_bridge_day(day: date, workdays: Workdays) -> bool:
    """Whether `day` is a single working day between free ones, which many take off."""
    return is_business_day(day, workdays) and not (
        is_business_day(day - _DAY, workdays) or is_business_day(day + _DAY, workdays)
    )


def first_business_day(day: date, workdays: Workdays) -> date:
    """`day` itself, or the first business day after it."""
    for _ in range(_LONGEST_HOLIDAY):
        if is_business_day(day, workdays):
            return day
        day += _DAY
    return day


def business_days_after(day: date, count: int, workdays: Workdays) -> date:
    """The `count`-th business day after `day` (day 0 is the day of the act; two after a Monday is Wednesday)."""
    for _ in range(count):
        day = first_business_day(day + _DAY, workdays)
    return day


def counted_day(moment: datetime, zone: ZoneInfo, workdays: Workdays) -> date:
    """The business day from which something done at `moment` counts, in the local time of whoever receives it."""
    local = moment.astimezone(zone)
    day = local.date()
    if local.time() > CLOSE_OF_BUSINESS:
        day += _DAY
    return first_business_day(day, workdays)


def edges_of_week(workdays: Workdays) -> tuple[int, int]:
    """The first and the last weekday of the working week: Monday and Friday, or Sunday and Thursday."""
    return _edges(workdays.weekend)


@lru_cache(maxsize=32)
def _edges(weekend: frozenset[int]) -> tuple[int, int]:
    working = [day for day in range(7) if day not in weekend]
    if not working or len(working) == 7:
        return 0, 4
    first = next(day for day in working if (day - 1) % 7 in weekend)
    last = next(day for day in working if (day + 1) % 7 in weekend)
    return first, last
