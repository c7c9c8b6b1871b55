"""A series that the user made of an event of ours, when the plan puts the event at another time. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, date, datetime

from callplan.sync.content import parse_when
from callplan.sync.foreign import name_of, value_of

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?\d{1,3}")

#: Days and times that belong to one series at one hour: in the moved one there is nothing at them.
_SINGLE = frozenset({"RDATE", "EXDATE", "EXRULE"})


def is_moved(stood: str | None, wanted: str) -> bool:
    """Whether an event that stood at one time (`content.when_text`; None: nobody knows) is to start at another."""
    return stood is None or parse_when(stood)[0] != parse_when(wanted)[0]


def still_recurring(foreign: Sequence[str], start: datetime) -> tuple[str, ...]:
    """What is not ours of an event (`foreign.foreign_of`) that is moved to `start` (local time in its own zone).

    Without its recurrence, where that would be empty (it ends before the start) or wrong: the start has to be the first
    of the series (RFC 5545 section 3.8.5.3), or clients show what they like.
    """
    names = {name_of(line) for line in foreign}
    rules = [value_of(line) for line in foreign if name_of(line) == "RRULE"]
    if _SINGLE.isdisjoint(names) and all(_begins_with(rule, start) for rule in rules):
        return tuple(foreign)
    return tuple(line for line in foreign if name_of(line) not in _SINGLE | {"RRULE"})


def _begins_with(rule: str, start: datetime) -> bool:
    parts = dict(part.upper().partition("=")[::2] for part in rule.split(";"))
    frequency = parts.pop("FREQ", None)
    if frequency is None:
        return False
    for name, value in parts.items():
        if name == "UNTIL":
            fits = _is_before(start, value)
        elif name == "BYDAY":
            in_a_month = frequency == "MONTHLY" or (frequency == "YEARLY" and "BYMONTH" in parts)
            fits = any(_is_day(one, start, in_a_month) for one in value.split(","))
        elif name in ("INTERVAL", "COUNT", "WKST"):
            continue
        else:  # a part that is none of these is none we could tell of
            counted = _counted(name, start)
            fits = any(_NUMBER.fullmatch(one) and int(one) in counted for one in value.split(","))
        if not fits:
            return False
    return True


def _is_before(start: datetime, until: str) -> bool:
    for form, moment in (("%Y%m%dT%H%M%SZ", start.astimezone(UTC)), ("%Y%m%dT%H%M%S", start), ("%Y%m%d", start)):
        try:
            end = datetime.strptime(until, form)
        except ValueError:
            continue
        plain = moment.replace(tzinfo=None)
        return plain.date() <= end.date() if form == "%Y%m%d" else plain <= end
    return False


def _is_day(one: str, day: date, in_a_month: bool) -> bool:
    """Whether a day of BYDAY (``MO``, ``-1SU``) is this one."""
    found = _DAY.fullmatch(one)
    if not found or found[2] != _DAYS[day.weekday()]:
        return False
    if not found[1]:
        return True
    left = monthrange(day.year, day.month)[1] - day.day
    return in_a_month and int(found[1]) in ((day.day - 1) // 7 + 1, -(left // 7 + 1))


def _counted(name: str, start: datetime) -> tuple[int, ...]:
    """What a part of a rule may say of this start."""
    length = monthrange(start.year, start.month)[1]
    return {
        "BYMONTH": (start.month,),
        "BYMONTHDAY": (start.day, start.day - length - 1),
        "BYHOUR": (start.hour,),
        "BYMINUTE": (start.minute,),
        "BYSECOND": (start.second,),
    }.get(name, ())
