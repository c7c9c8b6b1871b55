"""Events as callplan plans them, for the benches. Light to import: what a process imports is measured with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from callplan.ics.event import Alarm, Event, Revision

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def event(number: int, summary: str | None = None, calendar: str = "bench") -> Event:
    """A call as callplan plans it, with a script of the usual length. Cyrus takes a UID in one `calendar` only."""
    start = NOW + timedelta(minutes=15 * number)
    return Event(
        uid=f"{calendar}-{number:05}",
        summary=summary or f"Call Mette Holm: Nordlys Energi {number}",
        start=start,
        end=start + timedelta(minutes=15),
        timezone="Europe/Copenhagen",
        description="+45 32 12 34 56\n" + "Ask when they decide, who decides, and how you will hear.\n" * 8,
        tentative=False,
        opaque=True,
        alarms=(Alarm(15, "Call soon"), Alarm(0, "Call now")),
    )


def renamed(number: int, changed: str) -> str | None:
    """The title after a change of the first ten events, which `changed` names; None for the first one."""
    return f"Call again ({changed}) {number}" if changed and number < 10 else None


def rendered(number: int, summary: str | None = None, calendar: str = "bench") -> bytes:
    """The event as an object."""
    from callplan.ics.render import caldav_object  # noqa: PLC0415 - icalendar, which a process with nothing to do lacks

    return caldav_object(Revision(event(number, summary, calendar), 1, NOW))
