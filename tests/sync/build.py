"""Invented events for the tests of sync."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from callplan.ics.event import Alarm, Event
from callplan.where import Places

NOW = datetime(2026, 11, 16, 11, 0, tzinfo=UTC)
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_SPACE = UUID("6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11")


def uid(number: int) -> str:
    """The UID of the event with this number."""
    return str(uuid5(_SPACE, str(number)))


def event(number: int = 0, **changes: object) -> Event:
    """A call to Nordlys; `number` tells events and their hours apart."""
    start = datetime(2026, 12, 1, 8, 30, tzinfo=COPENHAGEN) + timedelta(hours=number)
    values: dict[str, object] = {
        "uid": uid(number),
        "summary": f"Call Mette Holm, Nordlys Energi ({number})",
        "start": start,
        "end": start + timedelta(minutes=15),
        "timezone": "Europe/Copenhagen",
        "description": f"+45 32 12 34 56\nTheirs 08:30, yours 08:30\nAsk when they decide; say no. {number}",
        "tentative": True,
        "opaque": True,
        "location": "by phone",
        "alarms": (Alarm(15, "Call"),),
    }
    return Event(**(values | changes))  # type: ignore[arg-type]


def events(count: int) -> list[Event]:
    """That many events."""
    return [event(number) for number in range(count)]


def owners(wanted: Sequence[Event], application: str = "nordlys") -> dict[str, str]:
    """All of them of one application."""
    return {one.uid: application for one in wanted}


def places(folder: Path) -> Places:
    """All places below one folder."""
    return Places(folder / "config.toml", folder / "book", folder / "state", folder / "data")
