"""A user made a series of an event of ours: it is theirs, and nothing waits for it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from callplan.book import write
from callplan.book.types import LogEntry
from callplan.plan.step import StepKind
from callplan.sync.content import Content, fields_of
from callplan.sync.operations import Noted
from callplan.sync.reconcile import Agreed, Item, Remote, find_edits
from callplan.sync.recurring import is_moved, still_recurring
from callplan.words.said import said
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sync.build import COPENHAGEN, NOW, event, events, uid
from tests.sync.desk import Desk, pretend_desk
from tests.sync.home import AFTER_CALL, BEFORE_CALL, Home, noted
from tests.sync.pretend import FLAVOURS
from tests.sync.test_foreign import with_lines

LATER = NOW + timedelta(hours=5)
START = datetime(2026, 12, 9, 14, 15, tzinfo=COPENHAGEN)  # the second Wednesday of a month of five


def with_exception(text: str) -> str:
    """Three days in a row, the second of them at another hour."""
    first = re.search(r"BEGIN:VEVENT.*END:VEVENT\n", text, re.DOTALL)
    assert first is not None
    master = first[0].replace("BEGIN:VEVENT\n", "BEGIN:VEVENT\nRRULE:FREQ=DAILY;COUNT=3\n")
    begins = re.findall(r"DTSTART;TZID=[^:]+:(\S+)", first[0])[0]
    day = datetime.fromisoformat(begins) + timedelta(days=1)
    other = re.sub(r"(DTSTART|DTEND);TZID=([^:]+):\d{8}", rf"\1;TZID=\2:{day:%Y%m%d}", first[0])
    recurs = f"RECURRENCE-ID;TZID=Europe/Copenhagen:{day:%Y%m%dT%H%M%S}"
    return text.replace(first[0], master + other.replace("BEGIN:VEVENT\n", f"BEGIN:VEVENT\n{recurs}\n"))


# -- with exceptions -------------------------------------------------------------------------------------


def test_a_series_with_exceptions_is_told_once_a_sync_and_nothing_else_waits(calling: Home) -> None:
    calling.edit(StepKind.CALL, with_exception)
    text = calling.text(StepKind.CALL)
    for hours in (1, 2, 3):
        report = calling.sync(BEFORE_CALL + timedelta(hours=hours))
        assert [line for line in report.lines() if "a series with exceptions" in line] == list(report.messages)
        assert (len(report.messages), report.changes, report.failed) == (1, 0, ())
    assert calling.desk.proxy.count() == 2  # it is asked for anew: it may be a single event again
    assert "en serie med undtagelser" in said(report.messages[0], "da")
    calling.edit(StepKind.REFLECT, noted("bring cake"))
    write.append_log(calling.where.book / "nordlys.toml", LogEntry(AFTER_CALL, "call", "reached"))
    for hours in (1, 2):
        report = calling.sync(AFTER_CALL + timedelta(hours=hours))
        assert (len(report.messages), report.failed) == (1, ())
    assert "reflect noted" in calling.outcomes()
    assert calling.text(StepKind.CALL) == text


def test_a_series_that_is_a_single_event_again_is_ours_again(calling: Home) -> None:
    single = calling.text(StepKind.CALL)
    calling.edit(StepKind.CALL, with_exception)
    calling.sync(BEFORE_CALL + timedelta(hours=1))
    calling.edit(StepKind.CALL, lambda _: single)
    calling.edit(StepKind.CALL, noted("no answer"))
    report = calling.sync(AFTER_CALL)
    assert (report.messages, calling.outcomes()) == ((), ["call no-answer"])
    calling.sync(AFTER_CALL)
    assert calling.desk.proxy.count() == 1


def test_a_series_that_is_deleted_is_a_deleted_step(calling: Home) -> None:
    calling.edit(StepKind.CALL, with_exception)
    calling.sync(BEFORE_CALL + timedelta(hours=1))
    calling.desk.delete(calling.uid(StepKind.CALL))
    calling.sync(BEFORE_CALL + timedelta(hours=2))
    assert calling.outcomes() == ["call skipped"]
    assert calling.sync(BEFORE_CALL + timedelta(hours=3)).messages == ()


def test_a_series_of_a_step_that_is_done_may_be_deleted(calling: Home) -> None:
    calling.edit(StepKind.CALL, with_exception)
    write.append_log(calling.where.book / "nordlys.toml", LogEntry(AFTER_CALL, "call", "reached"))
    calling.sync(AFTER_CALL)
    calling.desk.delete(calling.uid(StepKind.CALL))
    calling.sync(AFTER_CALL + timedelta(hours=1))
    report = calling.sync(AFTER_CALL + timedelta(hours=2))
    assert (report.messages, report.edits, calling.desk.proxy.count()) == ((), (), 1)


def test_a_plan_that_changes_does_not_fail_because_of_a_series(desk: Desk) -> None:
    desk.sync(events(2))
    desk.edit(uid(0), with_exception)
    text = desk.items()[f"{uid(0)}.ics"]
    desk.sync(events(2), LATER)
    report = desk.sync([event(0, summary="Call now"), event(1, summary="Call then")], LATER)
    assert [line.summary for line in report.updated] == ["Call then"]
    assert desk.items()[f"{uid(0)}.ics"] == text


def test_a_machine_without_state_leaves_a_series_alone_each_time(tmp_path: Path) -> None:
    here = pretend_desk(FLAVOURS["cyrus"], tmp_path / "here")
    here.sync(events(2))
    here.edit(uid(0), with_exception)
    text = here.items()[f"{uid(0)}.ics"]
    there = here.another(tmp_path / "there")
    for hours in range(3):
        report = there.sync(events(2), LATER + timedelta(hours=hours))
        assert (len(report.messages), report.failed) == (1, ())
    there.sync(events(2)[1:], LATER + timedelta(hours=4))
    assert here.items()[f"{uid(0)}.ics"] == text


def test_a_series_of_a_newer_copy_of_the_book_is_not_taken_over(tmp_path: Path) -> None:
    here = pretend_desk(FLAVOURS["cyrus"], tmp_path / "here")
    here.sync(events(2))
    single = here.items()[f"{uid(0)}.ics"]
    here.edit(uid(0), with_exception)
    there = here.another(tmp_path / "there")
    older = {"ours": frozenset({uid(0), uid(1)}), "was_wanted": lambda gone: gone != uid(0)}
    there.sync(events(2)[1:], LATER, wish=older)
    here.edit(uid(0), lambda _: single)
    report = there.sync(events(2)[1:], LATER + timedelta(hours=1), wish=older)
    assert (report.deleted, len(here.items())) == ((), 2)


def test_of_a_series_that_was_never_read_nothing_can_be_told_apart() -> None:
    row = Agreed(uid(0), "x", None, "", {}, "", "", listed=True)
    content = Content(uid(0), fields_of(event(summary="Else")), "Else", "mine")
    assert find_edits([event()], {uid(0): row}, Remote({uid(0): Item("x", '"2"', content)}), {}) == (
        Noted(uid(0), "mine"),
    )


def test_words_that_look_like_an_event_are_no_series(tmp_path: Path) -> None:
    desk = pretend_desk(FLAVOURS["cyrus"], tmp_path)
    desk.sync(events(1))
    desk.edit(uid(0), noted("BEGIN:VEVENT is what it says"))
    assert desk.sync(events(1), LATER).messages == ()


# -- a rule alone ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "stays"),
    [("FREQ=DAILY;COUNT=3", True), ("FREQ=DAILY", True), ("FREQ=DAILY;UNTIL=20261205T000000Z", False),
     ("FREQ=DAILY;UNTIL=20261209T131500Z", True), ("FREQ=DAILY;UNTIL=20261209T131459Z", False),
     ("FREQ=DAILY;UNTIL=20261209", True), ("FREQ=DAILY;UNTIL=20261208", False),
     ("FREQ=DAILY;UNTIL=20261209T141500", True), ("FREQ=DAILY;UNTIL=soon", False),
     ("FREQ=WEEKLY;BYDAY=MO,WE", True), ("FREQ=WEEKLY;BYDAY=FR", False), ("FREQ=WEEKLY;WKST=SU;INTERVAL=2", True),
     ("FREQ=MONTHLY;BYDAY=2WE", True), ("FREQ=MONTHLY;BYDAY=-4WE", True), ("FREQ=MONTHLY;BYDAY=1WE", False),
     ("FREQ=YEARLY;BYDAY=2WE", False), ("FREQ=YEARLY;BYMONTH=12;BYDAY=2WE", True), ("FREQ=MONTHLY;BYMONTHDAY=9", True),
     ("FREQ=MONTHLY;BYMONTHDAY=-23", True), ("FREQ=MONTHLY;BYMONTHDAY=4", False), ("FREQ=DAILY;BYHOUR=8", False),
     ("FREQ=MONTHLY;BYDAY=WE;BYSETPOS=1", False), ("FREQ=YEARLY;BYMONTH=x", False), ("", False)],
)  # fmt: skip
def test_a_rule_stays_only_where_the_new_start_is_its_first(rule: str, stays: bool) -> None:
    foreign = ("COLOR:red", f"RRULE:{rule}", "BEGIN:VALARM\nRRULE:x\nEND:VALARM")
    assert still_recurring(foreign, START) == (foreign if stays else (foreign[0], foreign[2]))


@pytest.mark.parametrize("line", ["EXDATE:20261205T071500Z", "RDATE;VALUE=DATE:20261205", "EXRULE:FREQ=WEEKLY"])
def test_single_days_of_a_series_go_with_its_hour(line: str) -> None:
    assert still_recurring(("RRULE:FREQ=DAILY;COUNT=3", line, "CLASS:PRIVATE"), START) == ("CLASS:PRIVATE",)


numbers = st.lists(st.integers(-31, 31).filter(bool), min_size=1, max_size=3)
parts = st.fixed_dictionaries(
    {"FREQ": st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])},
    optional={
        "INTERVAL": st.integers(1, 3),
        "BYDAY": st.sampled_from(["WE", "MO,WE", "2WE", "-4WE", "1MO,2WE", "-1FR"]),
        "BYMONTH": st.sampled_from(["12", "1,12", "6"]),
        "BYMONTHDAY": numbers.map(lambda days: ",".join(map(str, days))),
        "BYHOUR": st.sampled_from(["14", "8,14", "8"]),
        "UNTIL": st.dates(START.date() - timedelta(days=9), START.date() + timedelta(days=9)).map(
            lambda day: f"{day:%Y%m%d}T141500"
        ),
    },
)


@settings(max_examples=200, deadline=None)
@given(parts)
def test_the_first_of_what_stays_is_the_start(rule: dict[str, object]) -> None:
    text = ";".join(f"{name}={value}" for name, value in rule.items())
    if still_recurring((f"RRULE:{text}",), START):
        start = START.replace(tzinfo=None)
        assert next(iter(rrulestr(text, dtstart=start))) == start


def test_only_another_start_is_a_move() -> None:
    assert is_moved(None, "20261204T071500Z/20261204T073000Z")
    assert is_moved("20261204T071500Z/20261204T073000Z", "20261205T071500Z/20261205T073000Z")
    assert not is_moved("20261204T071500Z/20261204T073000Z", "20261204T071500Z/20261204T080000Z")


def test_a_rule_that_ends_before_the_new_time_is_dropped_for_good(tmp_path: Path) -> None:
    desk = pretend_desk(FLAVOURS["cyrus"], tmp_path)
    desk.sync(events(1))
    desk.edit(uid(0), with_lines("RRULE:FREQ=DAILY;UNTIL=20261205T000000Z", "COLOR:red"))
    assert desk.sync(events(1), LATER).changes == 0
    desk.sync([event(summary="Call now")], LATER)
    assert "RRULE:FREQ=DAILY" in desk.items()[f"{uid(0)}.ics"].partition("BEGIN:VEVENT")[2]
    begins, ends = event(300).start, event(300).end
    for summary in ("Call now", "Call at last"):
        desk.sync([event(summary=summary, start=begins, end=ends)], LATER)
        text = desk.items()[f"{uid(0)}.ics"].partition("BEGIN:VEVENT")[2]
        assert "RRULE" not in text
        assert f"SUMMARY:{summary}" in text
        assert "COLOR:red" in text
    desk.sync([event(summary="Call at last")], LATER)  # and back
    assert "RRULE" not in desk.items()[f"{uid(0)}.ics"].partition("BEGIN:VEVENT")[2]
    desk.sync([event(summary="Call at last")], LATER)
    assert desk.proxy.count() == 1
