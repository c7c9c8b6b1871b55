"""Lengths of waiting, as people say them in English and Danish: "2 weeks", "3 working days", "en måned"."""

from __future__ import annotations

import re

from callplan.book.types import Period
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
_MOST = {"day": 366, "working day": 260, "week": 53, "month": 12}


def parse_period(text: str) -> Period:
    """The length of waiting that `text` says. Raises `ValueError` with a sentence."""
    found = _PERIOD.fullmatch(text.strip())
    if not found:
        raise ValueError(
            f'{shown(text)} is no length of time. Write it like "2 weeks", "10 days", "1 month" or "3 working days".'
        )
    word = found["count"].lower()
    count = _COUNTS[word] if word in _COUNTS else int(word)
    if found["unit"]:
        unit = _UNITS.get(found["unit"].lower(), found["unit"].lower())
    else:
        working = found["working"] or found["day"].lower()[0] in "wha"
        unit = "working day" if working else "day"
    if not 1 <= count <= _MOST[unit]:
        raise ValueError(f"{shown(text)} must be 1 to {_MOST[unit]} {unit}s.")
    return Period(count, unit)


def spoken(period: Period) -> str:
    """The text that `parse_period` reads: ``3 working days``."""
    return f"{period.count} {period.unit}{'' if period.count == 1 else 's'}"
