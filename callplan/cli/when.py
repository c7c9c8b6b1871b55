"""Where text that a person typed becomes a date or a time, and where one becomes text again."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from callplan.book import local_time
from callplan.errors import UsageError

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_NAMED = re.compile(r"(\d{1,2})\.?\s+([a-z]{3,9})\.?\s+(\d{4})")
_HOUR = r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?\s*(am|pm)?"
# After a T, as in ISO 8601, "-05:00" is an offset; after a space, "10:00-11:15" is a span.
_ISO_CLOCK = re.compile(rf"t{_HOUR}(z|[+-]\d{{2}}:?\d{{2}})?")
_CLOCK = re.compile(rf"(?:at\s|kl\.?\s|,)?\s*{_HOUR}(z|\+\d{{2}}:?\d{{2}})?(?:\s*(?:-|–|to|until)\s*{_HOUR})?")

#: How dates may be written, for messages.
DATE_FORMS = "2026-11-16, 16.11.2026, 16 Nov 2026, tomorrow, friday"
#: How times may be written, for messages.
TIME_FORMS = "2026-11-16 10:00, 16 Nov 2026 10:00-11:15, tomorrow 14:30, 2026-11-16T10:00+01:00"


def read_date(text: str, today: date) -> date:
    """The day that `text` means, seen from `today`; a weekday is the next one. Raises `UsageError`."""
    day, rest = _day(text.strip().lower(), today, text)
    if day is None or rest:
        raise UsageError(f'"{text}" is no date. Write it like {DATE_FORMS}.')
    return day


def read_time(text: str, today: date, or_today: bool = False) -> tuple[datetime, datetime | None]:
    """A day with a clock time, and the end when a span was given; naive unless an offset was written.

    `or_today`: a clock time without a day is today's.

    Slashed dates are refused on purpose: 3/4/2026 is two days, one on each side of the Atlantic. Raises `UsageError`.
    """
    wrong = UsageError(f'"{text}" is no day and time. Write it like {TIME_FORMS}.')
    typed = text.strip().lower()
    day, rest = (today, typed) if or_today and _CLOCK.fullmatch(typed) else _day(typed, today, text)
    found = _ISO_CLOCK.fullmatch(rest) or _CLOCK.fullmatch(rest)
    if day is None or not found:
        raise wrong
    hour, minute, second, half, offset, *until = found.groups()
    try:
        start = datetime.combine(day, _clock(hour, minute, second, half), _offset(offset))
        end = datetime.combine(day, _clock(*until), start.tzinfo) if until and until[0] else None
    except ValueError:
        raise wrong from None
    if end is not None and end <= start:
        raise UsageError(f'"{text}" ends before it begins. An offset is written like 2026-11-16T10:00-05:00.')
    return start, end


def _day(text: str, today: date, original: str) -> tuple[date | None, str]:
    """The day at the beginning of `text`, and what follows it."""
    if text.startswith("today"):
        return today, text[5:].strip()
    if text.startswith("tomorrow"):
        return today + timedelta(days=1), text[8:].strip()
    if text.startswith("yesterday"):
        return today - timedelta(days=1), text[9:].strip()
    word = re.match(r"[a-z]+", text)
    if word and len(word.group()) >= 3:
        number = _among(word.group(), _WEEKDAYS)
        if number is None:
            return None, text
        rest = text[word.end() :].strip(" ,.")
        ahead = (number - today.weekday() - 1) % 7 + 1
        if rest and rest[0].isdigit() and not _CLOCK.fullmatch(rest):
            return _day(rest, today, original)  # "Mon 16 Nov 2026": the date says it, the weekday only adorns
        return today + timedelta(days=ahead), rest
    for pattern, order in ((_ISO, (1, 2, 3)), (_DOTTED, (3, 2, 1)), (_NAMED, (3, 2, 1))):
        if not (found := pattern.match(text)):
            continue
        year, month, day = (found.group(part) for part in order)
        if pattern is _NAMED:
            number = _among(month, _MONTHS)
            if number is None:
                return None, text
            month = str(number + 1)
        try:
            return date(int(year), int(month), int(day)), text[found.end() :].strip()
        except ValueError:
            raise UsageError(f'There is no such day as in "{original}".') from None
    return None, text


def _among(word: str, names: tuple[str, ...]) -> int | None:
    return next((number for number, name in enumerate(names) if name.startswith(word)), None)


def _clock(hour: str, minute: str, second: str | None, half: str | None) -> time:
    number = int(hour)
    if half:
        if not 1 <= number <= 12:
            raise ValueError
        number = number % 12 + (12 if half == "pm" else 0)
    return time(number, int(minute), int(second or 0))


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    return datetime.strptime("+00:00" if text == "z" else text, "%z").tzinfo


def day(moment: date, today: date) -> str:
    """``Mon 16 Nov``, with the year when it is not this one."""
    text = f"{_WEEKDAYS[moment.weekday()][:3].title()} {moment.day} {_MONTHS[moment.month - 1][:3].title()}"
    return text if moment.year == today.year else f"{text} {moment.year}"


def clock(moment: datetime) -> str:
    """``10:00``."""
    return f"{moment:%H:%M}"


def span(start: datetime, end: datetime | None, today: date) -> str:
    """``Mon 16 Nov 10:00-11:15``; both aware and already in the zone to be shown."""
    text = f"{day(start, today)} {clock(start)}"
    if end is None or end == start:
        return text
    return f"{text}-{clock(end)}" if end.date() == start.date() else f"{text} - {day(end, today)} {clock(end)}"


def place_name(timezone: str) -> str:
    """``New York`` for ``America/New_York``: what people call a zone."""
    return timezone.rsplit("/", 1)[-1].replace("_", " ")


def in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    """A naive time read in `zone`; an aware one as it is. Raises `UsageError` for a time the clocks leap over."""
    if moment.tzinfo is not None:
        return moment
    try:
        return local_time.in_zone(moment, zone)
    except ValueError as error:
        raise UsageError(str(error)) from None
