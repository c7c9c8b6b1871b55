"""Two readers of iCalendar that have nothing to do with the writer: Home Assistant's `ical` and vobject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import vobject


@dataclass(frozen=True)
class Seen:
    """What a reader found in one event."""

    uid: str
    summary: str
    description: str
    location: str
    start: datetime
    end: datetime
    alarms: int


def as_ical_reads(data: bytes) -> list[Seen]:
    """The events, as Home Assistant's library has them."""
    from ical.calendar_stream import CalendarStream  # noqa: PLC0415 - takes a second, in every process that collects

    stream = CalendarStream.from_ics(data.decode())
    (calendar,) = stream.calendars
    return [
        Seen(
            uid=one.uid or "",
            summary=one.summary or "",
            description=one.description or "",
            location=one.location or "",
            start=_utc(one.dtstart),
            end=_utc(one.dtend),
            alarms=len(one.alarm),
        )
        for one in calendar.events
    ]


def as_vobject_reads(data: bytes) -> list[Seen]:
    """The events, as Radicale's library has them."""
    (calendar,) = list(vobject.readComponents(data.decode()))
    calendar.validate(raiseException=True)

    def text(one: Any, name: str) -> str:
        return str(getattr(one, name).value) if hasattr(one, name) else ""

    return [
        Seen(
            uid=text(one, "uid"),
            summary=text(one, "summary"),
            description=text(one, "description"),
            location=text(one, "location"),
            start=_utc(one.dtstart.value),
            end=_utc(one.dtend.value),
            alarms=len(one.contents.get("valarm", [])),
        )
        for one in calendar.contents.get("vevent", [])
    ]


def _utc(moment: Any) -> datetime:
    assert isinstance(moment, datetime)
    assert moment.tzinfo is not None
    return moment.astimezone(UTC)


READERS = {"ical": as_ical_reads, "vobject": as_vobject_reads}
