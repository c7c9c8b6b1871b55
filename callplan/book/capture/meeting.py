"""When an event of an invitation is, and on whose clock; a day alone where it says no hour."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from callplan.book.capture.calendar_file import Calendar, Component
from callplan.book.capture.clocks import Clock, clock_of
from callplan.book.capture.content_lines import ContentLine
from callplan.book.capture.taken import UnusableError
from callplan.book.capture.wording import one_line
from callplan.book.local_time import YEARS, in_zone, later
from callplan.message import message

_DATE_TIME = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?$",
    re.IGNORECASE,
)
_DURATION = re.compile(r"\+?P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,5})S)?)?")


@dataclass(frozen=True, slots=True)
class Time:
    """A time of the file. `moment` is aware, `local` as written; a date alone has neither a moment nor an hour."""

    written: str
    moment: datetime | None
    local: datetime | None
    clock: Clock | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One event, read. `order` sorts."""

    event: Component
    start: Time
    end: Time | None
    order: str


def meeting(event: Component, calendar: Calendar) -> Meeting:
    line = event.first("DTSTART")
    if line is None:
        raise UnusableError(message("the event has no start."))
    start = _time(line, event, calendar)
    end_line, duration = event.first("DTEND"), event.first("DURATION")
    end = _time(end_line, event, calendar) if end_line else None
    if end is None and duration and start.local:
        length = _length(duration.text.strip())
        end = _moved(start, length) if length else None
    if end and (end.local is None) != (start.local is None):
        end = None
    _check_order(start, end)
    if end and (end.written == start.written or (end.moment and end.moment == start.moment)):
        end = None
    if _is_all_day(event, start, end):
        start, end = Time(start.written[:10], None, None), None
    order = (start.moment.astimezone(UTC).isoformat() if start.moment else start.written)[:19]
    return Meeting(event, start, end, order)


def _time(line: ContentLine, event: Component, calendar: Calendar) -> Time:
    """A DTSTART or DTEND. Raises `UnusableError` for what is no date."""
    # A TZID with a colon that is not in quotes pushes its second half into the value.
    tail = re.search(r"(?:^|:)((?:\d{8}|\d{4}-\d{2}-\d{2})(?:[Tt ].*)?)$", line.value.strip())
    found = _DATE_TIME.match(tail[1]) if tail else None
    if tail is None or found is None:
        raise UnusableError(message('its time "{text}" is no date.', text=one_line(line.value, 30)))
    try:
        written = datetime(*(int(part or 0) for part in found.groups()[:6]))  # type: ignore[arg-type]
    except ValueError:
        raise UnusableError(message('its time "{text}" does not exist.', text=one_line(line.value, 30))) from None
    if written.year not in YEARS:
        raise UnusableError(message("it is of the year {year}.", year=written.year))
    if found[4] is None:
        return Time(written.date().isoformat(), None, None)
    if found[7] in ("Z", "z"):
        return Time(f"{written.isoformat()}+00:00", written.replace(tzinfo=UTC), written, Clock(UTC))
    if found[7]:
        offset = datetime.strptime(found[7].replace(":", ""), "%z").tzinfo
        return Time(written.replace(tzinfo=offset).isoformat(), written.replace(tzinfo=offset), written, None)
    tzid = line.parameter("TZID")
    prefix = line.value.strip()[: -len(tail[1])].rstrip(":")
    if tzid and prefix:
        tzid = f"{tzid}:{prefix}"
    if not tzid and event.first("TZID"):
        tzid = event.text("TZID").strip()  # Zoom names the zone of a local time in a line of its own
    if not tzid:
        return Time(written.isoformat(), None, written, doubt=message("The invitation does not say in which time zone"))
    clock = clock_of(tzid, calendar.zones.get(tzid), written)
    if clock is None:
        doubt = message('"{text}" is no time zone that is known for certain, in which', text=one_line(tzid, 60))
        return Time(written.isoformat(), None, written, doubt=doubt)
    try:
        moment = in_zone(written, clock.zone)  # type: ignore[arg-type]
    except (ValueError, AttributeError):
        return Time(
            written.isoformat(),
            None,
            written,
            doubt=message("Clocks go forward over that time, so it is not clear in which time zone"),
        )
    return Time(moment.isoformat(), moment, written, clock)


def _length(text: str) -> timedelta | None:
    found = _DURATION.fullmatch(text.upper())
    if not found:
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)


def _moved(start: Time, length: timedelta) -> Time | None:
    if start.local is None:
        return None
    local = start.local + length
    if local.year not in YEARS:
        return None
    moment = later(start.moment, length) if start.moment else None
    return Time(moment.isoformat() if moment else local.isoformat(), moment, local, start.clock, start.doubt)


def _check_order(start: Time, end: Time | None) -> None:
    if end is None:
        return
    wrong = end.moment < start.moment if end.moment and start.moment else end.written < start.written
    if wrong:
        begins, ends = (time.written[:16].replace("T", " ") for time in (start, end))
        raise UnusableError(
            message(
                "it ends ({ends}) before it begins ({begins}). Ask them for the right times.", ends=ends, begins=begins
            )
        )


def _is_all_day(event: Component, start: Time, end: Time | None) -> bool:
    """A day and no hour: as a date, or from midnight to midnight, as Outlook writes it."""
    if start.local is None:
        return True
    midnight = start.local.hour == start.local.minute == 0
    told = event.text("X-MICROSOFT-CDO-ALLDAYEVENT").strip().upper() == "TRUE"
    whole = end is not None and end.local is not None and (end.local - start.local) % timedelta(days=1) == timedelta(0)
    return midnight and (told or whole)


def shown_in(time: Time, clock: Clock) -> Time:
    """The same moment, on the clock of the workplace where that is known."""
    if time.moment is None or clock.name is None:
        return time
    moment = time.moment.astimezone(clock.zone)
    return replace(time, written=moment.isoformat(), moment=moment)


def sequence(event: Component) -> int:
    text = event.text("SEQUENCE").strip()
    return min(int(text), 2**31 - 1) if re.fullmatch(r"\d{1,10}", text) else 0
