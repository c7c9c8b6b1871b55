"""vobject's time zones, worked out once for each text instead of once for each event.

Radicale parses every event with vobject, which builds a time zone from its VTIMEZONE each time and then compares it,
moment by moment over twenty years, with UTC: most of what storing an event costs, for a zone that is the same in all
of them. Both answers depend on the text alone, so they are kept here.
"""

from __future__ import annotations

from datetime import tzinfo
from functools import lru_cache
from typing import Any

from vobject import icalendar
from vobject.base import ContentLine

#: What dateutil reads of a VTIMEZONE (as in vobject); experimental properties make it fail.
_READ = frozenset({"rdate", "rrule", "dtstart", "tzname", "tzoffsetfrom", "tzoffsetto", "tzid"})

#: More than anybody's calendar has.
_MOST_ZONES = 256
_zones: dict[tuple[Any, ...], tzinfo | None] = {}

_build = icalendar.TimezoneComponent.gettzinfo
_set_parameter = ContentLine.__setattr__
_pick = icalendar.TimezoneComponent.pickTzid


def remember_zones() -> None:
    """Let vobject remember the zones of this process, and be quicker about lines. Again changes nothing."""
    icalendar.TimezoneComponent.tzinfo = property(_zone, icalendar.TimezoneComponent.settzinfo)
    icalendar.TimezoneComponent.pickTzid = staticmethod(_name)
    ContentLine.__setattr__ = _set_on_line


def _set_on_line(line: Any, name: str, value: Any) -> None:
    """An attribute of a line. Seven hundred are set for an event, and vobject asks the class about each."""
    if name.endswith(("_param", "_paramlist")):
        _set_parameter(line, name, value)
    else:
        object.__setattr__(line, name, value)


def _zone(component: Any) -> tzinfo | None:
    key = _meaning(component)
    if key not in _zones:
        if len(_zones) >= _MOST_ZONES:
            _zones.clear()
        _zones[key] = _build(component)
    return _zones[key]


def _meaning(component: Any) -> tuple[Any, ...]:
    """All that dateutil will read of a VTIMEZONE, as a key."""
    lines = tuple(
        (line.name, str(line.value), tuple((key, *values) for key, values in line.params.items()))
        for line in component.lines()
        if line.name.lower() in _READ
    )
    return component.name, lines, tuple(_meaning(inner) for inner in component.components())


@lru_cache(maxsize=512)
def _name_of(zone: tzinfo, allow_utc: bool) -> str | None:
    name: str | None = _pick(zone, allow_utc)
    return name


def _name(zone: tzinfo | None, allowUTC: bool = False) -> str | None:  # noqa: N803 - vobject's own name
    try:
        return _name_of(zone, allowUTC) if zone is not None else None
    except TypeError:  # a zone that cannot be a key
        return _pick(zone, allowUTC)  # type: ignore[no-any-return]
