"""Whole syncs of what the user types into the notes of events: each try is logged, once, for the right person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from callplan.book.read import read_application
from callplan.plan.step import StepKind
from callplan.sync.state import state_path

from tests.sync.desk import Desk, pretend_desk
from tests.sync.home import (
    AFTER_CALL,
    AFTER_INTERVIEW,
    NORDLYS,
    Home,
    home_of,
    moved_to,
    noted,
)
from tests.sync.pretend import FLAVOURS

MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk_at_home(tmp_path: Path) -> Desk:
    return pretend_desk(FLAVOURS["cyrus"], tmp_path)


def test_two_tries_between_two_syncs_are_logged_and_the_call_is_made(calling: Home) -> None:
    calling.edit(StepKind.CALL, noted("no answer\\nReached: they decide on Friday"))
    calling.sync(AFTER_CALL)
    assert calling.outcomes() == ["call no-answer", "call reached"]
    assert calling.log[-1].note == "they decide on Friday"
    assert f"{calling.uid(StepKind.CALL)}.ics" not in calling.desk.items()
    assert calling.sync(AFTER_CALL + MINUTE).changes == 0


def test_a_lost_state_invents_no_try(calling: Home) -> None:
    calling.edit(StepKind.CALL, noted("no answer"))
    calling.sync(AFTER_CALL)
    calling.edit(StepKind.CALL, lambda text: text.replace("below ===\\nno answer", "below ===\\nno answer\\nno answer"))
    noon = AFTER_CALL + timedelta(days=5, hours=3)  # no hour for a call, so that five minutes later is the same plan
    calling.sync(noon)
    assert calling.outcomes() == ["call no-answer"] * 2
    before = calling.desk.items()
    state_path(calling.where).unlink()
    calling.sync(noon + timedelta(minutes=5))
    assert calling.outcomes() == ["call no-answer"] * 2
    assert calling.desk.items() == before


def test_the_same_words_in_two_letters_are_logged_for_both(desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    home = home_of(desk_at_home, monkeypatch, NORDLYS)
    home.sync(AFTER_INTERVIEW)
    for name in ("Mette Holm", "Jonas Krag"):
        home.edit(StepKind.LETTER, noted("sent by post"), name)
    home.sync(AFTER_INTERVIEW + MINUTE)
    assert home.outcomes() == ["letter sent", "letter sent"]
    assert {entry.to for entry in home.log} == {("Mette Holm",), ("Jonas Krag",)}
    assert home.sync(AFTER_INTERVIEW + 2 * MINUTE).changes == 0
    assert len(home.log) == 2


def test_a_remark_is_noted_for_each_of_two_letters(desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    home = home_of(desk_at_home, monkeypatch, NORDLYS)
    home.sync(AFTER_INTERVIEW)
    home.edit(StepKind.LETTER, noted("on the good paper"), "Mette Holm")
    home.sync(AFTER_INTERVIEW + MINUTE)
    home.edit(StepKind.LETTER, noted("on the good paper"), "Jonas Krag")
    home.sync(AFTER_INTERVIEW + 2 * MINUTE)
    assert [entry.to for entry in home.log] == [("Mette Holm",), ("Jonas Krag",)]


def test_a_pasted_number_with_marks_of_direction_keeps_no_outcome_from_the_log(calling: Home) -> None:
    calling.edit(StepKind.CALL, noted("Reached: ring \u202a+45 32 12 34 99\u202c on Friday"))
    calling.sync(AFTER_CALL)
    assert calling.outcomes() == ["call reached"]
    assert calling.log[-1].note == "ring +45 32 12 34 99 on Friday"


def test_sent_and_done_for_the_thanks_and_their_deadline_are_one_thing(
    desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_of(desk_at_home, monkeypatch, NORDLYS)
    home.sync(AFTER_INTERVIEW)
    home.edit(StepKind.THANK_YOU, noted("sent"))
    home.edit(StepKind.THANK_YOU_DEADLINE, noted("done"))
    report = home.sync(AFTER_INTERVIEW + timedelta(hours=2))
    assert len(home.outcomes()) == 1
    assert report.messages == ()
    assert home.sync(AFTER_INTERVIEW + timedelta(hours=3)).changes == 0


def test_a_remark_on_a_call_that_should_have_been_made_is_told_to_be_no_try(calling: Home) -> None:
    calling.edit(StepKind.CALL, noted("Engaged all morning"))
    report = calling.sync(AFTER_CALL)
    assert calling.outcomes() == ["call noted"]
    assert any('"no answer"' in line for line in report.messages)
    calling.edit(StepKind.CALL, lambda text: text.replace("Engaged all morning", "Engaged all morning\\nno answer"))
    assert calling.sync(AFTER_CALL + MINUTE).messages == ()
    assert calling.outcomes() == ["call noted", "call no-answer"]


def test_words_in_the_event_of_an_archived_application_are_logged_in_its_file(
    desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_of(desk_at_home, monkeypatch, NORDLYS)
    home.sync(AFTER_INTERVIEW)
    home.edit(StepKind.FOLLOW_UP, noted("Ask for the new team lead"))
    home.edit(StepKind.INTERVIEW, noted("The lift was broken"))
    archive = home.where.book / "archive"
    archive.mkdir()
    (home.where.book / "nordlys.toml").rename(archive / "nordlys.toml")
    home.sync(AFTER_INTERVIEW + MINUTE, allow_deletions=True)
    log = read_application(archive / "nordlys.toml").log
    assert sorted((entry.step, entry.outcome, entry.note) for entry in log) == [
        ("follow-up", "noted", "Ask for the new team lead"),
        ("interview", "noted", "The lift was broken"),
    ]
    assert list(home.where.book.glob("*.toml")) == []
    assert home.sync(AFTER_INTERVIEW + 2 * MINUTE).changes == 0


def test_words_in_the_event_of_a_step_that_is_no_more_are_told(
    desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_of(desk_at_home, monkeypatch, NORDLYS)
    home.sync(AFTER_INTERVIEW)
    home.edit(StepKind.LETTER, noted("on the good paper"), "Jonas Krag")
    file = home.where.book / "nordlys.toml"
    file.write_text(NORDLYS.replace("Jonas Krag", "Jonas Kragh"), encoding="utf-8")
    report = home.sync(AFTER_INTERVIEW + MINUTE)
    assert any('"on the good paper"' in line for line in report.messages)


def test_a_corrected_end_leaves_the_interview_where_it_was_dragged(
    desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, now = home_of(desk_at_home, monkeypatch, NORDLYS), datetime(2026, 11, 10, 9, tzinfo=UTC)
    home.sync(now)
    home.edit(StepKind.INTERVIEW, moved_to("2026-11-17", "10:00"))
    home.sync(now + MINUTE)
    file = home.where.book / "nordlys.toml"
    file.write_text(NORDLYS.replace("T11:15:00", "T11:30:00"), encoding="utf-8")
    report = home.sync(now + 2 * MINUTE)
    assert not any("dropped" in line for line in report.messages)
    assert ":20261117T100000" in home.text(StepKind.INTERVIEW)
