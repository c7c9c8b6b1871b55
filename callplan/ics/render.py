"""An event of ours as iCalendar: the object that stands on a CalDAV server.

Every rule here was paid for by somebody's client: see section 0 of the reference on feeds and clients.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar
from icalendar.prop import vText

from callplan.ics.description import NOTES_LINE, compose, plain, plain_line, split_notes
from callplan.ics.event import Alarm, Event, Revision
from callplan.ics.zones import vtimezone

__all__ = ["NOTES_LINE", "PRODID", "caldav_object", "split_notes", "vevent"]

PRODID = "-//callplan//callplan//EN"

_MAX_SEQUENCE = 2**31 - 1  # a larger one broke Google's import
_END = b"END:VCALENDAR\r\n"
_FOLD = 75  # octets, RFC 5545 3.1
# What a URL may hold, less comma and semicolon: Radicale cuts a bare comma and escapes a semicolon.
_URL_CHARACTERS = "!#$%&'()*+-./:=?@[]_~"


class Text(vText):
    """A TEXT value. icalendar's own takes the two characters ``\\N`` (``C:\\New``) for a line break."""

    def to_ical(self) -> bytes:
        """The value, escaped (RFC 5545 3.3.11)."""
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def caldav_object(revision: Revision, own_notes: str = "", language: str = "en") -> bytes:
    """One VEVENT with its VTIMEZONE, as it is PUT to a server: local time with TZID where the zone's rule can be
    written, else UTC. Equal values give equal bytes.

    `own_notes` stand under the divider, whose words are in `language`. No METHOD, ORGANIZER or ATTENDEE, ever:
    servers send mail because of them. Raises ValueError for an event that does not end after its start.
    """
    event = revision.event
    beginning, local = _beginning(*_zone(event))
    description = compose(event.description, own_notes, language)
    component = vevent(revision, description, event.timezone if local else None)
    lines = b"\r\n".join(folded(line) for line in component.content_lines() if line)
    return beginning + lines + b"\r\n" + _END


@lru_cache(maxsize=256)
def _beginning(timezone: str, first_year: int = 0, last_year: int = 0) -> tuple[bytes, bool]:
    """All that comes before an event, and whether there is a zone in it.

    It is the same for every event of a zone, and half of the work. No years: without a zone.
    """
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", Text(PRODID))
    calendar.add("calscale", "GREGORIAN")
    zone = vtimezone(timezone, first_year, last_year) if first_year else None
    if zone is not None:
        calendar.add_component(zone)
    return bytes(calendar.to_ical()).removesuffix(_END), zone is not None


def folded(line: str) -> bytes:
    """The line in pieces of 74 octets at most, as icalendar folds it, which takes a character at a time.

    No piece ends inside a character or an escape.
    """
    octets = line.encode()
    pieces, begin = [], 0
    while len(octets) - begin >= _FOLD:
        end = begin + _FOLD - 1
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        if octets[end - 1] in b"\\^" and end - begin > 1:
            end -= 1
        pieces.append(octets[begin:end])
        begin = end
    return b"\r\n ".join([*pieces, octets[begin:]])


def vevent(revision: Revision, description: str, timezone: str | None) -> icalendar.Event:
    """The VEVENT of a revision, with times in that IANA zone, or in UTC when it is None."""
    event = revision.event
    start, end = _whole_seconds(event.start), _whole_seconds(event.end)
    if end <= start:
        raise ValueError(f'the event "{plain_line(event.summary)}" ({event.uid}) does not end after its start')
    if not 1 <= revision.sequence <= _MAX_SEQUENCE:
        raise ValueError(f"the event {event.uid} has the sequence number {revision.sequence}")
    if timezone is not None:
        start, end = start.astimezone(ZoneInfo(timezone)), end.astimezone(ZoneInfo(timezone))
    modified = _whole_seconds(revision.modified)

    component = icalendar.Event()
    component.add("uid", Text(event.uid))
    # Without a METHOD the stamp means "last revised" (RFC 5545 3.8.7.2); a stamp of now would defeat every ETag.
    component.add("dtstamp", modified)
    component.add("last-modified", modified)
    component.add("sequence", revision.sequence)
    component.add("dtstart", start)
    component.add("dtend", end)
    component.add("summary", Text(plain_line(event.summary)))
    if description:
        component.add("description", Text(description))
    if event.location and (place := plain_line(event.location)):
        component.add("location", Text(place))
    if event.url and (address := _url(event.url)):
        component.add("url", address)
    component.add("status", "TENTATIVE" if event.tentative else "CONFIRMED")
    component.add("transp", "OPAQUE" if event.opaque else "TRANSPARENT")
    if categories := [word for word in map(_category, event.categories) if word]:
        component.add("categories", categories)  # one property: DAVx5 reads only the first
    for alarm in event.alarms:
        component.add_component(_valarm(alarm, event.summary))
    return component


def _valarm(alarm: Alarm, summary: str) -> icalendar.Alarm:
    component = icalendar.Alarm()
    component.add("action", "DISPLAY")
    component.add("trigger", timedelta(minutes=-alarm.minutes))
    component.add("description", Text(plain_line(alarm.text) or plain_line(summary)))
    return component


def _zone(event: Event) -> tuple[str, int, int] | tuple[str]:
    """The zone to write and the years for which it has to be right; no years for UTC.

    One year longer than the event, which the user may move.
    """
    try:
        zone = ZoneInfo(event.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ("UTC",)
    start, end = _whole_seconds(event.start).astimezone(zone), _whole_seconds(event.end).astimezone(zone)
    if start.fold or end.fold:
        return ("UTC",)  # in the hour that comes twice, local time always means the first (RFC 5545 3.3.5)
    return event.timezone, start.year, end.year + 1


def _whole_seconds(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _url(address: str) -> str:
    return quote("".join(plain(address).split()), safe=_URL_CHARACTERS)


def _category(word: str) -> str:
    """A category without what separates categories: several clients split at every comma, escaped or not."""
    return " ".join(plain_line(word).translate(str.maketrans(",;\\", "   ")).split())
