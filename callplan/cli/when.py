"""Where text that a person typed becomes a date or a time, and where one becomes text again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from callplan.book import local_time
from callplan.cli.language import spoken_now, told
from callplan.errors import UsageError

if TYPE_CHECKING:
    import re

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

#: The same in Danish and German. All are read whatever the settings say: no word of one is another day in the other.
_UGEDAGE = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_MAANEDER = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
_WOCHENTAGE = ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag")
_MONATE = (
    "januar", "februar", "märz", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "dezember",
)  # fmt: skip

#: How dates may be written, for messages.
DATE_FORMS = "2026-11-16, 16 Nov, 16.11.2026, tomorrow, friday, next tue, in 3 days"
#: How times may be written, for messages.
TIME_FORMS = "2026-11-16 10:00, 16 Nov 2026 10:00-11:15, tomorrow 14:30, 2026-11-16T10:00+01:00"

#: Countries in which 3/4/2026 is the fourth of March. In all others the day comes first.
_MONTH_COMES_FIRST = frozenset("US PH FM MH PW GU PR VI AS MP".split())  # noqa: SIM905

#: Whether the month comes first where the user lives. None: nobody knows.
_month_first: bool | None = None

#: A day without a year that is no longer ago than this is meant; one further back is next year's.
_RECENT = timedelta(days=60)


def read_slashes_as(country: str | None, language: str) -> None:
    """Read 3/4/2026 from now on as people of that country do, or of that language's where no country is known."""
    global _month_first  # noqa: PLW0603 - set once, as the language is
    tongue, _, region = language.partition("-")
    where = country or region.upper()
    _month_first = where in _MONTH_COMES_FIRST if where else None if tongue == "en" else False


def read_date(text: str, today: date) -> date:
    """The day that `text` means, seen from `today`; a weekday is the next one. Raises `UsageError`."""
    day, rest = _day(" ".join(text.lower().split()), today, text)
    if day is None:
        raise UsageError(told('"{text}" is no date. Write it like {forms}.').format(text=text, forms=told(DATE_FORMS)))
    if rest:
        surplus = told('"{text}" is no date: "{part}" is not understood. Write it like {forms}.')
        raise UsageError(surplus.format(text=text, part=_as_typed(rest, text), forms=told(DATE_FORMS)))
    return day


def read_time(text: str, today: date, or_today: bool = False) -> tuple[datetime, datetime | None]:
    """A day with a clock time, and the end when a span was given; naive unless an offset was written.

    `or_today`: a clock time without a day is today's.

    Of 3/4/2026, which is two days, one on each side of the Atlantic, the user is told which it was taken for. Raises
    `UsageError`, which says what of the text was not understood.
    """
    from callplan.cli import date_forms as forms

    typed = " ".join(forms.DOTS.sub(" ", text.lower()).split())
    half = None
    if part := forms.PART.search(typed):
        half = forms.PARTS[part[1]]
        typed = f"{typed[: part.start()].strip(' ,') or 'today'} {typed[part.end() :]}".strip()
    day, rest = (today, typed) if or_today and _is_clock(typed) else _day(typed, today, text)
    if day is None:
        raise _not_understood(told('"{text}" is no day and time: it begins with no day.'), text)
    if not rest:
        raise _not_understood(told('"{text}" is no day and time: the time of day is missing.'), text)
    found = forms.ISO_CLOCK.fullmatch(rest)
    try:
        if found:
            hour, minute, second, noon, offset = found.groups()
            return datetime.combine(day, _clock(hour, minute, second, noon), _offset(offset)), None
        found = forms.CLOCK.fullmatch(rest)
        if not found or not (_is_clock(rest) or forms.NEAR_DAY.match(typed)):
            raise ValueError
        begins, ends = _span(found, half)
        start = datetime.combine(day, begins, _offset(found[6]))
        end = datetime.combine(day, ends, start.tzinfo) if ends else None
    except ValueError:
        wrong = told('"{text}" is no day and time: "{part}" is no time of day.')
        raise _not_understood(wrong, text, _as_typed(rest, text)) from None
    if end is not None and end <= start:
        raise UsageError(
            told('"{text}" ends before it begins. An offset is written like 2026-11-16T10:00-05:00.').format(text=text)
        )
    return start, end


def _not_understood(sentence: str, text: str, part: str = "") -> UsageError:
    advice = told("Write it like {forms}.").format(forms=told(TIME_FORMS))
    return UsageError(f"{sentence.format(text=text, part=part)} {advice}")


def _as_typed(part: str, text: str) -> str:
    """The part with the capitals it was typed with."""
    plain = " ".join(text.split())
    begin = plain.lower().rfind(part)
    return plain[begin : begin + len(part)] if begin >= 0 else part


def _is_clock(text: str) -> bool:
    """Whether it can be nothing but a time: one number alone may be a day too."""
    from callplan.cli import date_forms as forms

    found = forms.CLOCK.fullmatch(text)
    return bool(found and (found[3] or found[5] or found[7] or (found[1] or ",") != "," or text.endswith("uhr")))


def _span(found: re.Match[str], half: str | None) -> tuple[time, time | None]:
    """Begin and end of a match of `CLOCK`; am or pm may be said once for both (``2-4pm``).

    `half`: that of the part of the day, where it was named.
    """
    _, hour, minute, second, noon, _, hour_2, minute_2, second_2, noon_2 = found.groups()
    if hour_2 is None:
        return _first((noon,) if noon else (half, None), hour, minute, second), None
    if noon:
        begin = _clock(hour, minute, second, noon)
        return begin, _first((noon_2,) if noon_2 else (noon, "pm", None), hour_2, minute_2, second_2, after=begin)
    if noon_2:
        end = _clock(hour_2, minute_2, second_2, noon_2)
        return _first((noon_2, "am", None), hour, minute, second, before=end), end
    return _first((half, None), hour, minute, second), _first((half, None), hour_2, minute_2, second_2)


def _first(
    halves: tuple[str | None, ...], hour: str, minute: str | None, second: str | None,
    after: time = time.min, before: time = time.max,
) -> time:  # fmt: skip
    """The clock time in the first half of the day in which there is one between those two; else as the last says."""
    for one in halves:
        try:
            clock = _clock(hour, minute, second, one)
        except ValueError:
            continue
        if after <= clock < before:
            return clock
    return _clock(hour, minute, second, halves[-1])


def _day(text: str, today: date, original: str) -> tuple[date | None, str]:
    """The day at the beginning of `text`, and what follows it."""
    from callplan.cli import date_forms as forms

    if near := forms.NEAR_DAY.match(text):
        return _shifted(today, forms.NEAR[near[1]], original), _after(text, near)
    for pattern, sign in ((forms.IN_DAYS, 1), (forms.DAYS_AGO, -1)):
        if counted := pattern.match(text):
            count = int(counted[1]) if counted[1].isdigit() else forms.COUNTS[counted[1]]
            days = count * (7 if counted[2][0] in "wu" else 1)
            return _shifted(today, sign * days, original), _after(text, counted)
    text = forms.ADORNED.sub("", text)
    if found := forms.MONTH_FIRST.match(text):
        number = _among(found[1], _MONTHS, _MAANEDER, _MONATE)
        if number is not None:
            return _nearest_year(found[3], number + 1, int(found[2]), today, original), _after(text, found)
    if forms.WORD.match(text):
        return _weekday(text, today, original)
    if found := forms.ISO.match(text):
        return _nearest_year(found[1], int(found[2]), int(found[3]), today, original), _after(text, found)
    if found := forms.NUMBERED.match(text):
        return _numbered(found, today, original), _after(text, found)
    if found := forms.NAMED.match(text):
        number = _among(found[2], _MONTHS, _MAANEDER, _MONATE)
        if number is not None:
            return _nearest_year(found[3], number + 1, int(found[1]), today, original), _after(text, found)
    return None, text


def _shifted(today: date, days: int, original: str) -> date:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        raise UsageError(told('There is no such day as in "{text}".').format(text=original)) from None


def _weekday(text: str, today: date, original: str) -> tuple[date | None, str]:
    """``friday`` is the next one, ``next friday`` that of the week after this, ``last friday`` the latest past one."""
    from callplan.cli import date_forms as forms

    before = forms.WEEK_FROM.match(text)
    named = text[before.end() :] if before else text
    word = forms.WORD.match(named)
    number = _among(word.group(), _WEEKDAYS, _UGEDAGE, _WOCHENTAGE) if word else None
    if word is None or number is None:
        return None, text
    rest = named[word.end() :].strip(" ,.")
    rest = forms.ADORNED.sub("", rest)
    if (rest[:1].isdigit() and not _is_clock(rest)) or forms.MONTH_FIRST.match(rest):
        dated = _day(rest, today, original)  # "Mon 16 Nov 2026": the date says it, the weekday only adorns
        if dated[0] is not None:
            return dated
    which = before[1] if before else ""
    if which in forms.NEXT:
        ahead = number - today.weekday() + 7
    elif which in forms.LAST:
        ahead = -((today.weekday() - number - 1) % 7 + 1)
    else:
        ahead = (number - today.weekday() - 1) % 7 + 1
    return _shifted(today, ahead, original), rest


def _numbered(found: re.Match[str], today: date, original: str) -> date:
    """A date of numbers only. Between dots the day comes first; between slashes it depends, and is said back."""
    first, sign, second, year, apart = found.groups()
    day, month, year = int(first), int(second), year or apart
    if sign == "/" and day <= 12 and month <= 12 and day != month:
        if _month_first is None:
            two = told('"{text}" may have the day first or the month. Write it like {forms}.')
            raise UsageError(two.format(text=original, forms=told(DATE_FORMS)))
        if _month_first:
            day, month = month, day
        meant = _nearest_year(year, month, day, today, original)
        _say_back(original, meant)
        return meant
    if sign == "/" and month > 12:
        day, month = month, day
    return _nearest_year(year, month, day, today, original)


@cache  # a text is read more than once on its way
def _say_back(original: str, meant: date) -> None:
    from callplan.cli.terminal import say_notice

    say_notice(told('"{text}" is read as {day}.').format(text=original, day=f"{_spoken_day(meant)} {meant.year}"))


def _nearest_year(year: str | None, month: int, day: int, today: date, original: str) -> date:
    """The date of these numbers; without a year the next one, or one of the last weeks. 26 is the year 2026."""
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else [today.year - 1, today.year, today.year + 1]
    days = []
    for one in years:
        try:
            days.append(date(one, month, day))
        except ValueError:
            continue
    if not days:
        raise UsageError(told('There is no such day as in "{text}".').format(text=original))
    return next((one for one in days if one >= today - _RECENT), days[-1])


def _after(text: str, found: re.Match[str]) -> str:
    return text[found.end() :].strip(" ,")


def _among(word: str, *languages: tuple[str, ...]) -> int | None:
    """The number of the name that the word begins, in the first language that has one; three letters at least."""
    if len(word) < 3:
        return None
    for names in languages:
        for number, name in enumerate(names):
            if name.startswith(word):
                return number
    return None


def _clock(hour: str, minute: str | None, second: str | None, half: str | None) -> time:
    number = int(hour)
    if half:
        if not 1 <= number <= 12:
            raise ValueError
        number = number % 12 + (12 if half == "pm" else 0)
    return time(number, int(minute or 0), int(second or 0))


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    return datetime.strptime("+00:00" if text == "z" else text, "%z").tzinfo


def day(moment: date, today: date) -> str:
    """``Mon 16 Nov``, with the year when it is not this one."""
    text = _spoken_day(moment)
    return text if moment.year == today.year else f"{text} {moment.year}"


def _spoken_day(moment: date) -> str:
    weekday, month = _WEEKDAYS[moment.weekday()][:3].title(), _MONTHS[moment.month - 1][:3].title()
    return told("{weekday} {day} {month}").format(weekday=told(weekday), day=moment.day, month=told(month))


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
    """``New York`` for ``America/New_York``: what people call a zone, in the user's language."""
    from callplan.words.dates import city_of

    return city_of(timezone, spoken_now())


def in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    """A naive time read in `zone`; an aware one as it is. Raises `UsageError` for a time the clocks leap over."""
    if moment.tzinfo is not None:
        return moment
    try:
        return local_time.in_zone(moment, zone)
    except ValueError as error:
        raise UsageError(*error.args) from None
