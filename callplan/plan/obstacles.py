"""Why a call has no slot, and what would free one; which rules a chosen time breaks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from callplan.message import Message, joined, message
from callplan.plan.business_days import is_bridge_day, is_business_day, is_half_day
from callplan.plan.calls import CallWish
from callplan.plan.hours import QUARTER, Diary, openings, quarter_of

_DAY = timedelta(days=1)


def obstacle(wish: CallWish, diary: Diary) -> Message:
    """One sentence or two: the constraint that leaves no quarter hour for this call, and the way out."""
    days = [wish.earliest + _DAY * n for n in range((wish.latest - wish.earliest).days + 1)]
    between = message("between {first} and {last}", first=wish.earliest, last=wish.latest)
    counts = [diary.day(wish.rule, day) for day in days]
    name = wish.callee.person.name
    if not any(is_business_day(day, wish.rule.workdays) for day in days):
        return message(
            "No slot: every day {between} is free for {name}. Call on the first working day after, if you must.",
            between=between,
            name=name,
        )
    if not any(count.inside for count in counts):
        return message(
            "No slot: {name} has no calling hours {between}. Give their best_hours to add some.",
            between=between,
            name=name,
        )
    if not any(count.awake for count in counts):
        return _asleep(wish, days)
    bound = quarter_of(wish.not_before)  # what has gone by is in nobody's way
    left = [quarter for count in counts for quarter in count.inside if quarter >= bound]
    if not left:
        return message(
            "No slot: the last quarter hour in which {name} could be called {between} is over.",
            between=between,
            name=name,
        )
    awake = [quarter for quarter in left if diary.awake(quarter)]
    if not awake:
        return _asleep(wish, days)
    today = wish.not_before.astimezone(ZoneInfo(wish.rule.zone)).date()
    between = message("between {first} and {last}", first=max(wish.earliest, today), last=wish.latest)
    free = [quarter for count in counts for quarter, _ in count.free if quarter >= bound]
    if not free:
        return message(
            "No slot: all {total} possible quarter hours {between} are taken in your calendar. Free one of them.",
            total=len(awake),
            between=between,
        )
    return message(
        "No slot: other calls take the {count} quarter hours that are free {between}. Free some time there.",
        count=len(free),
        between=between,
    )


def _asleep(wish: CallWish, days: list[date]) -> Message:
    name, hours = wish.callee.person.name, _in_my_time(wish, days)
    if wish.rule.best:
        return message(
            "No slot: {name}'s calling hours, {hours}, are outside your waking hours. Widen waking_hours in [me].",
            name=name,
            hours=hours,
        )
    return message(
        "No slot: {name}'s calling hours, {hours}, are outside your waking hours. Widen waking_hours in [me], or give "
        "their best_hours.",
        name=name,
        hours=hours,
    )


def avoided(wish: CallWish, start: datetime, diary: Diary, *, kept: bool) -> Message:
    """What a slot had to avoid, as the rest of a sentence: ``; not Fri 4 Dec 2026, which is busy``. Else empty.

    `kept`: it is not the best of the free ones, but it stands in the user's calendar already.
    """
    there = ZoneInfo(wish.rule.zone)
    chosen = start.astimezone(there).date()
    passed = [wish.target + _DAY * n for n in range(max(0, (chosen - wish.target).days))]
    blemishes = [(day, _blemish(wish, day, diary)) for day in passed if _worth_telling(wish, day)]
    words = [
        blemish or message("not {day}, which is less good or taken by another call", day=day)
        for day, blemish in blemishes
        if blemish or not kept
    ]
    count, quarter = diary.day(wish.rule, chosen), quarter_of(start)
    earlier = [one for one in count.inside if one < quarter and one >= quarter_of(wish.not_before)]
    if earlier and wish.avoid is None:
        if not any(diary.awake(one) for one in earlier):
            words.append(message("not earlier that day, which is outside your waking hours"))
        elif not any(diary.clear(one) for one in earlier if diary.awake(one)):
            words.append(message("not earlier that day, when you are busy"))
        elif not kept:
            words.append(message("not earlier that day, which another call takes"))
    if kept:
        words.append(message("it stands in your calendar already, and stays there while it is good"))
    return joined("", ["; ", joined(", ", words)]) if words else joined("", ())


def _worth_telling(wish: CallWish, day: date) -> bool:
    """Whether the day is one a user would have expected: no weekend."""
    return day.weekday() not in wish.rule.workdays.weekend


def _blemish(wish: CallWish, day: date, diary: Diary) -> Message | None:
    """What spoke against a day by itself; None when a quarter hour of it was free."""
    if day in wish.rule.workdays.holidays:
        holiday = message(wish.rule.workdays.holidays[day])
        return message("not {day}, which is {holiday}", day=day, holiday=holiday)
    count = diary.day(wish.rule, day)
    if not count.inside:
        return message("not {day}, which has no calling hours", day=day)
    if not count.awake:
        return message("not {day}, which is outside your waking hours", day=day)
    if not count.free:
        return message("not {day}, which is busy", day=day)
    left = {half for quarter, half in count.free if quarter >= quarter_of(wish.not_before)}
    if not left:
        return message("not {day}, which is over", day=day)
    if left == {wish.avoid}:
        return message("not {day}, when you would call at the same time of day again", day=day)
    return None


def _in_my_time(wish: CallWish, days: list[date]) -> Message:
    """The callee's hours on their first working day of these, in the caller's time: ``00:30-02:00 with you``."""
    there, here = ZoneInfo(wish.rule.zone), wish.case.my_zone
    day = next(day for day in days if openings(wish.rule, day))
    words = []
    for one in openings(wish.rule, day):
        start = datetime.combine(day, one.hours.start, there).astimezone(here)
        end = datetime.combine(day, one.hours.end, there).astimezone(here)
        words.append(message("{start}-{end}", start=start.time(), end=end.time()))
    return message("{hours} with you", hours=joined(message(" and "), words))


def broken_rules(wish: CallWish, start: datetime, diary: Diary, *, beside: bool) -> Message | None:
    """What speaks against a time that somebody chose, all of it; None when nothing does.

    `beside`: it is too near to another call whose time was chosen, which is not in the `diary`.
    """
    there = ZoneInfo(wish.rule.zone)
    name = wish.callee.person.name
    local = start.astimezone(there)
    broken = []
    if not is_business_day(local.date(), wish.rule.workdays):
        holiday = message(wish.rule.workdays.holidays.get(local.date(), "no working day"))
        broken.append(message("it is {holiday} where {name} is", holiday=holiday, name=name))
    else:
        end = (local.replace(tzinfo=None) + timedelta(minutes=15)).time()
        inside = any(o.hours.start <= local.time() and end <= o.hours.end for o in openings(wish.rule, local.date()))
        if not inside:
            broken.append(message("{time} is outside {name}'s calling hours", time=local.time(), name=name))
    if start != wish.case.history.call_back:  # they may ask for any day
        latest = wish.due.astimezone(there).date()
        if local.date() < wish.earliest:
            broken.append(message("it is before {day}, the earliest day for it", day=wish.earliest))
        elif local.date() > latest:
            broken.append(message("it is after {day}, the latest day for it", day=latest))
    if not diary.awake(int(start.timestamp() // QUARTER)):
        broken.append(message("it is outside your waking hours"))
    if not diary.free(start.timestamp()):
        broken.append(message("your calendar has something else then"))
    if beside or not diary.apart(start.timestamp()):
        broken.append(message("it is less than 15 minutes from another call or interview"))
    if not broken:
        return None
    reasons = broken[0]
    for other in broken[1:]:
        reasons = message("{one}, and {other}", one=reasons, other=other)
    return message("Kept as chosen, but {reasons}.", reasons=reasons)


def many_away(wish: CallWish, start: datetime) -> Message | None:
    """A warning when many are away that day where the callee is: a bridge day, a quiet season."""
    day = start.astimezone(ZoneInfo(wish.rule.zone)).date()
    if is_bridge_day(day, wish.rule.workdays):
        return message("{day} is a bridge day, which many take off: a call may reach nobody.", day=day)
    if is_half_day(day, wish.rule.workdays):
        eve = message(wish.rule.workdays.half_days[day])
        return message("{day} is {holiday}, when many are off or leave early.", day=day, holiday=eve)
    here = (day.month, day.day)
    for quiet in wish.rule.profile.quiet:
        across_new_year = quiet.first > quiet.last
        within = quiet.first <= here <= quiet.last
        if within or (across_new_year and (here >= quiet.first or here <= quiet.last)):
            season = message(quiet.name)
            return message("It falls into {season}, when many are away: a call may reach nobody.", season=season)
    return None
