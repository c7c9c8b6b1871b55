"""Lengths of waiting, as people say them in English and Danish: "2 weeks", "3 working days", "en måned"."""

from __future__ import annotations

import re

from callplan.book.types import Period
from callplan.message import Message, counted_message, message
from callplan.quoted import shown

_PERIOD = re.compile(
    r"(?P<count>[0-9]{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|en|et|to|tre|fire|fem|seks)\s+"
    r"(?:(?P<working>(?:working|business)\s+)?(?P<day>days?|workdays?|weekdays?|dage?|hverdage?|arbejdsdage?)|"
    r"(?P<unit>week|month|uge|måned)(?:s|r|er)?)",
    re.IGNORECASE,
)
_UNITS = {"uge": "week", "måned": "month"}
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "en": 1, "et": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6,
}  # fmt: skip

#: Nobody waits longer for an answer: a year and a day.
_PLURALS = {
    "day": message("days"),
    "working day": message("working days"),
    "week": message("weeks"),
    "month": message("months"),
}
_MOST = {"day": 366, "working day": 260, "week": 53, "month": 12}


def parse_period(text: str) -> Period:
    """The length of waiting that `text` says. Raises `ValueError` with a sentence."""
    found = _PERIOD.fullmatch(text.strip())
    if not found:
        raise ValueError(
            message(
                '{text} is no length of time. Write it like "2 weeks", "10 days", "1 month" or "3 working days".',
                text=shown(text),
            )
        )
    word = found["count"].lower()
    count = _COUNTS[word] if word in _COUNTS else int(word)
    if found["unit"]:
        unit = _UNITS.get(found["unit"].lower(), found["unit"].lower())
    else:
        working = found["working"] or found["day"].lower()[0] in "wha"
        unit = "working day" if working else "day"
    if not 1 <= count <= _MOST[unit]:
        raise ValueError(
            message("{text} must be 1 to {most} {units}.", text=shown(text), most=_MOST[unit], units=_PLURALS[unit])
        )
    return Period(count, unit)


def spoken(period: Period) -> str:
    """The text that `parse_period` reads: ``3 working days``."""
    return f"{period.count} {period.unit}{'' if period.count == 1 else 's'}"


def in_words(period: Period) -> Message:
    """The same as a message: ``3 working days``, which can be said in the user's language."""
    match period.unit:
        case "day":
            return counted_message("{count} day", "{count} days", period.count)
        case "working day":
            return counted_message("{count} working day", "{count} working days", period.count)
        case "week":
            return counted_message("{count} week", "{count} weeks", period.count)
        case _:
            return counted_message("{count} month", "{count} months", period.count)
