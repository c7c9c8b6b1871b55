"""A step in the all-day row, or without a length: what the user meant, and that it comes home as any other drag."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from callplan.plan.step import StepKind
from callplan.sync.content import Content, fields_of, hashes, when_text
from callplan.sync.dragged import as_meant, stands_on_its_day
from callplan.sync.memory import Kept, Known, learn, revise
from callplan.sync.operations import Adopt, Moved, Update
from callplan.sync.reconcile import Item, Remote, agreed_on, find_edits, reconcile
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sync.build import COPENHAGEN, NOW, event, events, uid
from tests.sync.desk import OTHERS, pretend_desk
from tests.sync.home import AFTER_CALL, BEFORE_CALL, Home, moved_to, noted
from tests.sync.pretend import FLAVOURS

LATER = NOW + timedelta(hours=5)
PLANNED = event()  # on the first of December, 08:30 to 08:45
ANOTHER = "20261209T131500Z/20261209T133000Z"
NEWER = replace(PLANNED, start=datetime(2026, 12, 9, 14, 15, tzinfo=COPENHAGEN),
                end=datetime(2026, 12, 9, 14, 30, tzinfo=COPENHAGEN))  # fmt: skip
OURS = fields_of(PLANNED)["when"]


def all_day(day: str, days: int = 1) -> Callable[[str], str]:
    """A drag into the row of whole days."""

    def change(text: str) -> str:
        first = date.fromisoformat(day)
        for name, one in (("DTSTART", first), ("DTEND", first + timedelta(days=days))):
            text = re.sub(rf"{name};TZID=[^:]+:\S+", f"{name};VALUE=DATE:{one:%Y%m%d}", text)
        return text

    return change


def without_length(text: str) -> str:
    """It ends as it starts."""
    begins = re.findall(r"DTSTART(;TZID=[^:]+:\S+)", text)[-1]
    return re.sub(r"DTEND;TZID=[^:]+:\S+", f"DTEND{begins}", text)


def _content(day: date | None = None, when: str | None = None, wrote: str = OURS, kept: bool = False) -> Content:
    """The event as it stands in the calendar, as all-day or at `when`; `wrote` is when callplan wrote it last."""
    fields = {name: text for name, text in fields_of(PLANNED).items() if name != "when"}
    marks = hashes({**fields, "when": wrote}, PLANNED.description)
    theirs = {"when": "000000"} if kept else {}
    fields |= {"when": when} if when else {}
    return Content(PLANNED.uid, fields, PLANNED.description, wrote=marks, kept=theirs, day=day)


FOURTH, NINTH = date(2026, 12, 4), date(2026, 12, 9)
MEANT = {
    "another day": (_content(FOURTH), PLANNED, OURS, None, "20261204T073000Z/20261204T074500Z"),
    "the day it stands on": (_content(PLANNED.start.date()), PLANNED, OURS, None, None),
    "the hour that was agreed": (
        _content(FOURTH, wrote=ANOTHER), PLANNED, ANOTHER, None, "20261204T131500Z/20261204T133000Z",
    ),
    "the hour they had given it": (_content(FOURTH), PLANNED, OURS, ANOTHER, "20261204T131500Z/20261204T133000Z"),
    "the day they had put it on": (_content(NINTH), PLANNED, OURS, ANOTHER, None),
    "the plan has moved meanwhile": (_content(FOURTH), NEWER, OURS, None, "20261204T073000Z/20261204T074500Z"),
    "another machine wrote meanwhile": (_content(FOURTH, wrote=ANOTHER), NEWER, OURS, None,
                                        "20261204T131500Z/20261204T133000Z"),
    "another machine wrote it for that day": (_content(NINTH, wrote=ANOTHER), NEWER, OURS, None, None),
    "nothing is agreed": (_content(FOURTH), PLANNED, None, None, "20261204T073000Z/20261204T074500Z"),
    "nothing is agreed, and the plan is newer": (_content(FOURTH), NEWER, None, None, None),
    "nothing is agreed, and it was theirs before": (
        _content(FOURTH, wrote=ANOTHER, kept=True), PLANNED, None, None, "20261204T073000Z/20261204T074500Z",
    ),
    "not wanted any more": (_content(FOURTH), None, OURS, None, None),
    "no length": (_content(when="20261204T070000Z/20261204T070000Z"), PLANNED, OURS, None,
                  "20261204T070000Z/20261204T071500Z"),
    "a length of theirs": (_content(when="20261204T070000Z/20261204T070100Z"), PLANNED, OURS, None,
                           "20261204T070000Z/20261204T070100Z"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "planned", "agreed", "kept", "meant"), MEANT.values(), ids=MEANT)
def test_where_the_user_meant_it_to_be(
    content: Content, planned: object, agreed: str | None, kept: str | None, meant: str | None
) -> None:
    assert as_meant(content, planned, agreed, kept).fields.get("when") == meant  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "agreed", "stands"),
    [(_content(), OURS, True), (_content(PLANNED.start.date()), OURS, True), (_content(FOURTH), OURS, False),
     (_content(PLANNED.start.date()), ANOTHER, False), (_content(PLANNED.start.date()), None, True),
     (_content(PLANNED.start.date(), wrote=ANOTHER), None, False)],
)  # fmt: skip
def test_an_all_day_event_may_stay_only_where_it_stood_all_along(
    content: Content, agreed: str | None, stands: bool
) -> None:
    assert stands_on_its_day(content, PLANNED, agreed) is stands


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 500_000),
    st.integers(1, 900),
    st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    st.sampled_from(["Europe/Copenhagen", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC", "no zone"]),
)
def test_any_day_keeps_the_clock_and_the_length_and_is_written_once(
    minutes: int, length: int, day: date, timezone: str
) -> None:
    start = event().start + timedelta(minutes=minutes)
    planned = event(start=start, end=start + timedelta(minutes=length), timezone=timezone)
    zone = COPENHAGEN if timezone == "no zone" else ZoneInfo(timezone)
    rows = {planned.uid: agreed_on("x", '"1"', planned)}
    fields = {name: text for name, text in fields_of(planned).items() if name != "when"}
    content = Content(planned.uid, fields, planned.description, wrote=hashes(fields_of(planned), planned.description))
    remote = Remote({planned.uid: Item("x", '"2"', replace(content, day=day))})
    edits = find_edits([planned], rows, remote, {})
    memory = learn({}, edits)
    (revision,) = revise([planned], memory, NOW - timedelta(days=2000)).revisions
    (operation,) = reconcile([revision], rows, remote, memory)
    if day == planned.start.astimezone(zone).date():
        assert edits == ()
        assert isinstance(operation, Adopt)
        return
    (edit,) = edits
    assert isinstance(edit, Moved)
    assert edit.end - edit.start == planned.end.astimezone(UTC) - planned.start.astimezone(UTC)
    clock = datetime.combine(day, planned.start.astimezone(zone).time(), zone)
    assert edit.start == clock.astimezone(UTC)
    assert isinstance(operation, Update)
    assert fields_of(operation.revision.event)["when"] == when_text(edit.start, edit.end)
    assert find_edits([planned], rows, remote, memory) == ()  # should the write not happen, it is no second move


def test_a_time_without_length_that_an_earlier_version_remembered_can_be_written() -> None:
    nothing = "20261204T070000Z/20261204T070000Z"
    memory = {uid(0): Known(uid(0), kept={"when": Kept(nothing, OURS)})}
    (revision,) = revise([PLANNED], memory, NOW).revisions
    assert fields_of(revision.event)["when"] == "20261204T070000Z/20261204T071500Z"


# -- whole syncs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [1, 3])
def test_a_call_in_the_all_day_row_is_moved_to_that_day_at_its_hour(calling: Home, days: int) -> None:
    calling.edit(StepKind.CALL, all_day("2026-12-08", days))
    report = calling.sync(BEFORE_CALL + timedelta(hours=1))
    assert "Logged for nordlys: call moved to 2026-12-08 08:15" in report.lines()
    assert calling.log[-1].time == datetime(2026, 12, 8, 7, 15, tzinfo=UTC)
    text = calling.text(StepKind.CALL)
    assert "DTSTART;TZID=Europe/Copenhagen:20261208T081500" in text
    assert "DTEND;TZID=Europe/Copenhagen:20261208T083000" in text
    assert calling.sync(BEFORE_CALL + timedelta(hours=2)).changes == 0
    assert calling.desk.proxy.count() == 1
    assert calling.outcomes() == ["call moved"]


def test_a_moved_call_in_the_all_day_row_keeps_the_hour_they_gave_it(calling: Home) -> None:
    calling.edit(StepKind.CALL, moved_to("2026-12-07", "08:45"))
    calling.sync(BEFORE_CALL + timedelta(hours=1))
    calling.edit(StepKind.CALL, all_day("2026-12-08"))
    calling.sync(BEFORE_CALL + timedelta(hours=2))
    assert ":20261208T084500" in calling.text(StepKind.CALL)
    assert [f"{entry.time:%m-%d %H:%M}" for entry in calling.log[calling.before :] if entry.time] == [
        "12-07 08:45",
        "12-08 08:45",
    ]


def test_words_in_the_notes_come_home_with_the_day(calling: Home) -> None:
    calling.edit(StepKind.CALL, all_day("2026-12-08"))
    calling.edit(StepKind.CALL, noted("ask for Jonas"))
    calling.sync(BEFORE_CALL + timedelta(hours=1))
    assert sorted(calling.outcomes()) == ["call moved", "call noted"]
    assert "ask for Jonas" in calling.text(StepKind.CALL)


def test_a_step_made_all_day_on_its_own_day_is_no_move_and_gets_its_hour_back(calling: Home) -> None:
    calling.edit(StepKind.CALL, all_day("2026-12-04"))
    for hours in (1, 2):
        report = calling.sync(BEFORE_CALL + timedelta(hours=hours))
        assert (report.changes, report.edits, calling.outcomes()) == (0, (), [])
    assert calling.desk.proxy.count() == 1
    assert "VALUE=DATE:20261204" in calling.text(StepKind.CALL)
    calling.edit(StepKind.CALL, noted("no answer"))
    calling.sync(AFTER_CALL)
    assert "VALUE=DATE" not in calling.text(StepKind.CALL)
    assert calling.outcomes() == ["call no-answer"]


def test_an_interview_in_the_all_day_row_is_kept_there_and_told(calling: Home) -> None:
    early = datetime(2026, 11, 10, 9, tzinfo=UTC)
    calling.sync(early)
    calling.edit(StepKind.INTERVIEW, all_day("2026-11-17"))
    report = calling.sync(early + timedelta(hours=1))
    assert any("the record at 2026-11-16 10:00" in line for line in report.lines())
    text = calling.text(StepKind.INTERVIEW)
    assert "DTSTART;TZID=Europe/Copenhagen:20261117T100000" in text
    assert "DTEND;TZID=Europe/Copenhagen:20261117T111500" in text
    assert calling.outcomes() == []


def _needs_a_server_that_takes_it(home: Home) -> None:
    if home.desk.server == OTHERS.get("other-cyrus"):
        pytest.skip("Cyrus refuses an event without length, so no client can leave one there")


def test_a_call_without_length_gets_that_of_the_plan(calling: Home) -> None:
    _needs_a_server_that_takes_it(calling)
    calling.edit(StepKind.CALL, lambda text: without_length(moved_to("2026-12-07", "08:45")(text)))
    calling.sync(BEFORE_CALL + timedelta(hours=1))
    text = calling.text(StepKind.CALL)
    assert "DTSTART;TZID=Europe/Copenhagen:20261207T084500" in text
    assert "DTEND;TZID=Europe/Copenhagen:20261207T090000" in text
    assert calling.outcomes() == ["call moved"]
    assert calling.sync(BEFORE_CALL + timedelta(hours=2)).changes == 0


def test_a_call_without_length_at_its_hour_is_no_move(calling: Home) -> None:
    _needs_a_server_that_takes_it(calling)
    calling.edit(StepKind.CALL, without_length)
    report = calling.sync(BEFORE_CALL + timedelta(hours=1))
    assert (report.edits, calling.outcomes()) == ((), [])
    assert "DTEND;TZID=Europe/Copenhagen:20261204T083000" in calling.text(StepKind.CALL)


def test_an_event_made_all_day_while_its_write_is_doubted_is_looked_at_again(tmp_path: Path) -> None:
    """SOGo and others name no version: what came in between is not taken for what was written."""
    desk = pretend_desk(FLAVOURS["icloud"], tmp_path)
    desk.server.behave(put_etag="none")  # type: ignore[attr-defined]
    desk.sync(events(1))

    def meddle(_number: int, method: str, _path: str) -> None:
        if method == "REPORT" and desk.proxy.count("PUT"):
            desk.proxy.mischief = None
            desk.edit(uid(0), all_day("2026-12-08"))

    desk.proxy.mischief = meddle
    desk.sync([event(summary="Call now")], LATER)
    desk.sync([event(summary="Call now")], LATER + timedelta(hours=1))
    text = desk.items()[f"{uid(0)}.ics"]
    assert ":20261208T083000" in text
