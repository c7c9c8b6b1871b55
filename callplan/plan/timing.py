"""Sensible times: the morning of the addressee, the evening before, the next moment for something late."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from callplan.plan.business_days import is_business_day, is_half_day
from callplan.plan.world import Me, Workdays

#: When something late is moved to: few fixed hours, so that a plan made again a minute later is the same plan.
_ANCHORS = (time(9), time(13), time(17))

#: The same for something that should arrive within office hours.
_OFFICE_ANCHORS = (time(9), time(13), time(16))

#: Messages that are not answers come so far apart: two on two days running look desperate.
APART = timedelta(days=2)

_LAST_MINUTE = time(23, 59)
_MORNING = time(9)
_NOON = time(12)
_EVENING = time(19)
_LAST_ORDERS = time(16, 45)  # a call begun then is over when the office closes
_FAR_ENOUGH = 60  # days in which a sensible moment is certainly found


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last minute of a day, for what is due "on" a date."""
    return datetime.combine(day, _LAST_MINUTE, zone)


def is_end_of_day(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether it stands for a whole day (`end_of_day`): to people, the day is then all there is to say."""
    return moment.astimezone(zone).time() == _LAST_MINUTE


def waking(day: date, me: Me) -> tuple[datetime, datetime]:
    """The user's waking hours of one day."""
    zone = ZoneInfo(me.timezone)
    return datetime.combine(day, me.waking_hours.start, zone), datetime.combine(day, me.waking_hours.end, zone)


def next_waking(moment: datetime, me: Me) -> datetime:
    """`moment`, rounded up to a quarter hour, if the user is awake then; else when they next are."""
    rounded = _to_quarter(moment).astimezone(ZoneInfo(me.timezone))
    start, end = waking(rounded.date(), me)
    if rounded < start:
        return start
    return rounded if rounded < end else waking(rounded.date() + timedelta(days=1), me)[0]


def next_sensible(now: datetime, me: Me) -> datetime:
    """The next of a few fixed hours in the user's day, after `now`."""
    zone = ZoneInfo(me.timezone)
    day = now.astimezone(zone).date()
    for _ in range(_FAR_ENOUGH):
        start, end = waking(day, me)
        moments = [datetime.combine(day, anchor, zone) for anchor in _ANCHORS]
        for moment in [m for m in moments if start <= m < end] or [start]:
            if moment >= now:
                return moment
        day += timedelta(days=1)
    return now


def office_morning(day: date, addressee: ZoneInfo, me: Me) -> datetime:
    """When to write so that it lies there in the morning of `day`: 09:00 there, moved into the user's waking hours.

    If the user sleeps then: the first waking minute, as long as it is still morning there; else the evening before,
    as long as `day` has begun there; else the first waking minute all the same.
    """
    moment = datetime.combine(day, _MORNING, addressee)
    start, _ = waking(moment.astimezone(ZoneInfo(me.timezone)).date(), me)
    if moment < start and start.astimezone(addressee).time() < _NOON and start.astimezone(addressee).date() == day:
        return start
    return _awake_around(moment, addressee, me)


def next_office_hour(now: datetime, addressee: ZoneInfo, workdays: Workdays, me: Me) -> datetime:
    """The next business hour (of a few fixed ones) of the addressee at which the user is awake, after `now`.

    On half days that of the morning.
    """
    day = now.astimezone(addressee).date()
    for _ in range(_FAR_ENOUGH):
        if is_business_day(day, workdays):
            anchors = _OFFICE_ANCHORS[:1] if is_half_day(day, workdays) else _OFFICE_ANCHORS
            for anchor in anchors:
                moment = _awake_around(datetime.combine(day, anchor, addressee), addressee, me)
                if moment >= now:
                    return moment
        day += timedelta(days=1)
    return now


def next_open_hour(now: datetime, there: ZoneInfo, workdays: Workdays, me: Me) -> datetime:
    """The next quarter hour at which an office there is open (9 to 17 on a business day) and the user is awake.

    Where the two never meet within a fortnight, when the user is next awake.
    """
    moment = _to_quarter(now)
    for _ in range(14 * 96):
        local = moment.astimezone(there)
        open_there = time(9) <= local.time() < _LAST_ORDERS and is_business_day(local.date(), workdays)
        if open_there and next_waking(moment, me) == moment:
            return moment
        moment += timedelta(minutes=15)
    return next_waking(now, me)


def evening_before(moment: datetime, me: Me) -> datetime:
    """The evening before `moment`, in the user's day: 19:00, or an hour before they go to sleep."""
    zone = ZoneInfo(me.timezone)
    start, end = waking(moment.astimezone(zone).date() - timedelta(days=1), me)
    evening = datetime.combine(start.date(), _EVENING, zone)
    return max(start, min(evening, end - timedelta(hours=1)))


def at(day: date, hour: int, me: Me) -> datetime:
    """`hour` o'clock of the user's `day`, moved into the waking hours."""
    start, end = waking(day, me)
    moment = datetime.combine(day, time(hour), ZoneInfo(me.timezone))
    return max(start, min(moment, end - timedelta(hours=1)))


def _awake_around(moment: datetime, there: ZoneInfo, me: Me) -> datetime:
    local = moment.astimezone(ZoneInfo(me.timezone))
    start, end = waking(local.date(), me)
    if start <= local < end:
        return local
    before = (end if local >= end else waking(local.date() - timedelta(days=1), me)[1]) - timedelta(minutes=30)
    if before.astimezone(there).date() == moment.date():
        return before
    return start if local < start else waking(local.date() + timedelta(days=1), me)[0]


def _to_quarter(moment: datetime) -> datetime:
    seconds = -int(-moment.timestamp() // 900) * 900
    return datetime.fromtimestamp(seconds, moment.tzinfo)
