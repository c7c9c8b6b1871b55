"""What the user or their client has put into an event of ours survives every rewrite, and does no harm."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from callplan.ics.event import Alarm, Revision
from callplan.ics.read import read_object
from callplan.ics.render import caldav_object
from callplan.sync.content import own_lines, read_content, stamp
from callplan.sync.memory import Known
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sync.build import NOW, event, events, uid
from tests.sync.desk import Desk, pretend_desk
from tests.sync.pretend import FLAVOURS

LATER = NOW + timedelta(hours=5)
OURS = event()
ABSOLUTE = ("ACTION:DISPLAY", "DESCRIPTION:The evening before", "TRIGGER;VALUE=DATE-TIME:20261130T190000Z")
FROM_THE_END = ("ACTION:DISPLAY", "DESCRIPTION:Over", "TRIGGER;RELATED=END:PT5M")
NONE = ("ACTION:NONE", "TRIGGER;VALUE=DATE-TIME:19760401T005545Z")


def alarm(*lines: str) -> str:
    """An alarm with these lines."""
    return "\n".join(("BEGIN:VALARM", *lines, "END:VALARM"))


def with_lines(*lines: str) -> Callable[[str], str]:
    """Properties put into an event by hand."""
    return lambda text: text.replace("BEGIN:VEVENT\n", "\n".join(("BEGIN:VEVENT", *lines, "")), 1)


def with_alarm(*lines: str) -> Callable[[str], str]:
    """An alarm put into an event by hand."""
    return lambda text: text.replace("END:VEVENT", f"{alarm(*lines)}\nEND:VEVENT")


def written(*foreign: str) -> bytes:
    """Our event as it is written with these."""
    return stamp(caldav_object(Revision(OURS, 1, NOW)), OURS, foreign)


def edited(change: Callable[[str], str]) -> bytes:
    """Our event as somebody else made it."""
    text = change(written().decode().replace("\r\n ", "").replace("\r\n", "\n"))
    return text.replace("\n", "\r\n").encode("utf-8", "surrogateescape")


FOUND = {
    "a class": (with_lines("CLASS:PRIVATE"), ("CLASS:PRIVATE",)),
    "a colour": (with_lines("COLOR:red"), ("COLOR:red",)),
    "a category": (lambda text: text.replace("CATEGORIES:callplan", "CATEGORIES:Important,callplan,Work"),
                   ("CATEGORIES:Important,Work",)),
    "a category a line": (with_lines("CATEGORIES:Work", "CATEGORIES;LANGUAGE=en:Important,Work"),
                          ("CATEGORIES:Work,Important",)),
    "a category with a comma": (with_lines(r"CATEGORIES:Work\, home"), (r"CATEGORIES:Work\, home",)),
    "an alarm at an hour of its own": (with_alarm(*ABSOLUTE), (alarm(*ABSOLUTE),)),
    "an alarm from the end": (with_alarm(*FROM_THE_END), (alarm(*FROM_THE_END),)),
    "the mark of having none": (with_alarm(*NONE), (alarm(*NONE),)),
    "an alarm from the start": (with_alarm("ACTION:DISPLAY", "TRIGGER:-PT5M", "DESCRIPTION:x"), ()),
    "the same alarm twice": (lambda text: with_alarm(*NONE)(with_alarm(*NONE)(text)), (alarm(*NONE),)),
    "folded inside a character": (with_lines("COMMENT:\udcc3\n \udcb8"), ("COMMENT:ø",)),
    "whom servers would mail": (
        with_lines("ORGANIZER:mailto:anna@dahl.example", 'ATTENDEE;CN="a:b":mailto:bob@x.example'), (),
    ),
    "whom an alarm would mail": (
        with_alarm("ACTION:EMAIL", "SUMMARY:x", "DESCRIPTION:x", "ATTENDEE:mailto:bob@x.example", ABSOLUTE[2]), (),
    ),
    "an alarm without a time": (with_alarm("ACTION:DISPLAY", "DESCRIPTION:x"), ()),
    "an alarm at no time": (with_alarm("ACTION:DISPLAY", "TRIGGER;VALUE=DATE-TIME:20261330T190000Z"), ()),
    "an alarm with two times": (with_alarm(*ABSOLUTE, FROM_THE_END[2]), ()),
    "an alarm with a fault": (with_alarm(*ABSOLUTE, "REPEAT:often"), ()),
    "an alarm that holds something": (with_alarm(*ABSOLUTE, "BEGIN:VEVENT", "UID:x", "END:VEVENT"), ()),
    "an alarm that is not closed": (
        lambda text: text.replace("END:VEVENT", "BEGIN:VALARM\nACTION:DISPLAY\nEND:VEVENT\nX-A:1"), (),
    ),
    "an alarm of many lines": (with_alarm(*ABSOLUTE, *(f"X-{number}:x" for number in range(100))), ()),
    "an alarm with a film": (with_alarm(*ABSOLUTE, "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "QUJD" * 2000), ()),
    "a line break of another kind": (with_lines("X-A:1\rATTENDEE:mailto:bob@x.example", "X-B:\x0b2"), ()),
    "no property": (with_lines("no colon", "X A:1", ":2", "X-C"), ()),
}  # fmt: skip


@pytest.mark.parametrize(("change", "found"), FOUND.values(), ids=FOUND)
def test_what_is_not_ours_is_found_and_carried_as_it_stands(
    change: Callable[[str], str], found: tuple[str, ...]
) -> None:
    assert own_lines(edited(change))[2] == found
    again = written(*found)
    assert own_lines(again)[2] == found
    assert again.count(b"CATEGORIES:") == 1
    assert b"CATEGORIES:callplan" in again
    assert all(len(line) <= 75 for line in again.split(b"\r\n"))
    assert read_object(again).alarms == (Alarm(15, "Call"),)


def test_a_hundred_alarms_are_too_many() -> None:
    many = "\n".join(alarm(*ABSOLUTE, f"X-NUMBER:{number}") for number in range(100))
    data = edited(lambda text: text.replace("END:VEVENT", f"{many}\nEND:VEVENT"))
    assert len(own_lines(data)[2]) == 10


@pytest.mark.parametrize("line", ["X-A" + ";:" * 500_000 + "\x01", "CATEGORIES:" + "\\," * 500_000, 'X-A;"' * 500_000])
def test_a_line_made_to_take_hours_takes_none(line: str) -> None:
    began = time.process_time()
    own_lines(edited(with_lines(line)))
    assert time.process_time() - began < 5


def test_lines_that_an_earlier_version_remembered_are_dropped_where_servers_would_mail_people() -> None:
    data = written("ATTENDEE:mailto:bob@x.example", "organizer;CN=A:mailto:a@x.example", "COLOR:red")
    assert own_lines(data)[2] == ("COLOR:red",)
    assert b"mailto" not in data


hostile = st.text(st.sampled_from([*"AX-:;,\\\"=\r\n\t \x00\x85\u2028ø"]), max_size=12) | st.sampled_from(
    ["BEGIN:VEVENT", "END:VEVENT", "END:VALARM", "BEGIN:VALARM", "ATTENDEE:mailto:a@x.example", "END:VCALENDAR",
     "\r\nATTENDEE:mailto:a@x.example", *ABSOLUTE, FROM_THE_END[2], "CATEGORIES:a\\", "RRULE:FREQ=SECONDLY"],
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(hostile, max_size=8), st.lists(hostile, max_size=8), st.booleans())
def test_whatever_stands_there_what_is_written_is_one_event_and_mails_nobody(
    lines: list[str], alarms: list[str], whole: bool
) -> None:
    add = with_alarm(*ABSOLUTE, *alarms) if whole else with_alarm(*alarms)
    foreign = own_lines(edited(lambda text: add(with_lines(*lines)(text))))[2]
    data = written(*foreign)
    [read] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert {"ATTENDEE", "ORGANIZER"}.isdisjoint(read.keys())
    assert [str(read["UID"])] == re.findall("^UID:(.*)$", data.decode().replace("\r\n", "\n"), re.MULTILINE)
    assert [one.name for one in read.subcomponents] == ["VALARM"] * len(read.subcomponents)
    assert own_lines(data)[2] == foreign


# -- whole syncs -----------------------------------------------------------------------------------------


def _furnish(text: str) -> str:
    text = text.replace("CATEGORIES:callplan", "CATEGORIES:callplan,Important")
    text = with_lines("CLASS:PRIVATE", "COLOR:red")(text)
    return with_alarm(*FROM_THE_END)(with_alarm(*ABSOLUTE)(text))


def test_class_categories_and_alarms_survive_every_rewrite_and_cost_no_write(desk: Desk) -> None:
    desk.sync(events(2))
    desk.edit(uid(0), _furnish)
    assert desk.sync(events(2), LATER).changes == 0
    assert desk.proxy.count("PUT") == 0
    for hours in range(1, 4):
        now = LATER + timedelta(hours=hours)
        desk.sync([event(0, description=f"New words {hours}"), event(1)], now)
        content = read_content(desk.items()[f"{uid(0)}.ics"].encode())
        assert content.description == f"New words {hours}"
        assert {"CLASS:PRIVATE", "COLOR:red", "CATEGORIES:Important"} <= set(content.foreign)
        assert [one for one in content.foreign if "\n" in one and "DATE-TIME:20261130T190000Z" in one]
        assert [one for one in content.foreign if "\n" in one and "RELATED=END:PT5M" in one]
        assert content.fields["alarms"] == "15"
        # As we write it: Cyrus keeps a property for each category.
        assert [one.body.count(b"\nCATEGORIES") for one in desk.proxy.seen if one.method == "PUT"][-1] == 1
    desk.sync([event(0, description="New words 3"), event(1)], LATER + timedelta(days=1))
    assert desk.proxy.count() == 1


@pytest.fixture
def furnished(tmp_path: Path) -> Desk:
    """An event that the user has furnished, at a server in memory."""
    desk = pretend_desk(FLAVOURS["cyrus"], tmp_path)
    desk.sync(events(1))
    desk.edit(uid(0), _furnish)
    desk.sync(events(1), LATER)
    return desk


def test_an_alarm_they_delete_stays_deleted(furnished: Desk) -> None:
    furnished.edit(uid(0), lambda text: text.replace(f"{alarm(*ABSOLUTE)}\n", ""))
    assert furnished.sync(events(1), LATER).changes == 0
    furnished.sync([event(summary="Call now")], LATER)
    text = furnished.items()[f"{uid(0)}.ics"]
    assert "SUMMARY:Call now" in text
    assert "20261130T190000Z" not in text
    assert alarm(*FROM_THE_END) in text


@pytest.mark.parametrize(
    "dismiss",
    [
        lambda text: text.replace(ABSOLUTE[2], f"{ABSOLUTE[2]}\nACKNOWLEDGED:20261130T190100Z"),
        with_lines("X-MOZ-LASTACK:20261130T190100Z", "X-MOZ-GENERATION:1"),
        lambda text: text.replace("COLOR:red", "COLOR:tomato"),
        lambda text: text.replace("CLASS:PRIVATE\n", ""),
    ],
)
def test_a_dismissed_alarm_and_cosmetics_cause_no_write(furnished: Desk, dismiss: Callable[[str], str]) -> None:
    furnished.edit(uid(0), dismiss)
    report = furnished.sync(events(1), LATER)
    assert (report.changes, report.lines(), furnished.proxy.count("PUT")) == (0, [], 0)
    furnished.sync(events(1), LATER)
    assert furnished.proxy.count() == 1


def test_a_second_machine_carries_it_too(furnished: Desk, tmp_path: Path) -> None:
    other = furnished.another(tmp_path / "laptop")
    other.sync([event(summary="Call now")], LATER)
    text = furnished.items()[f"{uid(0)}.ics"]
    assert {"CLASS:PRIVATE", "CATEGORIES:callplan,Important", ABSOLUTE[2]} <= set(text.split("\n"))


def test_people_invited_to_a_step_are_left_out_when_it_is_written_anew(tmp_path: Path) -> None:
    desk = pretend_desk(FLAVOURS["cyrus"], tmp_path)
    desk.sync(events(1))
    desk.edit(uid(0), with_lines("ORGANIZER:mailto:anna@dahl.example", "ATTENDEE:mailto:bob@x.example"))
    report = desk.sync(events(1), LATER)
    assert (report.changes, report.lines()) == (0, [])
    report = desk.sync([event(summary="Call now")], LATER)
    assert [line for line in report.lines() if "Call now" not in line] == []
    assert "mailto" not in desk.items()[f"{uid(0)}.ics"]


def test_a_state_that_an_earlier_version_wrote_mails_nobody_either(tmp_path: Path) -> None:
    desk = pretend_desk(FLAVOURS["cyrus"], tmp_path)
    desk.sync(events(1))
    with desk.state() as state:
        known = state.memory()[uid(0)]
        before = Known(**{name: getattr(known, name) for name in Known.__dataclass_fields__ if name != "foreign"},
                       foreign=("ATTENDEE:mailto:bob@x.example", "COLOR:red"))  # fmt: skip
        state.remember({uid(0): before})
    desk.sync([event(summary="Call now")], datetime(2026, 11, 17, tzinfo=UTC))
    text = desk.items()[f"{uid(0)}.ics"]
    assert "COLOR:red" in text
    assert "mailto" not in text
