"""Where the user put an event whose object does not say a stretch of time any more. Pure.

A drag to the all-day row leaves only a day, and some clients let an event end as it starts. Both say something: that
day at the hour the event had, and that start with the plan's length.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from callplan.ics.event import Event
from callplan.sync.content import Content, digest, fields_of, lasting, parse_when, when_text
from callplan.zones import is_zone


def as_meant(content: Content, planned: Event | None, agreed: str | None, kept: str | None) -> Content:
    """The content with the time the user meant, where the object does not say one.

    `planned` is what the plan wants (None: nothing any more), `agreed` when the event stood as last agreed, `kept`
    where the user had put it before (both `content.when_text`). An event that was made all-day on the day it stood on
    already has not been moved: it still says no time.
    """
    if planned is None:
        return content
    when = content.fields.get("when")
    if when is None and content.day is not None:
        had = _had(content, content.day, planned, agreed, kept)
        if had is not None and local_start(had, planned).date() != content.day:
            when = on_day(content.day, had, planned)
    elif when is not None:
        when = lasting(when, planned)
    return content if when is None else replace(content, fields={**content.fields, "when": when})


def on_day(day: date, had: str, planned: Event) -> str:
    """That day at the local clock and with the length of `had`, in the zone of the event (`content.when_text`)."""
    start, end = parse_when(had)
    clock = local_start(had, planned).time()
    fresh = datetime.combine(day, clock, _zone(planned)).astimezone(UTC)
    return when_text(fresh, fresh + (end - start))


def stands_on_its_day(content: Content, wanted: Event, agreed: str | None) -> bool:
    """Whether an event need not be written only because it was made all-day: it would stand where it stood before.

    True for every event that says a time. `agreed` as in `as_meant`.
    """
    if content.day is None:
        return True
    when = fields_of(wanted)["when"]
    stood = digest(agreed) if agreed else (content.wrote or {}).get("when")
    return digest(when) == stood and local_start(when, wanted).date() == content.day


def local_start(when: str, planned: Event) -> datetime:
    """When a stretch (`content.when_text`) starts on the clocks of the zone the event is written in."""
    return parse_when(when)[0].astimezone(_zone(planned))


def _had(content: Content, day: date, planned: Event, agreed: str | None, kept: str | None) -> str | None:
    """When the event stood before it was made all-day; None where nobody can tell.

    What this machine agreed on may be old: where another one has written since, only a hash says what.
    """
    ours, written = fields_of(planned)["when"], (content.wrote or {}).get("when")
    if kept is not None:
        return kept
    for one in (agreed, ours, on_day(day, ours, planned)):
        if one is not None and digest(one) == written:
            return one
    if agreed is not None:
        return agreed
    return ours if "when" in content.kept else None


def _zone(planned: Event) -> tzinfo:
    return ZoneInfo(planned.timezone) if is_zone(planned.timezone) else planned.start.tzinfo or UTC
