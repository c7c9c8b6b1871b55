"""The process of its own that works out when events of foreign calendars take place.

`callplan.sync.busy` starts it, and ends it when it takes too long: a calendar may hold a rule that never comes to an
end. On stdin: one line of JSON (`zone`, `start`, `end`, `ignored` UIDs, `sizes`), then the calendars' bytes. On stdout:
a line of JSON for each, with `busy` (pairs of seconds since 1970), or `fault` (a sentence) and perhaps `line`.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from icalendar.timezone import tzp
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from callplan.sync.lean import CalendarFault, LeanCalendar, LeanEvent, lean
from callplan.zones import is_zone

_MOST = 50_000  # stretches of busy time in one calendar
_MEMORY = 1 << 30
_MARGIN = timedelta(days=1)  # whole days are compared as UTC ones; the user's lie up to 14 hours off

_UTC_NAMES = frozenset({"utc", "gmt", "z", "tzone://microsoft/utc", "coordinated universal time"})


def occurrences(
    content: bytes, zone: ZoneInfo, start: datetime, end: datetime, ignored: frozenset[str]
) -> list[tuple[datetime, datetime]]:
    """When the events of a calendar that are not free, cancelled or `ignored` take place (UTC), unsorted.

    `zone` is the user's: that of whole days and of times without a zone. Raises `CalendarFault`.
    """
    slim = lean(content, start, end, _zone_of, zone.key)
    slim.events[:] = [event for event in slim.events if event.uid.strip() not in ignored]
    found = [period for period in slim.periods if period[0] < end and start < period[1]]
    for event in _happening(slim, start, end):
        if _is_free(event):
            continue
        first, last = (_moment(event.get(name).dt, zone) for name in ("DTSTART", "DTEND"))
        if first < last and first < end and start < last:
            found.append((first, last))
        if len(found) > _MOST:
            raise CalendarFault(f"more than {_MOST:,} events lie in the time ahead.")
    return found


def _happening(slim: LeanCalendar, start: datetime, end: datetime) -> list[Any]:
    """Each event as often as it happens."""
    try:
        return _worked_out(slim, slim.events, start, end)
    except (CalendarFault, MemoryError):
        raise
    except Exception as error:  # whatever the libraries stumble over is the file's fault
        _not_understood(slim, start, end, error)


def _not_understood(slim: LeanCalendar, start: datetime, end: datetime, error: Exception) -> NoReturn:
    """Find the event that cannot be worked out. Always raises `CalendarFault`."""
    by_uid: dict[str, list[LeanEvent]] = {}
    for event in slim.events:
        by_uid.setdefault(event.uid or f"line {event.line}", []).append(event)
    for series in by_uid.values():
        try:
            _worked_out(slim, series, start, end)
        except (CalendarFault, MemoryError):
            raise
        except Exception:
            raise CalendarFault("this event cannot be understood.", series[0].line) from None
    raise CalendarFault("this calendar cannot be understood.") from error


def _worked_out(slim: LeanCalendar, events: list[LeanEvent], start: datetime, end: datetime) -> list[Any]:
    if not events:
        return []
    tzp.use_default()  # forgets the zones that the file before defined
    calendar = icalendar.Calendar.from_ical("\r\n".join(_lines(slim, events)))
    for source, event in zip(events, calendar.walk("VEVENT"), strict=True):
        if event.errors:
            raise CalendarFault(f"{event.errors[0][0]} of this event cannot be understood.", source.line)
    return list(recurring_ical_events.of(calendar).between(start - _MARGIN, end + _MARGIN))


def _lines(slim: LeanCalendar, events: list[LeanEvent]) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//callplan//EN")
    for zone in slim.zones.values():
        yield from zone
    for event in events:
        yield "BEGIN:VEVENT"
        if not event.uid:
            yield f"UID:line-{event.line}"
        yield from event.lines
        yield "END:VEVENT"
    yield from ("END:VCALENDAR", "")


def _is_free(event: Any) -> bool:
    return (
        str(event.get("STATUS", "")).upper() == "CANCELLED"
        or str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
        or str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE"
    )


def _moment(when: date | datetime, zone: ZoneInfo) -> datetime:
    """The moment in UTC; a day begins at midnight in `zone`."""
    moment = when if isinstance(when, datetime) else datetime.combine(when, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _zone_of(written: str) -> str | None:
    """The IANA zone that a TZID means: itself, a Windows name, or one with a maker's path before it (Mozilla's)."""
    name = written.strip().strip('"')
    if name.casefold() in _UTC_NAMES:
        return "UTC"
    if is_zone(name):
        return name
    if name in WINDOWS_TO_OLSON:
        return WINDOWS_TO_OLSON[name]
    parts = name.strip("/").split("/")
    tails = ("/".join(parts[at:]) for at in range(1, len(parts)))
    return next((WINDOWS_TO_OLSON.get(tail, tail) for tail in tails if tail in WINDOWS_TO_OLSON or is_zone(tail)), None)


def main() -> None:
    """Read the question from stdin, answer on stdout."""
    _limit_memory()
    gc.disable()  # saves 40 % of a bulk parse, and the process soon ends
    asked = json.loads(sys.stdin.buffer.readline())
    zone = ZoneInfo(asked["zone"])
    start, end = (datetime.fromtimestamp(asked[name], UTC) for name in ("start", "end"))
    ignored = frozenset(asked["ignored"])
    for size in asked["sizes"]:
        content = sys.stdin.buffer.read(size)
        answer: dict[str, Any]
        try:
            found = occurrences(content, zone, start, end, ignored)
            answer = {"busy": [[first.timestamp(), last.timestamp()] for first, last in found]}
        except CalendarFault as fault:
            answer = {"fault": str(fault), "line": fault.line}
        except MemoryError:
            answer = {"fault": "reading it takes too much memory."}
        except Exception:
            answer = {"fault": "this calendar cannot be understood."}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
