"""Calendars that others wrote, and questions about the busy times in them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from callplan.plan.world import Busy
from callplan.sync import busy_sources
from callplan.sync.busy import BusyTimes, busy_times

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
START, END = datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def calendar(*events: str, extra: str = "") -> str:
    """A calendar of events, each given by its lines but for the frame."""
    framed = "".join(f"BEGIN:VEVENT\nUID:{n}@dahl.example\n{text}\nEND:VEVENT\n" for n, text in enumerate(events))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\n{extra}{framed}END:VCALENDAR\n".replace("\n", "\r\n")


def answer(*sources: Path | str, state: Path | None = None, **more: object) -> BusyTimes:
    zone = "Europe/Copenhagen"
    return busy_times([str(one) for one in sources], zone, START, END, state=state, **more)  # type: ignore[arg-type]


def ask(*sources: Path | str, **more: object) -> tuple[Busy, ...]:
    """The busy times, of which nothing is missing."""
    found = answer(*sources, **more)  # type: ignore[arg-type]
    assert found.notes == ()
    return found.busy


def an_hour_later(state: Path) -> None:
    """As if the answers kept in this folder were an hour older."""
    for file in state.glob("busy-*.kept"):
        head, _, content = file.read_bytes().partition(b"\n")
        times = json.loads(head)
        older = {name: times[name] - busy_sources.FRESH for name in ("answered", "failed")}
        file.write_bytes(json.dumps(times | older).encode() + b"\n" + content)
