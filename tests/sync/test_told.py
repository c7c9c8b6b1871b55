"""What a sync tells of ordinary things is true, and names them as the user does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from callplan.plan.step import StepKind
from callplan.sync.report import PartlySyncedError, Report

from tests.sync.desk import Desk, new_name
from tests.sync.home import (
    AFTER_CALL,
    AFTER_INTERVIEW,
    BEFORE_CALL,
    NORDLYS,
    Home,
    home_of,
    moved_to,
    noted,
)

HOUR = timedelta(hours=1)
DENTIST = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:dentist-of-{name}\nDTSTAMP:20261101T090000Z\n"
    "DTSTART:20261202T090000Z\nDTEND:20261202T093000Z\nSUMMARY:Dentist\nEND:VEVENT\nEND:VCALENDAR\n"
)


def moves(report: Report) -> list[str]:
    return [line for line in report.lines() if line.startswith("You moved")]


def test_a_deletion_is_told_by_its_title(fresh: Home) -> None:
    fresh.desk.delete(fresh.uid(StepKind.FOLLOW_UP))
    dry = fresh.sync(AFTER_INTERVIEW + HOUR, dry_run=True)
    report = fresh.sync(AFTER_INTERVIEW + HOUR)
    told = 'You deleted "Follow-up e-mail: Nordlys Energi (Data Engineer)". It stays deleted.'
    assert dry.told_edits() == report.told_edits() == [told]


def test_an_outcome_is_told_by_the_title_of_its_event(fresh: Home) -> None:
    fresh.edit(StepKind.THANK_YOU, noted("sent"))
    report = fresh.sync(AFTER_INTERVIEW + HOUR)
    assert report.told_edits() == ['You wrote in "Thank-you e-mail: Nordlys Energi (Data Engineer)".']  # it has gone


def test_a_drag_into_the_past_is_not_said_to_be_kept(calling: Home) -> None:
    calling.edit(StepKind.CALL, moved_to("2026-12-02", "08:45"))
    report = calling.sync(BEFORE_CALL + HOUR)
    assert ":20261204T081500" in calling.text(StepKind.CALL)
    (told,) = moves(report)
    assert "The time is kept" not in told
    assert "It is not kept: that time has passed" in told


def test_a_drag_that_stands_is_said_to_be_kept(calling: Home) -> None:
    calling.edit(StepKind.CALL, moved_to("2026-12-07", "08:45"))
    (told,) = moves(calling.sync(BEFORE_CALL + HOUR))
    assert told.endswith(". The time is kept.")


def test_of_a_call_that_was_moved_and_made_no_time_is_kept(calling: Home) -> None:
    calling.edit(StepKind.CALL, moved_to("2026-12-04", "08:30"))
    calling.edit(StepKind.CALL, noted("reached"))
    (told,) = moves(calling.sync(AFTER_CALL))
    assert told.endswith(").")  # where it was planned, and no word of what is kept


def test_a_dry_run_names_what_cannot_be_written(desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    home = home_of(desk_at_home, monkeypatch, NORDLYS)
    uid = home.uid(StepKind.FOLLOW_UP)
    home.desk.put_back(uid, DENTIST.format(name=new_name()))  # Cyrus takes a UID once a user
    dry = home.sync(AFTER_INTERVIEW, dry_run=True)
    with pytest.raises(PartlySyncedError) as partly:
        home.sync(AFTER_INTERVIEW)
    assert [line.uid for line in dry.failed] == [uid]
    assert dry.failed == partly.value.report.failed
    assert any("somebody else's" in line for line in dry.lines())


def test_a_dry_run_leaves_only_what_is_kept_to_be_quicker(
    desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = home_of(desk_at_home, monkeypatch, NORDLYS)
    book = (home.where.book / "nordlys.toml").read_bytes()
    home.sync(AFTER_INTERVIEW, dry_run=True)
    assert (home.where.book / "nordlys.toml").read_bytes() == book
    assert home.desk.items() == {}
    kept = {path.name for path in home.where.state.rglob("*") if path.is_file()}
    assert {name.partition("-")[0].partition(".")[0] for name in kept} <= {"holidays", "numbers"}


@pytest.mark.parametrize("mail", ["sent", "sent: with a photo"])
@pytest.mark.parametrize("last", ["11", "15"], ids=["thanks first", "deadline first"])  # in the order of their UIDs
def test_thanks_and_their_deadline_ticked_off_together_are_logged_once(
    desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch, mail: str, last: str
) -> None:
    fresh = home_of(desk_at_home, monkeypatch, NORDLYS.replace('9c11"', f'9c{last}"'))
    fresh.sync(AFTER_INTERVIEW)
    fresh.edit(StepKind.THANK_YOU, noted(mail))
    fresh.edit(StepKind.THANK_YOU_DEADLINE, noted("done"))
    report = fresh.sync(AFTER_INTERVIEW + HOUR)
    assert fresh.outcomes() == ["thank-you sent"]
    assert not any("not logged" in line for line in report.lines())
    assert fresh.sync(AFTER_INTERVIEW + 2 * HOUR).lines() == []
