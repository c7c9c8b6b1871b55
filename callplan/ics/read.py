"""An object from a server as a value. The server may be anybody's, and any client may have rewritten the object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from datetime import timezone as fixed_zone
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from icalendar.timezone import tzp

from callplan.ics.description import plain, plain_line, split_notes
from callplan.ics.event import Alarm
from callplan.ics.remote import RemoteEvent, differences

__all__ = ["RemoteEvent", "differences", "read_object"]

#: More than any calendar object of ours or a client's rewriting of it.
MAX_OCTETS = 4_000_000

_DAY = timedelta(days=1)
_MAX_LINES = 20_000
_FOLD = re.compile(rb"\r?\n[ \t]")
_BLOCK = re.IGNORECASE | re.MULTILINE | re.DOTALL
_VTIMEZONE = re.compile(r"^BEGIN:VTIMEZONE$.*?^END:VTIMEZONE$\s?", _BLOCK)
_VALARM = re.compile(r"^BEGIN:VALARM$.*?^END:VALARM$\s?", _BLOCK)
_UNREADABLE = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError)
_RRULE = re.compile(r"^RRULE[^:\n]*:(.*)$", re.IGNORECASE | re.MULTILINE)
_RRULE_OF_A_ZONE = re.compile(
    r"FREQ=YEARLY|(?:BYMONTH|BYMONTHDAY|BYDAY|INTERVAL|COUNT|WKST|UNTIL)=[-+,0-9A-Z]{1,40}", re.IGNORECASE
)
# How Outlook and its family, in the languages we know of, say in a title that an event is off.
_CANCELLED_TITLE = re.compile(r"(?:cancell?ed|aflyst|abgesagt|annulé)\s?:", re.IGNORECASE)
_STATUSES = frozenset({"TENTATIVE", "CONFIRMED", "CANCELLED"})
# The names under which some servers and clients mean UTC.
_UTC_NAMES = frozenset({"utc", "etc/utc", "z", "gmt", "tzone://microsoft/utc", "coordinated universal time"})
# A bare offset for a name, as Java's and Oracle's clients write it: east is +, other than in the IANA name Etc/GMT-1.
_OFFSET = re.compile(r"(?:GMT|UTC)([+-])([01]\d):?([0-5]\d)", re.IGNORECASE)

# icalendar keeps the zones a file defines for the whole process (reference, section 5.3): each object is read with
# that memory wiped, and no two at once.
_zones_of_one_file = Lock()


def read_object(data: bytes, timezone: str = "UTC") -> RemoteEvent:
    """The event in a calendar object.

    `timezone` (IANA) is for all-day events and times without a zone. Of a recurring event it is the series, not an
    exception. Raises ValueError with a sentence when there is no event, more than one, or one whose UID or times
    cannot be known.
    """
    text = _decoded(data)
    try:
        events = _events(text)
    except _UNREADABLE:
        try:  # icalendar bears faults in an event, but none in an alarm, which matters least
            events = _events(_VALARM.sub("", text))
        except _UNREADABLE as fault:
            raise ValueError(f"This is no calendar that can be read: {_short(fault)}") from None
    return _remote_event(_series(events), ZoneInfo(timezone))


def _events(text: str) -> list[Any]:
    with _zones_of_one_file:
        tzp.use_default()
        try:
            calendars: list[Any] = list(icalendar.Calendar.from_ical(text, multiple=True))
            return [one for calendar in calendars for one in calendar.walk("VEVENT")]
        finally:
            tzp.use_default()


def _decoded(data: bytes) -> str:
    """The unfolded text. Lines are joined before decoding, since some clients fold inside a character."""
    if len(data) > MAX_OCTETS:
        raise ValueError(f"This calendar object has {len(data)} octets; {MAX_OCTETS} are the most that is read.")
    data = _FOLD.sub(b"", data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > _MAX_LINES:
        raise ValueError(f"This calendar object has more than {_MAX_LINES} lines.")
    return _VTIMEZONE.sub(lambda found: found[0] if _harmless(found[0]) else "", text) + "\n"


def _harmless(vtimezone: str) -> bool:
    """Whether the zone's rules are such that looking up an offset ends: yearly ones are."""
    rules = [part for rule in _RRULE.findall(vtimezone) for part in rule.strip().split(";")]
    return len(rules) < 1000 and all(_RRULE_OF_A_ZONE.fullmatch(part) for part in rules)


def _series(events: list[Any]) -> Any:
    masters = [event for event in events if "RECURRENCE-ID" not in event]
    if not masters:
        raise ValueError("There is no event in this calendar object.")
    if len(masters) > 1:
        raise ValueError(f"There are {len(masters)} events in this calendar object; it should hold one.")
    return masters[0]


def _remote_event(component: Any, zone: ZoneInfo) -> RemoteEvent:
    uid = _text(component, "UID").strip()
    if not uid:
        raise ValueError("The event has no UID.")
    where = f"The event {_short(uid)}"
    start, name = _moment(component, "DTSTART", where, zone)
    if start is None:
        raise ValueError(f"{where} has no start.")
    all_day = not isinstance(start, datetime)
    try:
        end = _end(component, start, where, zone)
        starts, ends = (_aware(one, zone) for one in (start, end))
    except OverflowError:
        raise ValueError(f"{where} has a time outside the calendar.") from None
    if ends < starts:
        raise ValueError(f"{where} ends before it starts.")
    summary = plain_line(_text(component, "SUMMARY"))
    status = _text(component, "STATUS").strip().upper()
    ours, own_notes = split_notes(_text(component, "DESCRIPTION"))
    return RemoteEvent(
        uid=uid,
        summary=summary,
        start=starts,
        end=ends,
        timezone=name,
        description=ours,
        own_notes=own_notes,
        status=status if status in _STATUSES else None,
        opaque=_text(component, "TRANSP").strip().upper() != "TRANSPARENT",
        cancelled=status == "CANCELLED" or _CANCELLED_TITLE.match(summary) is not None,
        all_day=all_day,
        recurring="RRULE" in component or "RDATE" in component,
        location=plain_line(_text(component, "LOCATION")) or None,
        url=plain_line(_text(component, "URL")) or None,
        alarms=tuple(_alarms(component)),
        categories=tuple(_categories(component)),
        sequence=_sequence(component),
        last_modified=_stamp(component, "LAST-MODIFIED"),
    )


def _text(component: Any, name: str) -> str:
    """The property as text, the first of several; "" when absent."""
    value = _first(component, name)
    return "" if value is None else plain(str(value))


def _first(component: Any, name: str) -> Any:
    value = component.get(name)
    return value[0] if isinstance(value, list) and value else value


def _time(value: Any) -> object:
    """The date, time or length in a property; None when it holds none, or a broken one (which raises when touched)."""
    try:
        return getattr(value, "dt", None)
    except ValueError:
        return None


def _moment(component: Any, name: str, where: str, zone: ZoneInfo) -> tuple[date | None, str]:
    """The date or aware time in a property, and the IANA zone it names. (None, "") when it is absent."""
    value = _first(component, name)
    if value is None:
        return None, ""
    moment = _time(value)
    if not isinstance(moment, date):
        raise ValueError(f"{where} has a {name} that is no time: {_short(value)}")
    if not isinstance(moment, datetime):
        return moment, zone.key
    tzid = str(value.params.get("TZID", ""))
    if moment.tzinfo is None and tzid:
        known = _without_rules(tzid)
        if known is None:
            raise ValueError(f'{where} has a {name} in the unknown time zone "{_short(tzid)}".')
        return moment.replace(tzinfo=known), "UTC"
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone), zone.key
    return moment, getattr(moment.tzinfo, "key", None) or "UTC"


def _without_rules(tzid: str) -> tzinfo | None:
    """UTC, or the fixed offset, that a name means which no zone has; None: neither."""
    if tzid.lower() in _UTC_NAMES:
        return UTC
    if not (found := _OFFSET.fullmatch(tzid)):
        return None
    east = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return fixed_zone(-east if found[1] == "-" else east)


def _end(component: Any, start: date, where: str, zone: ZoneInfo) -> date:
    """DTEND, else DTSTART and DURATION, else what RFC 5545 3.6.1 says of neither."""
    end, _ = _moment(component, "DTEND", where, zone)
    if end is not None:
        if isinstance(end, datetime) != isinstance(start, datetime):
            raise ValueError(f"{where} has a date on one end and a time on the other.")
        return end
    length = _time(_first(component, "DURATION"))
    if isinstance(length, timedelta):
        if isinstance(start, datetime):  # hours count as they elapse, also over a change of clocks
            return (start.astimezone(UTC) + length).astimezone(start.tzinfo)
        return start + length
    return start if isinstance(start, datetime) else start + _DAY


def _aware(moment: date, zone: ZoneInfo) -> datetime:
    aware = moment if isinstance(moment, datetime) else datetime.combine(moment, time(), zone)
    aware.astimezone(UTC)  # in the year 1 or 9999 it may not exist
    return aware


def _stamp(component: Any, name: str) -> datetime | None:
    moment = _time(_first(component, name))
    if not isinstance(moment, datetime):
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None


def _sequence(component: Any) -> int:
    try:
        return max(0, int(_first(component, "SEQUENCE") or 0))
    except (TypeError, ValueError):
        return 0


def _categories(component: Any) -> Iterator[str]:
    """The categories, of one property or of several (Thunderbird writes one line each)."""
    value = component.get("CATEGORIES")
    for one in value if isinstance(value, list) else [value]:
        for word in getattr(one, "cats", ()):
            if text := plain_line(str(word)):
                yield text


def _alarms(component: Any) -> Iterator[Alarm]:
    """The alarms relative to the start that show something. Apple's ACTION:NONE is the mark of having none."""
    for alarm in component.walk("VALARM"):
        trigger = _first(alarm, "TRIGGER")
        before = _time(trigger)
        if (
            isinstance(before, timedelta)
            and str(trigger.params.get("RELATED", "START")).upper() == "START"
            and _text(alarm, "ACTION").upper() not in ("NONE", "")
        ):
            yield Alarm(minutes=-round(before / timedelta(minutes=1)), text=plain_line(_text(alarm, "DESCRIPTION")))


def _short(value: object) -> str:
    """Foreign text fit for a sentence."""
    text = plain_line(str(value))
    return text if len(text) <= 120 else f"{text[:120]}…"
