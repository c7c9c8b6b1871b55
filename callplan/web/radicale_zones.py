"""vobject's time zones, worked out once for each text instead of once for each event.

Radicale parses every event with vobject, which builds a time zone from its VTIMEZONE each time and then compares it,
moment by moment over twenty years, with UTC: most of what storing an event costs, for a zone that is the same in all
of them. Both answers depend on the text alone, so they are kept here.
"""

from __future__ import annotations

from datetime import tzinfo
from functools import lru_cache
from io import StringIO
from typing import Any

from vobject import icalendar
from vobject.base import foldOneLine

#: What dateutil reads of a VTIMEZONE (as in vobject); experimental properties make it fail.
_READ = frozenset({"rdate", "rrule", "dtstart", "tzname", "tzoffsetfrom", "tzoffsetto", "tzid"})

_pick = icalendar.TimezoneComponent.pickTzid


def remember_zones() -> None:
    """Let vobject remember the zones of this process. Doing it again changes nothing."""
    icalendar.TimezoneComponent.tzinfo = property(_zone, icalendar.TimezoneComponent.settzinfo)
    icalendar.TimezoneComponent.pickTzid = staticmethod(_name)


def _zone(component: Any) -> tzinfo | None:
    if not component.contents:
        return None
    text = StringIO()
    _write(component, text)
    return _zone_of(text.getvalue())


def _write(component: Any, text: StringIO) -> None:
    foldOneLine(text, f"BEGIN:{component.name}")
    for line in component.lines():
        if line.name.lower() in _READ:
            line.serialize(text, 75, validate=False)
    for inner in component.components():
        _write(inner, text)
    foldOneLine(text, f"END:{component.name}")


@lru_cache(maxsize=256)
def _zone_of(text: str) -> tzinfo | None:
    zone: tzinfo | None = icalendar.tz.tzical(StringIO(text)).get()
    return zone


@lru_cache(maxsize=512)
def _name_of(zone: tzinfo, allow_utc: bool) -> str | None:
    name: str | None = _pick(zone, allow_utc)
    return name


def _name(zone: tzinfo | None, allowUTC: bool = False) -> str | None:  # noqa: N803 - vobject's own name
    try:
        return _name_of(zone, allowUTC) if zone is not None else None
    except TypeError:  # a zone that cannot be a key
        return _pick(zone, allowUTC)  # type: ignore[no-any-return]
