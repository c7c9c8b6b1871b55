"""What the user does in the calendar while a file of the book cannot be read comes home when it is mended."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from callplan.plan.step import StepKind

from tests.sync.desk import Desk, pretend_desk
from tests.sync.home import BEFORE_CALL, NORDLYS, Home, home_of, moved_to, noted
from tests.sync.pretend import FLAVOURS

HOUR = timedelta(hours=1)


@pytest.fixture
def desk_at_home(tmp_path: Path) -> Desk:
    return pretend_desk(FLAVOURS["cyrus"], tmp_path)


def while_faulty(home: Home, edit: Callable[[Home], None], now: datetime) -> None:
    """The edit, two syncs with a faulty file, and one with the file as it was."""
    file = home.where.book / "nordlys.toml"
    whole = file.read_text(encoding="utf-8")
    edit(home)
    file.write_text(whole + "\nno such thing = [\n", encoding="utf-8")
    for count in (1, 2):
        report = home.sync(now + count * HOUR)
        assert report.changes == 0
        assert report.conflicts == ()
        assert not any("no longer in the record" in line for line in report.messages)
    assert home.desk.proxy.count() == 1
    file.write_text(whole, encoding="utf-8")
    report = home.sync(now + 3 * HOUR)
    assert report.conflicts == ()
    assert report.messages == ()
    assert home.sync(now + 4 * HOUR).changes == 0


def changed(pattern: str, to: str) -> Callable[[Home], None]:
    return lambda home: home.edit(StepKind.CALL, lambda text: re.sub(pattern, to, text))


def test_a_deletion_is_logged_and_the_event_stays_away(calling: Home) -> None:
    while_faulty(calling, lambda home: home.desk.delete(home.uid(StepKind.CALL)), BEFORE_CALL)
    assert calling.outcomes() == ["call skipped"]
    assert f"{calling.uid(StepKind.CALL)}.ics" not in calling.desk.items()


def test_a_cancellation_is_logged_and_the_event_goes(calling: Home) -> None:
    while_faulty(calling, changed("STATUS:.*", "STATUS:CANCELLED"), BEFORE_CALL)
    assert calling.outcomes() == ["call skipped"]
    assert f"{calling.uid(StepKind.CALL)}.ics" not in calling.desk.items()


@pytest.mark.parametrize(
    ("pattern", "to"),
    [
        ("SUMMARY:.*", "SUMMARY:Ring Mette"),
        ("TRIGGER:.*", "TRIGGER:-PT45M"),
        ("TRANSP:.*", "TRANSP:TRANSPARENT"),
        ("STATUS:.*", "LOCATION:the quiet room\nSTATUS:CONFIRMED"),
    ],
)
def test_a_changed_field_stays_the_users(calling: Home, pattern: str, to: str) -> None:
    while_faulty(calling, changed(pattern, to), BEFORE_CALL)
    assert calling.outcomes() == []
    assert to.split("\n", maxsplit=1)[0] in calling.text(StepKind.CALL)


def test_a_move_and_words_are_logged(calling: Home) -> None:
    while_faulty(calling, lambda home: home.edit(StepKind.CALL, moved_to("2026-12-07", "08:45")), BEFORE_CALL)
    assert calling.outcomes() == ["call moved"]
    while_faulty(
        calling, lambda home: home.edit(StepKind.CALL, noted("She is new there")), BEFORE_CALL + timedelta(hours=5)
    )
    assert calling.outcomes() == ["call moved", "call noted"]


def test_a_dragged_interview_stays_where_it_was_dragged(desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    home, now = home_of(desk_at_home, monkeypatch, NORDLYS), datetime(2026, 11, 10, 9, tzinfo=UTC)
    home.sync(now)
    file = home.where.book / "nordlys.toml"
    whole = file.read_text(encoding="utf-8")
    home.edit(StepKind.INTERVIEW, moved_to("2026-11-17", "10:00"))
    file.write_text(whole + "\nno such thing = [\n", encoding="utf-8")
    home.sync(now + HOUR)
    file.write_text(whole, encoding="utf-8")
    report = home.sync(now + 2 * HOUR)
    assert not any("dropped" in line for line in report.messages)
    assert ":20261117T100000" in home.text(StepKind.INTERVIEW)
    assert home.sync(now + 3 * HOUR).changes == 0


def test_a_deletion_of_a_step_that_is_done_meanwhile_is_not_logged(calling: Home) -> None:
    file = calling.where.book / "nordlys.toml"
    whole = file.read_text(encoding="utf-8")
    calling.desk.delete(calling.uid(StepKind.CALL))
    file.write_text(whole + "\nno such thing = [\n", encoding="utf-8")
    calling.sync(BEFORE_CALL + HOUR)
    done = '\n[[log]]\nat = 2026-12-03T14:00:00+01:00\nstep = "call"\noutcome = "reached"\n'
    file.write_text(whole + done, encoding="utf-8")
    calling.sync(BEFORE_CALL + 2 * HOUR)
    assert calling.outcomes() == ["call reached"]


def test_an_interview_dragged_again_after_the_record_caught_up_is_no_conflict(
    desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, now = home_of(desk_at_home, monkeypatch, NORDLYS), datetime(2026, 11, 10, 9, tzinfo=UTC)
    home.sync(now)
    home.edit(StepKind.INTERVIEW, moved_to("2026-11-17", "10:00"))
    home.sync(now + HOUR)
    file = home.where.book / "nordlys.toml"
    file.write_text(NORDLYS.replace("2026-11-16T", "2026-11-17T"), encoding="utf-8")
    home.sync(now + 2 * HOUR)
    home.edit(StepKind.INTERVIEW, moved_to("2026-11-18", "10:00"))
    assert home.sync(now + 3 * HOUR).conflicts == ()
    assert ":20261118T100000" in home.text(StepKind.INTERVIEW)
