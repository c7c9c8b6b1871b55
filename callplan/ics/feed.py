"""The feed: every event in one calendar, for clients that only look (Google, Outlook, Apple, Thunderbird, ICSx5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar

from callplan.ics.description import plain, plain_line
from callplan.ics.event import Event, Revision
from callplan.ics.render import PRODID, Text, vevent

#: Google drops a larger calendar as a whole.
MAX_OCTETS = 1_000_000

_REFRESH = timedelta(hours=1)
_COLOR, _COLOR_RGB = "steelblue", "#4682B4"


def feed(revisions: Iterable[Revision], name: str, timezone: str, now: datetime, days_back: int = 60) -> bytes:
    """The calendar as bytes. Equal revisions give equal bytes all day long, so that an ETag can match.

    `timezone` is the user's IANA zone: its midnight begins the day `days_back` days ago, and what ended before that is
    left out. Times are in UTC, so that no client has to understand a VTIMEZONE. Own notes never enter the feed. There
    is no METHOD: PUBLISH would demand an ORGANIZER, and servers send mail because of those.

    A calendar that would grow over `MAX_OCTETS` loses the events that ended before today, oldest first, and then
    those farthest in the future. Alarms are kept: Google and Apple ignore them, Thunderbird and ICSx5 do not.
    """
    zone = _zone(timezone)
    today = datetime.combine(now.astimezone(zone).date(), time(), zone)
    first = datetime.combine(today.date() - timedelta(days=max(0, days_back)), time(), zone)
    wanted = sorted(
        (one for one in revisions if one.event.end > first), key=lambda one: (one.event.start, one.event.uid)
    )
    head, tail = _frame(name, timezone)
    rendered = [(one.event, _rendered(one)) for one in wanted]
    return head + b"".join(_fitting(rendered, today, MAX_OCTETS - len(head) - len(tail))) + tail


@lru_cache(maxsize=4096)
def _rendered(revision: Revision) -> bytes:
    """The event as it stands in the feed: made once, however often the feed is."""
    return bytes(vevent(revision, plain(revision.event.description).strip(), None).to_ical())


def _fitting(rendered: list[tuple[Event, bytes]], today: datetime, room: int) -> list[bytes]:
    """The events, in order of their start, that fit into so many octets."""
    past = [octets for event, octets in rendered if event.end <= today]
    ahead = [octets for event, octets in rendered if event.end > today]
    excess = sum(map(len, past)) + sum(map(len, ahead)) - room
    while excess > 0 and (past or ahead):
        excess -= len(past.pop(0) if past else ahead.pop())
    return past + ahead


def _frame(name: str, timezone: str) -> tuple[bytes, bytes]:
    """What stands before the events and after them."""
    # Written unescaped by icalendar, so it may hold nothing that wants escaping.
    name = " ".join(plain_line(name).translate(str.maketrans(",;\\", "   ")).split()) or "callplan"
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", Text(PRODID))
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", Text(name))  # RFC 7986
    calendar.add("x-wr-calname", name)
    calendar.add("color", _COLOR)
    calendar.add("x-apple-calendar-color", _COLOR_RGB)
    # Without VALUE=DURATION it is no valid property (RFC 7986 5.7), and Nextcloud asks once a day or a week.
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add("x-wr-timezone", timezone)
    tail = b"END:VCALENDAR\r\n"
    return bytes(calendar.to_ical()).removesuffix(tail), tail


def _zone(timezone: str) -> tzinfo:
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
