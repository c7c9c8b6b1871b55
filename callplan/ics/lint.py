"""What is wrong with an iCalendar text, by the letter of RFC 5545 and the experience of clients.

No parser notices more than half of these faults (reference, section 8), so what is published is read by this first.
Nothing here uses the library that wrote the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:,]*)((?:,(?:"[^"]*"|[^";:,]*))*)')
_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
_TEXT_LIST = re.compile(r"(?:[^\\;]|\\[\\;,nN])*")
_DURATION = re.compile(r"[+-]?P(?:\d+W|(?=\d|T)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)", re.ASCII)
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)", re.ASCII)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PLAIN_TOKEN = re.compile(r"[A-Za-z0-9._:/@-]*")

_TEXT_PROPERTIES = frozenset({
    "SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT", "NAME", "X-WR-CALNAME", "UID", "TZID", "TZNAME",
})  # fmt: skip
_TIME_PROPERTIES = frozenset({"DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED", "CREATED", "RECURRENCE-ID", "DUE"})
_UTC_PROPERTIES = frozenset({"DTSTAMP", "LAST-MODIFIED", "CREATED"})
_DURATION_PROPERTIES = frozenset({"DURATION", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"})
_FORBIDDEN = frozenset({"METHOD", "ORGANIZER", "ATTENDEE"})
_VOCABULARY = {
    "STATUS": frozenset({"TENTATIVE", "CONFIRMED", "CANCELLED"}),
    "TRANSP": frozenset({"OPAQUE", "TRANSPARENT"}),
    "VERSION": frozenset({"2.0"}),
    "CALSCALE": frozenset({"GREGORIAN"}),
}
#: What each component must have, and what besides that it may have only once.
_NEEDED = {
    "VCALENDAR": ("VERSION", "PRODID"),
    "VEVENT": ("UID", "DTSTAMP", "DTSTART", "DTEND"),
    "VALARM": ("ACTION", "TRIGGER"),
    "VTIMEZONE": ("TZID",),
    "STANDARD": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
    "DAYLIGHT": ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"),
}
_ONCE = frozenset({
    "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "TRANSP", "SEQUENCE", "LAST-MODIFIED", "CREATED",
    "DURATION", "CLASS", "RRULE", "CALSCALE", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL",
    "X-WR-TIMEZONE", "COLOR",
    "CATEGORIES",  # the standard allows several, DAVx5 reads only the first
})  # fmt: skip
_MAX_OCTETS = 75
_MAX_SEQUENCE = 2**31 - 1


@dataclass(slots=True)
class _Property:
    line: int
    name: str
    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class _Component:
    line: int
    name: str
    properties: list[_Property] = field(default_factory=list)
    parts: list[_Component] = field(default_factory=list)

    def named(self, name: str) -> list[_Property]:
        return [one for one in self.properties if one.name == name]

    def walk(self) -> Iterator[_Component]:
        yield self
        for part in self.parts:
            yield from part.walk()


def faults(data: bytes) -> list[str]:
    """What is wrong with that iCalendar text, each as ``line 14: …``, in the order of the lines; empty: nothing.

    Stricter than the standard where clients are: DTEND is demanded (iCloud), METHOD, ORGANIZER and ATTENDEE are not
    allowed (servers send mail), nor is folding inside a character. Line numbers count the lines of the file, from 1.
    """
    found: list[tuple[int, str]] = []
    found.extend(_octet_faults(data))
    tree, broken = _components(_unfolded(data))
    found.extend(broken)
    if len(tree) != 1 or tree[0].name != "VCALENDAR":
        found.append((1, "the file is not one VCALENDAR"))
    zones = {one.value for top in tree for part in top.walk() if part.name == "VTIMEZONE" for one in part.named("TZID")}
    uids: dict[tuple[str, str], int] = {}
    for top in tree:
        for component in top.walk():
            found.extend(_component_faults(component, zones))
            if component.name == "VEVENT":
                found.extend(_uid_faults(component, uids))
    return [f"line {line}: {fault}" for line, fault in sorted(dict.fromkeys(found), key=lambda one: one[0])]


def _octet_faults(data: bytes) -> Iterator[tuple[int, str]]:
    if data.startswith(b"\xef\xbb\xbf"):
        yield 1, "a byte order mark before BEGIN:VCALENDAR"
    if not data.endswith(b"\r\n"):
        yield max(1, data.count(b"\n")), "the last line has no CRLF"
    lines = data.split(b"\n")
    for number, line in enumerate(lines[:-1] if data.endswith(b"\n") else lines, 1):
        content = line.removesuffix(b"\r")
        if content == line and number < len(lines):
            yield number, "the line ends in LF, not CRLF"
        if not content and number < len(lines):
            yield number, "an empty line"
        if b"\r" in content:
            yield number, "a bare CR inside the line"
        if len(content) > _MAX_OCTETS:
            yield number, f"{len(content)} octets on the line; {_MAX_OCTETS} are the most"
        if _CONTROL.search(content):
            yield number, "a control character"
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as fault:
            cut = fault.reason == "unexpected end of data" or content[:1] in (b" ", b"\t")
            yield number, "not UTF-8" + (", or a character split by folding" if cut else "")


def _unfolded(data: bytes) -> Iterator[tuple[int, str]]:
    """The content lines, each with the number of its first line in the file."""
    pending, start = b"", 1
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n"), 1):
        if line[:1] in (b" ", b"\t"):
            pending += line[1:]
            continue
        if pending:
            yield start, pending.decode("utf-8", "replace")
        pending, start = line, number
    if pending:
        yield start, pending.decode("utf-8", "replace")


def _components(lines: Iterator[tuple[int, str]]) -> tuple[list[_Component], list[tuple[int, str]]]:
    """The tree that BEGIN and END make, and what is wrong with the lines."""
    top: list[_Component] = []
    open_: list[_Component] = []
    broken: list[tuple[int, str]] = []
    for number, line in lines:
        one = _property(number, line)
        if one is None:
            broken.append((number, f'no content line: "{line[:40]}" (a fold without its blank, an unclosed quote?)'))
        elif one.name == "BEGIN":
            component = _Component(number, one.value.upper())
            (open_[-1].parts if open_ else top).append(component)
            open_.append(component)
        elif one.name == "END":
            if not open_ or open_[-1].name != one.value.upper():
                broken.append((number, f"END:{one.value[:40]} closes nothing that is open"))
            else:
                open_.pop()
        elif open_:
            open_[-1].properties.append(one)
        else:
            broken.append((number, f"{one.name[:40]} stands outside of every component"))
    broken.extend((component.line, f"BEGIN:{component.name} is never closed") for component in open_)
    return top, broken


def _property(number: int, line: str) -> _Property | None:
    name = _NAME.match(line)
    if name is None:
        return None
    at, parameters = name.end(), {}
    while parameter := _PARAMETER.match(line, at):
        parameters[parameter[1].upper()] = parameter[2].strip('"') + parameter[3]
        at = parameter.end()
    if line[at : at + 1] != ":":
        return None
    return _Property(number, name[0].upper(), parameters, line[at + 1 :])


def _component_faults(component: _Component, zones: set[str]) -> Iterator[tuple[int, str]]:
    needed = _NEEDED.get(component.name, ())
    for name in needed:
        if not component.named(name):
            yield component.line, f"{component.name} without {name}"
    for name in (*needed, *_ONCE):
        if len(same := component.named(name)) > 1:
            yield same[1].line, f"a second {name} in one {component.name}"
    for one in component.properties:
        for fault in _property_faults(one, zones, in_zone=component.name in ("STANDARD", "DAYLIGHT")):
            yield one.line, fault
    if component.name == "VEVENT":
        yield from _order_faults(component)


def _property_faults(one: _Property, zones: set[str], *, in_zone: bool) -> Iterator[str]:
    if one.name in _FORBIDDEN:
        yield f"{one.name} makes servers send mail"
    if one.name in _TEXT_PROPERTIES and not _TEXT.fullmatch(one.value):
        yield f'{one.name} has an unescaped ";", "," or "\\"'
    if one.name == "CATEGORIES" and not _TEXT_LIST.fullmatch(one.value):
        yield 'CATEGORIES has an unescaped ";" or "\\"'
    if one.name == "SEQUENCE" and not (one.value.isascii() and one.value.isdigit() and int(one.value) <= _MAX_SEQUENCE):
        yield f"SEQUENCE {one.value[:40]} is no number from 0 to {_MAX_SEQUENCE}"
    if one.name in _VOCABULARY and one.value not in _VOCABULARY[one.name]:
        yield f"{one.name}:{one.value[:40]} is not one of {', '.join(sorted(_VOCABULARY[one.name]))}"
    if one.name in _DURATION_PROPERTIES and not _DURATION.fullmatch(one.value):
        yield f"{one.name}:{one.value[:40]} is no duration"
    if one.name == "REFRESH-INTERVAL" and one.parameters.get("VALUE") != "DURATION":
        yield "REFRESH-INTERVAL without VALUE=DURATION"
    if one.name == "TRIGGER" and not _DURATION.fullmatch(one.value) and one.parameters.get("VALUE") != "DATE-TIME":
        yield f"TRIGGER:{one.value[:40]} is no duration"
    if one.name.startswith("X-CALLPLAN-") and not _PLAIN_TOKEN.fullmatch(one.value):
        yield f"{one.name} is no plain token; Radicale cuts it at a comma"
    if one.name in _TIME_PROPERTIES:
        yield from _time_faults(one, zones, in_zone=in_zone)


def _time_faults(one: _Property, zones: set[str], *, in_zone: bool) -> Iterator[str]:
    moment = _moment(one.value)
    tzid = one.parameters.get("TZID")
    if moment is None:
        yield f"{one.name}:{one.value[:40]} is no date or time that exists"
        return
    is_date = not isinstance(moment, datetime)
    if is_date != (one.parameters.get("VALUE") == "DATE"):
        yield f"{one.name} is a {'date without' if is_date else 'time with'} VALUE=DATE"
    if tzid is not None and tzid not in zones:
        yield f'{one.name} has the TZID "{tzid[:40]}", for which there is no VTIMEZONE'
    utc = one.value.endswith("Z")
    if utc and tzid is not None:
        yield f"{one.name} has both a TZID and a Z"
    if one.name in _UTC_PROPERTIES and not utc:
        yield f"{one.name} is not in UTC"
    if not in_zone and not is_date and not utc and tzid is None:
        yield f"{one.name} has no time zone"


def _moment(value: str) -> date | datetime | None:
    """The date or (naive) time that a value writes, None when it writes none that exists."""
    try:
        if whole := _DATE.fullmatch(value):
            return date(*(int(part) for part in whole.groups()))
        if whole := _TIME.fullmatch(value):
            return datetime(*(int(part) for part in whole.groups()[:6]))  # type: ignore[arg-type]
    except ValueError:
        return None
    return None


def _order_faults(event: _Component) -> Iterator[tuple[int, str]]:
    """DTEND has the type of DTSTART and comes after it."""
    starts, ends = event.named("DTSTART"), event.named("DTEND")
    if not starts or not ends:
        return
    start, end = _moment(starts[0].value), _moment(ends[0].value)
    if start is None or end is None:
        return
    if isinstance(start, datetime) != isinstance(end, datetime):
        yield ends[0].line, "DTSTART and DTEND are not both dates or both times"
    elif _elapsed(starts[0], start, ends[0], end) <= timedelta(0):
        yield ends[0].line, "DTEND is not after DTSTART"


def _elapsed(first: _Property, start: date, last: _Property, end: date) -> timedelta:
    if first.parameters.get("TZID") == last.parameters.get("TZID") and first.value[-1:] == last.value[-1:]:
        return end - start
    return _placed(last, end) - _placed(first, start)


def _placed(one: _Property, moment: date) -> datetime:
    """The moment in UTC. An unknown zone is taken for UTC: its absence is a fault of its own."""
    naive = moment if isinstance(moment, datetime) else datetime.combine(moment, datetime.min.time())
    try:
        zone = ZoneInfo(one.parameters.get("TZID", "UTC"))
        return naive.replace(tzinfo=zone).astimezone(UTC)
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):
        return naive.replace(tzinfo=UTC)


def _uid_faults(event: _Component, seen: dict[tuple[str, str], int]) -> Iterator[tuple[int, str]]:
    for uid in event.named("UID"):
        instance = next((one.value for one in event.named("RECURRENCE-ID")), "")
        earlier = seen.setdefault((uid.value, instance), uid.line)
        if earlier != uid.line:
            yield uid.line, f"the UID of line {earlier} again"
