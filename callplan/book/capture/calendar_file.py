"""A calendar file in its parts: the method, the events and the zones it defines. Also out of a whole mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from callplan.book.capture.content_lines import LONGEST_FILE, MOST_LINES, ContentLine, content_lines
from callplan.book.capture.mail import part_of_mail
from callplan.book.capture.taken import UnusableError
from callplan.message import message

_DEEPEST = 8
_MOST_EVENTS = 40
_MOST_PARTS = 2000  # components in all: Exchange writes a few zones and alarms


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END."""

    name: str
    lines: list[ContentLine] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)

    def first(self, name: str) -> ContentLine | None:
        """The first property of that name that says something."""
        return next((line for line in self.lines if line.name == name and line.value.strip()), None)

    def all(self, *names: str) -> list[ContentLine]:
        """The properties of those names, in the order of the file."""
        return [line for line in self.lines if line.name in names]

    def text(self, name: str) -> str:
        """The text of the first property of that name, else an empty one."""
        line = self.first(name)
        return line.text if line else ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The method in capitals (empty when there is none), the events, and the definitions of zones by their TZID."""

    method: str
    events: tuple[Component, ...]
    zones: dict[str, Component]


def read_calendar(data: bytes) -> Calendar:
    """The calendar that a file holds. Raises `UnusableError` for what is none, or none that a person would send."""
    if len(data) > LONGEST_FILE:
        raise UnusableError(
            message("it is larger than {count} MB, which no invitation is.", count=LONGEST_FILE // 1000000)
        )
    lines = content_lines(data)
    first = next(lines, None)
    if first is None or first.name != "BEGIN" or first.value.strip().upper() != "VCALENDAR":
        part = part_of_mail(data, "text/calendar", ".ics", b"BEGIN:VCALENDAR")
        if part is None:
            raise UnusableError(
                message(
                    "it is no calendar file: it does not begin with BEGIN:VCALENDAR. Save the invitation again as .ics."
                )
            )
        return read_calendar(part)
    root = _tree(lines)
    events = tuple(part for part in root.parts if part.name == "VEVENT")
    if not events:
        others = sorted({part.name for part in root.parts} - {"VTIMEZONE"})
        what = {
            "VTODO": message("a task"),
            "VFREEBUSY": message("free and busy times"),
            "VJOURNAL": message("a note"),
        }.get("".join(others[:1]))
        raise UnusableError(
            message("there is no event in it, only {what}.", what=what) if what else message("there is no event in it.")
        )
    if len(events) > _MOST_EVENTS:
        raise UnusableError(
            message("it holds {count} events: a whole calendar. Save the one invitation by itself.", count=len(events))
        )
    zones: dict[str, Component] = {}
    for one in root.parts:
        if one.name == "VTIMEZONE" and (named := one.first("TZID")):
            zones.setdefault(named.text.strip(), one)
    method = next((line.value for line in root.lines if line.name == "METHOD"), "")
    return Calendar(method.strip().upper(), events, zones)


def _tree(lines: Iterator[ContentLine]) -> Component:
    """The calendar's components. A file that ends inside an event was cut off."""
    root = Component("VCALENDAR")
    open_parts = [root]
    count = 0
    for number, line in enumerate(lines):
        if number >= MOST_LINES - 1:
            raise UnusableError(message("it has more than {most:,} lines, which no invitation has.", most=MOST_LINES))
        if line.name == "BEGIN":
            count += 1
            if len(open_parts) >= _DEEPEST or count > _MOST_PARTS:
                raise UnusableError(
                    message("its parts are inside each other, or so many, as no calendar program writes them.")
                )
            part = Component(line.value.strip().upper())
            if part.name == "VCALENDAR" and len(open_parts) == 1:
                continue  # several calendars in one file: read as one
            open_parts[-1].parts.append(part)
            open_parts.append(part)
        elif line.name == "END":
            ended = line.value.strip().upper()
            if len(open_parts) > 1 and ended in [part.name for part in open_parts]:
                while len(open_parts) > 1 and open_parts.pop().name != ended:
                    pass
        else:
            open_parts[-1].lines.append(line)
    if any(part.name == "VEVENT" for part in open_parts):
        raise UnusableError(message("it is cut off: the event has no end. Save the invitation again."))
    return root
