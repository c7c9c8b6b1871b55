"""Why a call has no slot, and what would free one; which rules a chosen time breaks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from callplan.plan.business_days import in_words, is_bridge_day, is_business_day, is_half_day
from callplan.plan.calls import CallWish
from callplan.plan.hours import Diary, openings, quarter_of

_DAY = timedelta(days=1)


def obstacle(wish: CallWish, diary: Diary) -> str:
    """One sentence or two: the constraint that leaves no quarter hour for this call, and the way out."""
    days = [wish.earliest + _DAY * n for n in range((wish.latest - wish.earliest).days + 1)]
    between = f"between {in_words(wish.earliest)} and {in_words(wish.latest)}"
    counts = [diary.day(wish.rule, day) for day in days]
    name = wish.callee.person.name
    if not any(is_business_day(day, wish.rule.workdays) for day in days):
        return f"No slot: every day {between} is free for {name}. Call on the first working day after, if you must."
    if not any(count.inside for count in counts):
        return f"No slot: {name} has no calling hours {between}. Give their best_hours to add some."
    if not any(count.awake for count in counts):
        return (
            f"No slot: {name}'s calling hours, {_in_my_time(wish, days)}, are outside your waking hours. "
            f"Widen waking_hours in [me]{'' if wish.rule.best else ', or give their best_hours'}."
        )
    free = [quarter for count in counts for quarter, _ in count.free]
    if not free:
        total = sum(count.awake for count in counts)
        return f"No slot: all {total} possible quarter hours {between} are taken in your calendar. Free one of them."
    if all(quarter < quarter_of(wish.not_before) for quarter in free):
        return f"No slot: the last quarter hour in which {name} could be called {between} is over."
    return f"No slot: other calls take the {len(free)} quarter hours that are free {between}. Free some time there."


def avoided(wish: CallWish, start: datetime, diary: Diary) -> str:
    """What a slot had to avoid, as the rest of a sentence: ``; not Fri 4 Dec 2026, which is busy``. Else empty."""
    there = ZoneInfo(wish.rule.zone)
    chosen = start.astimezone(there).date()
    passed = [wish.target + _DAY * n for n in range(max(0, (chosen - wish.target).days))]
    words = [f"not {in_words(day)}, which {_blemish(wish, day, diary)}" for day in passed if _worth_telling(wish, day)]
    count, quarter = diary.day(wish.rule, chosen), quarter_of(start)
    earlier = [one for one in count.inside if one < quarter and one >= quarter_of(wish.not_before)]
    if earlier and wish.avoid is None:
        if not any(diary.awake(one) for one in earlier):
            words.append("not earlier that day, which is outside your waking hours")
        elif not any(diary.clear(one) for one in earlier if diary.awake(one)):
            words.append("not earlier that day, when you are busy")
        else:
            words.append("not earlier that day, which another call takes")
    return f"; {', '.join(words)}" if words else ""


def _worth_telling(wish: CallWish, day: date) -> bool:
    """Whether the day is one a user would have expected: no weekend."""
    return day.weekday() not in wish.rule.workdays.weekend


def _blemish(wish: CallWish, day: date, diary: Diary) -> str:
    """What spoke against a day."""
    if day in wish.rule.workdays.holidays:
        return f"is {wish.rule.workdays.holidays[day]}"
    count = diary.day(wish.rule, day)
    if not count.inside:
        return "has no calling hours"
    if not count.awake:
        return "is outside your waking hours"
    if not count.free:
        return "is busy"
    if all(quarter < quarter_of(wish.not_before) for quarter, _ in count.free):
        return "is over"
    return "is less good or taken by another call"


def _in_my_time(wish: CallWish, days: list[date]) -> str:
    """The callee's hours on their first working day of these, in the caller's time: ``00:30-02:00 with you``."""
    there, here = ZoneInfo(wish.rule.zone), wish.case.my_zone
    day = next(day for day in days if openings(wish.rule, day))
    words = []
    for one in openings(wish.rule, day):
        start = datetime.combine(day, one.hours.start, there).astimezone(here)
        end = datetime.combine(day, one.hours.end, there).astimezone(here)
        words.append(f"{start:%H:%M}-{end:%H:%M}")
    return " and ".join(words) + " with you"


def broken_rules(wish: CallWish, start: datetime, diary: Diary) -> str | None:
    """What speaks against a time that somebody chose; None when nothing does."""
    there = ZoneInfo(wish.rule.zone)
    name = wish.callee.person.name
    local = start.astimezone(there)
    broken = []
    if not is_business_day(local.date(), wish.rule.workdays):
        holiday = wish.rule.workdays.holidays.get(local.date(), "no working day")
        broken.append(f"it is {holiday} where {name} is")
    else:
        end = (local.replace(tzinfo=None) + timedelta(minutes=15)).time()
        inside = any(o.hours.start <= local.time() and end <= o.hours.end for o in openings(wish.rule, local.date()))
        if not inside:
            broken.append(f"{local:%H:%M} is outside {name}'s calling hours")
    quarter = int(start.timestamp() // 900)
    if not diary.awake(quarter):
        broken.append("it is outside your waking hours")
    if not diary.clear(quarter):
        broken.append("your calendar has something else then")
    return f"Kept as chosen, but {', and '.join(broken)}." if broken else None


def many_away(wish: CallWish, start: datetime) -> str | None:
    """A warning when many are away that day where the callee is: a bridge day, a quiet season."""
    day = start.astimezone(ZoneInfo(wish.rule.zone)).date()
    if is_bridge_day(day, wish.rule.workdays):
        return f"{in_words(day)} is a bridge day, which many take off: a call may reach nobody."
    if is_half_day(day, wish.rule.workdays):
        return f"{in_words(day)} is {wish.rule.workdays.half_days[day]}, when many are off or leave early."
    here = (day.month, day.day)
    for quiet in wish.rule.profile.quiet:
        across_new_year = quiet.first > quiet.last
        within = quiet.first <= here <= quiet.last
        if within or (across_new_year and (here >= quiet.first or here <= quiet.last)):
            return f"It falls into {quiet.name}, when many are away: a call may reach nobody."
    return None
