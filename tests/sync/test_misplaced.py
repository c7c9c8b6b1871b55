"""Steps dragged to where they make no sense: put back and told, once, by a sentence that is true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from callplan.book import write
from callplan.plan.step import StepKind

from tests.sync.desk import Desk
from tests.sync.home import BEFORE_CALL, NORDLYS, Home, home_of, moved_to, second_machine

EARLY = datetime(2026, 11, 10, 9, tzinfo=UTC)  # the interview is on the sixteenth, from ten to a quarter past eleven
HOUR = timedelta(hours=1)
REJECTED = '\n[[log]]\nat = 2026-11-09T09:00:00+01:00\nstep = "rejection"\n'


@pytest.fixture
def waiting(desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The interview is next week."""
    home = home_of(desk_at_home, monkeypatch, NORDLYS)
    home.sync(EARLY)
    return home


def told(home: Home, now: datetime) -> list[str]:
    """The sentences of a sync, without its lines about events."""
    return [line for line in home.sync(now).lines() if line[:2] not in ("+ ", "~ ", "- ")]


def give_it_another_time(home: Home, day: int) -> None:
    start, end = datetime(2026, 11, day, 10), datetime(2026, 11, day, 11, 15)
    write.set_values(home.where.book / "nordlys.toml", {("rounds", 0, "start"): start, ("rounds", 0, "end"): end})


def test_an_interview_dragged_into_the_past_is_told_once_and_stands_where_it_is_to_be(waiting: Home) -> None:
    waiting.edit(StepKind.INTERVIEW, moved_to("2026-11-09", "10:00"))
    [line] = told(waiting, EARLY + HOUR)
    assert line.startswith('You moved "')
    assert line.endswith("to 2026-11-09 10:00 (planned: 2026-11-16 10:00). It is not kept: that time has passed.")
    assert ":20261116T100000" in waiting.text(StepKind.INTERVIEW)
    assert waiting.sync(EARLY + 2 * HOUR).lines() == []


def test_an_interview_dragged_twice_is_told_of_where_it_stands_by_now(waiting: Home) -> None:
    waiting.edit(StepKind.INTERVIEW, moved_to("2026-11-17", "10:00"))
    assert any('--start "2026-11-17 10:00"' in line for line in told(waiting, EARLY + HOUR))
    waiting.edit(StepKind.INTERVIEW, moved_to("2026-11-09", "10:00"))
    [line] = told(waiting, EARLY + 2 * HOUR)
    assert line.endswith("It is not kept: that time has passed.")


@pytest.mark.parametrize("dry_run", [True, False])
def test_what_to_do_about_a_dragged_interview_is_told_once_and_with_its_new_time(waiting: Home, dry_run: bool) -> None:
    for day in ("17", "18"):
        waiting.edit(StepKind.INTERVIEW, moved_to(f"2026-11-{day}", "10:00"))
        report = waiting.sync(EARLY + HOUR, dry_run=dry_run)
        [line] = [line for line in report.lines() if "callplan round" in line]
        assert line.endswith(f'--start "2026-11-{day} 10:00"')


def test_a_choice_for_the_record_ends_the_advice(waiting: Home) -> None:
    waiting.edit(StepKind.INTERVIEW, moved_to("2026-11-17", "10:00"))
    waiting.sync(EARLY + HOUR)
    report = waiting.sync(EARLY + 2 * HOUR, resolve={waiting.uid(StepKind.INTERVIEW): False})
    assert not any("callplan round" in line for line in report.lines())
    assert ":20261116T100000" in waiting.text(StepKind.INTERVIEW)


def test_an_interview_that_was_earlier_than_the_record_says_can_be_put_right_afterwards(waiting: Home) -> None:
    after = EARLY + timedelta(days=8)
    waiting.edit(StepKind.INTERVIEW, moved_to("2026-11-13", "10:00"))
    assert any("callplan round" in line for line in told(waiting, after))
    assert ":20261113T100000" in waiting.text(StepKind.INTERVIEW)


def test_a_moved_interviews_passed_time_gives_way_to_one_still_ahead(waiting: Home) -> None:
    waiting.edit(StepKind.INTERVIEW, moved_to("2026-11-11", "10:00"))
    waiting.sync(EARLY + HOUR)
    [line] = told(waiting, EARLY + timedelta(days=3))
    assert line.endswith("the time you moved it to is dropped: that time has passed.")
    assert ":20261116T100000" in waiting.text(StepKind.INTERVIEW)


def test_notes_moved_before_an_interview_was_put_off_come_after_it_again(waiting: Home) -> None:
    waiting.edit(StepKind.NOTES, moved_to("2026-11-16", "18:00"))
    waiting.sync(EARLY + HOUR)
    assert waiting.outcomes() == ["notes moved"]
    give_it_another_time(waiting, 17)
    waiting.sync(EARLY + 2 * HOUR)
    assert ":20261117T112500" in waiting.text(StepKind.NOTES)
    assert waiting.sync(EARLY + 3 * HOUR).lines() == []


@pytest.mark.parametrize("kind", [StepKind.NOTES, StepKind.THANK_YOU, StepKind.FOLLOW_UP])
def test_what_comes_after_an_interview_is_not_kept_before_it(waiting: Home, kind: StepKind) -> None:
    before = waiting.text(kind)
    waiting.edit(kind, moved_to("2026-11-16", "09:00"))
    lines = told(waiting, EARLY + HOUR)
    assert [line for line in lines if line.endswith("It is not kept.")] == lines[:1]
    assert lines[1:] == [
        f"nordlys: {kind.value} is back where the plan has it. It comes after the interview, which begins at "
        "2026-11-16 10:00."
    ]
    assert waiting.outcomes() == []
    assert [line for line in waiting.text(kind).splitlines() if line.startswith("DTSTART;TZID")] == [
        line for line in before.splitlines() if line.startswith("DTSTART;TZID")
    ]
    assert waiting.sync(EARLY + 2 * HOUR).lines() == []


@pytest.mark.parametrize(("day", "clock"), [("2026-12-04", "09:00"), ("2026-12-05", "19:00")])
def test_a_rehearsal_after_its_call_is_put_back(calling: Home, day: str, clock: str) -> None:
    calling.edit(StepKind.REHEARSE, moved_to(day, clock), "call")
    assert told(calling, BEFORE_CALL + HOUR)[1:] == [
        "nordlys: rehearse is back where the plan has it. It comes before its call, and at most two weeks: that begins "
        "at 2026-12-04 08:15."
    ]
    assert ":20261203T190000" in calling.text(StepKind.REHEARSE, "call")
    assert calling.outcomes() == []


def test_a_rehearsal_follows_a_call_that_was_put_off_for_long(calling: Home) -> None:
    calling.edit(StepKind.REHEARSE, moved_to("2026-12-03", "21:00"), "call")
    calling.sync(BEFORE_CALL + HOUR)
    assert calling.outcomes() == ["rehearse moved"]
    calling.edit(StepKind.CALL, moved_to("2026-12-21", "08:15"))
    calling.sync(BEFORE_CALL + 2 * HOUR)
    assert ":20261220T190000" in calling.text(StepKind.REHEARSE, "call")


def test_a_rehearsal_of_the_second_call_is_never_left_behind_its_call(calling: Home) -> None:
    """The log cannot tell it from that of the first: it stays in the calendar as long as it makes sense there."""
    [start] = [line for line in calling.text(StepKind.SECOND_CALL).splitlines() if line.startswith("DTSTART;TZID")]
    second = datetime.strptime(start.rpartition(":")[2], "%Y%m%dT%H%M%S")
    earlier, later = second - timedelta(days=2), second + timedelta(days=1)
    for day, stands in ((earlier, True), (later, False)):
        calling.edit(StepKind.REHEARSE, moved_to(f"{day:%Y-%m-%d}", "18:00"), "second-call")
        lines = told(calling, BEFORE_CALL + HOUR)
        assert (f":{day:%Y%m%d}T180000" in calling.text(StepKind.REHEARSE, "second-call")) is stands
        assert any("at most two weeks" in line for line in lines) is not stands
        assert calling.outcomes() == []


@pytest.mark.parametrize("kind", [StepKind.CALL, StepKind.SECOND_CALL])
@pytest.mark.parametrize(("call", "rehearsal"), [("2026-12-10", "2026-12-09"), ("2026-12-18", "2026-12-06")])
def test_a_call_and_its_rehearsal_may_be_dragged_together(
    calling: Home, kind: StepKind, call: str, rehearsal: str
) -> None:
    calling.edit(kind, moved_to(call, "08:30"))
    calling.edit(StepKind.REHEARSE, moved_to(rehearsal, "18:00"), kind.value)
    for hours in (1, 2):
        lines = told(calling, BEFORE_CALL + hours * HOUR)
        assert not any("back where the plan" in line or "not kept" in line for line in lines)
    assert f"T:{rehearsal}".replace("-", "").replace("T:", ":") + "T180000" in calling.text(
        StepKind.REHEARSE, kind.value
    )
    assert calling.sync(BEFORE_CALL + 3 * HOUR).lines() == []


def test_a_second_call_dragged_before_its_rehearsal_takes_it_along_at_once(calling: Home) -> None:
    [start] = [line for line in calling.text(StepKind.SECOND_CALL).splitlines() if line.startswith("DTSTART;TZID")]
    second = datetime.strptime(start.rpartition(":")[2], "%Y%m%dT%H%M%S")
    eve, sooner = second - timedelta(days=1), second - timedelta(days=3)
    calling.edit(StepKind.REHEARSE, moved_to(f"{eve:%Y-%m-%d}", "18:00"), "second-call")
    calling.sync(BEFORE_CALL + HOUR)
    calling.edit(StepKind.SECOND_CALL, moved_to(f"{sooner:%Y-%m-%d}", f"{second:%H:%M}"))
    calling.sync(BEFORE_CALL + 2 * HOUR)
    assert f":{eve:%Y%m%d}T180000" not in calling.text(StepKind.REHEARSE, "second-call")
    assert calling.sync(BEFORE_CALL + 3 * HOUR).lines() == []


def test_notes_may_be_taken_before_the_end_that_was_only_assumed(waiting: Home) -> None:
    waiting.edit(StepKind.NOTES, moved_to("2026-11-16", "10:45"))
    assert any("The time is kept" in line for line in told(waiting, EARLY + HOUR))
    assert waiting.outcomes() == ["notes moved"]


def test_an_interview_dragged_to_an_earlier_day_may_take_its_notes_along(waiting: Home) -> None:
    waiting.edit(StepKind.INTERVIEW, moved_to("2026-11-13", "10:00"))
    waiting.edit(StepKind.NOTES, moved_to("2026-11-13", "12:00"))
    for hours in (1, 2):
        told(waiting, EARLY + hours * HOUR)
        assert waiting.outcomes() == []
        assert ":20261113T120000" in waiting.text(StepKind.NOTES)
    give_it_another_time(waiting, 13)
    for hours in (3, 4, 5):
        report = waiting.sync(EARLY + hours * HOUR)
    assert report.lines() == []
    assert waiting.outcomes() == ["notes moved"]
    assert ":20261113T120000" in waiting.text(StepKind.NOTES)


def test_two_machines_put_it_back_together(calling: Home, tmp_path_factory: pytest.TempPathFactory) -> None:
    laptop = second_machine(calling, tmp_path_factory.mktemp("laptop"))
    laptop.sync(BEFORE_CALL)
    calling.edit(StepKind.REHEARSE, moved_to("2026-12-05", "19:00"), "call")
    for machine in (laptop, calling, laptop, calling):
        machine.sync(BEFORE_CALL + HOUR)
    assert ":20261203T190000" in calling.text(StepKind.REHEARSE, "call")
    assert laptop.sync(BEFORE_CALL + 2 * HOUR).lines() == []


@pytest.mark.parametrize(
    ("log", "now", "advised"),
    [("", EARLY, True), ("", EARLY + timedelta(days=7), False), (REJECTED, EARLY, False)],
    ids=["to come", "held", "rejected"],
)
def test_withdrawing_is_only_advised_where_there_is_something_to_withdraw_from(
    desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch, log: str, now: datetime, advised: bool
) -> None:
    home = home_of(desk_at_home, monkeypatch, NORDLYS + log)
    home.sync(EARLY)
    home.desk.delete(home.uid(StepKind.INTERVIEW))
    lines = told(home, now + HOUR)
    assert any("The interview stays in the record (nordlys)." in line for line in lines)
    assert any("withdrawn" in line for line in lines) is advised
