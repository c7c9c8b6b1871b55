"""What others have put into an event of ours: found when it is read, put back when it is written anew.

A colour, a class, further categories, alarms at an hour of their own: all that is the user's or their client's, and
stays as it stands. But a calendar may be anybody's, so only well-formed lines and whole alarms are carried, of a size
that a client would write; and never a line that makes a server send mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

#: Properties callplan writes itself, and copies of them that clients keep and that would go stale.
_OURS = frozenset({
    "UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION",
    "LOCATION", "STATUS", "TRANSP", "URL", "CATEGORIES", "X-ALT-DESC", "X-MICROSOFT-CDO-BUSYSTATUS",
})  # fmt: skip

#: The prefix of callplan's own properties.
_OWN = "X-CALLPLAN"

#: The category of callplan's own; every other one is the user's.
_OWN_CATEGORY = "callplan"

#: Servers send mail to those who are named here (RFC 6638), whoever put them in.
_NEVER = frozenset({"ATTENDEE", "ORGANIZER", "REQUEST-STATUS"})

_ALARMS, _ALARM_LINES, _ALARM_LINE, _CATEGORIES = 10, 40, 1000, 2000

_FOLD = re.compile(rb"\r?\n[ \t]")
_NAME = re.compile(r"[A-Za-z0-9-]+[;:]")
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_VALUE = re.compile(r'[^:"]*(?:"[^"]*"[^:"]*)*:(.*)')  # after the name and the parameters, which may hold a colon
_ONE_OF_SEVERAL = re.compile(r"(?:\\.|[^,\\])+")
_OUR_CATEGORIES = re.compile(rb"^CATEGORIES:.*\r\n(?: .*\r\n)*", re.MULTILINE)
_ABSOLUTE = re.compile(r"\d{8}T\d{6}Z?")
_BEGIN, _END = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"


def lines_of(data: bytes) -> tuple[list[str], list[list[str]]]:
    """The properties of the first VEVENT of an object, unfolded, and the lines of each alarm in it.

    An alarm that holds something itself is left out, and so is all that follows one that is not closed.
    """
    text = _FOLD.sub(b"", data).decode("utf-8", "replace").replace("\r\n", "\n")
    properties: list[str] = []
    alarms: list[list[str]] = []
    inside: list[str] = []
    alarm: list[str] | None = None
    for line in text.split("\n"):
        name = name_of(line)
        if name == "BEGIN":
            inside.append(line.partition(":")[2].strip().upper())
            alarm = [] if inside[-2:] == ["VEVENT", "VALARM"] else None
        elif name == "END":
            closed = inside.pop() if inside else ""
            if closed == "VEVENT" or line.partition(":")[2].strip().upper() != closed:
                break
            if alarm is not None:
                alarms.append(alarm)
            alarm = None
        elif not line.strip():
            continue
        elif alarm is not None:
            alarm.append(line)
        elif inside and inside[-1] == "VEVENT":
            properties.append(line)
    return properties, alarms


def foreign_of(properties: Iterable[str], alarms: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """What of this is not callplan's: properties, their categories as one, and alarms (each as lines in one text)."""
    found: list[str] = []
    categories: list[str] = []
    for line in properties:
        name = name_of(line)
        if name == "CATEGORIES":
            categories += _categories(line)
        elif name == "CLASS" and value_of(line).upper() == "PUBLIC":
            continue  # the default (RFC 5545 section 3.8.1.3), which SOGo writes into every event
        elif name not in _OURS | _NEVER and not name.startswith(_OWN) and _is_whole(line):
            found.append(line)
    theirs = ",".join(one for one in dict.fromkeys(categories) if one.lower() != _OWN_CATEGORY)
    if theirs and len(theirs) <= _CATEGORIES and not _CONTROLS.search(theirs):
        found.append(f"CATEGORIES:{theirs}")
    blocks = ("\n".join(["BEGIN:VALARM", *one, "END:VALARM"]) for one in alarms if _is_foreign(one))
    return (*found, *dict.fromkeys(block for block in list(blocks)[:_ALARMS] if _can_be_read(block)))


def furnish(data: bytes, foreign: Sequence[str]) -> bytes:
    """The rendered object with what is not callplan's (`foreign_of`) put back into its VEVENT."""
    properties = [line for line in foreign if "\n" not in line and name_of(line) not in _NEVER]
    alarms = [line for block in foreign if "\n" in block for line in block.split("\n")]
    theirs = [word for line in properties if name_of(line) == "CATEGORIES" for word in _categories(line)]
    others = [line for line in properties if name_of(line) != "CATEGORIES"]
    if theirs:
        data = _with_categories(data, theirs)
    if others:
        data = data.replace(_BEGIN, _BEGIN + b"".join(map(fold, others)), 1)
    if alarms:  # alarms come after all properties (RFC 5545 section 3.6.1)
        data = data.replace(_END, b"".join(map(fold, alarms)) + _END, 1)
    return data


def fold(line: str) -> bytes:
    """RFC 5545 section 3.1: at most 75 octets a line, never inside a character."""
    pieces, room, current = [], 75, b""
    for character in line:
        octets = character.encode()
        if len(current) + len(octets) > room:
            pieces.append(current)
            current, room = b"", 74
        current += octets
    pieces.append(current)
    return b"\r\n ".join(pieces) + b"\r\n"


def name_of(line: str) -> str:
    """The name of an unfolded property, in capitals."""
    return line.partition(":")[0].partition(";")[0].upper()


def value_of(line: str) -> str:
    """The value of an unfolded property as it is written; "" where there is none."""
    found = _VALUE.fullmatch(line)
    return found[1].strip() if found else ""


def _is_whole(line: str) -> bool:
    """Whether it is one property for every reader. (One expression for all of it would take hours over some lines.)"""
    return _NAME.match(line) is not None and ":" in line and _CONTROLS.search(line) is None


def _categories(line: str) -> list[str]:
    """Each as it is written: what is escaped stays so."""
    return [word for one in _ONE_OF_SEVERAL.findall(value_of(line)) if (word := one.strip())]


def _with_categories(data: bytes, theirs: Iterable[str]) -> bytes:
    """All in one property: DAVx5 reads only the first."""
    found = _OUR_CATEGORIES.search(data)
    ours = _categories(_FOLD.sub(b"", found[0]).decode().rstrip()) if found else []
    if found:
        data = data[: found.start()] + data[found.end() :]
    line = fold(f"CATEGORIES:{','.join(dict.fromkeys([*ours, *theirs]))}")
    return data.replace(_BEGIN, _BEGIN + line, 1)


def _is_foreign(alarm: Sequence[str]) -> bool:
    """Whether an alarm is whole, and none of those that `content.FIELDS` holds: minutes before the start."""
    names = [name_of(line) for line in alarm]
    if (
        len(alarm) > _ALARM_LINES
        or not all(len(line) <= _ALARM_LINE and _is_whole(line) for line in alarm)
        or (names.count("TRIGGER"), names.count("ACTION")) != (1, 1)
        or not _NEVER.isdisjoint(names)
    ):
        return False
    trigger, action = (alarm[names.index(name)] for name in ("TRIGGER", "ACTION"))
    value = value_of(trigger)
    if _ABSOLUTE.fullmatch(value):
        try:
            datetime.strptime(value[:15], "%Y%m%dT%H%M%S")
        except ValueError:
            return False
        return True
    parameters = trigger.upper().removesuffix(value.upper())
    return "RELATED=END" in parameters or value_of(action).upper() == "NONE"  # Apple's mark of having none


def _can_be_read(block: str) -> bool:
    """Whether it is an alarm for the reader too: icalendar gives up on a whole object because of one that is not."""
    from icalendar import Alarm  # noqa: PLC0415 - takes 60 ms, and few events have such alarms

    try:
        return bool(Alarm.from_ical(block.replace("\n", "\r\n") + "\r\n").get("TRIGGER").dt is not None)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
        return False
