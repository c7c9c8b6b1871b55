"""Calls of one book in one calendar, with two machines: what one has published stays, whichever syncs next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from callplan.book import write
from callplan.book.types import LogEntry
from callplan.plan.step import StepKind

from tests.sync.desk import pretend_desk
from tests.sync.home import AFTER_INTERVIEW, COURTESY, NORDLYS, Home, home_of, moved_to, second_machine
from tests.sync.pretend import FLAVOURS

EARLY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # a follow-up sent then lets the call be made from the 26th on
MINUTE = timedelta(minutes=1)
UNTOLD = NORDLYS.replace("by = 2026-11-30\n", "")  # so the call was for 2 December at first


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """One machine has published the call; then the follow-up went out early."""
    home = home_of(pretend_desk(FLAVOURS["cyrus"], tmp_path / "desk"), monkeypatch, UNTOLD + COURTESY)
    home.sync(AFTER_INTERVIEW + timedelta(days=1))
    write.append_log(home.where.book / "nordlys.toml", LogEntry(EARLY, "follow-up", "sent"))
    return home


@pytest.mark.parametrize("first", [0, 1])
def test_two_machines_leave_the_call_where_it_was_published(desk: Home, tmp_path: Path, first: int) -> None:
    machines = [desk, second_machine(desk, tmp_path)]
    for count in range(2):
        machines[(first + count) % 2].sync(EARLY + count * MINUTE)
        assert "DTSTART;TZID=Europe/Copenhagen:20261202T081500" in desk.text(StepKind.CALL)
    for count in range(2, 6):
        assert machines[count % 2].sync(EARLY + count * MINUTE).changes == 0


def test_a_dry_run_on_the_second_machine_says_the_same(desk: Home, tmp_path: Path) -> None:
    laptop = second_machine(desk, tmp_path)
    dry = laptop.sync(EARLY, dry_run=True)
    assert (dry.updated, dry.edits) == (laptop.sync(EARLY).updated, ())


def test_a_slot_that_is_good_no_longer_is_moved_by_either_machine(desk: Home, tmp_path: Path) -> None:
    laptop = second_machine(desk, tmp_path)
    named = LogEntry(EARLY, "new-date", date=datetime(2026, 12, 10, tzinfo=UTC).date())
    write.append_log(desk.where.book / "nordlys.toml", named)
    laptop.sync(EARLY + MINUTE)
    assert "20261202T081500" not in desk.text(StepKind.CALL)
    standing = desk.text(StepKind.CALL)
    desk.sync(EARLY + 2 * MINUTE)
    assert desk.text(StepKind.CALL) == standing


def test_a_time_of_the_users_own_comes_home_on_the_second_machine_too(desk: Home, tmp_path: Path) -> None:
    desk.edit(StepKind.CALL, moved_to("2026-12-03", "08:45"))
    second_machine(desk, tmp_path).sync(EARLY + MINUTE)
    assert desk.outcomes() == ["follow-up sent", "call moved"]
