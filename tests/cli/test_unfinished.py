"""An `add` that is broken off costs no answer."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from callplan.book.read import read_application

from tests.cli.conftest import Desk

TYPED = (
    "Leith Analytics",
    "Analyst",
    "2026-11-20 10:00",
    "Fiona Drummond, HR; Iain Macrae",
    "Europe/London",
    "2 weeks",
)
OFFER = "Go on with what you had typed?"


@pytest.fixture
def broken_off(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> str:
    return desk.asked(monkeypatch, lines(*TYPED[:4]), "add", code=130).stderr


def lines(*answers: str) -> str:
    return "".join(f"{answer}\n" for answer in answers)


def drafts(desk: Desk) -> list[Path]:
    return list((desk.folder / "state").glob("unfinished-*"))


@pytest.mark.parametrize("count", range(1, 5))
def test_wherever_it_stops_the_next_add_asks_for_the_rest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    stopped = desk.asked(monkeypatch, lines(*TYPED[:count]), "add", code=130)
    assert "What you typed is kept: callplan add goes on with it." in stopped.stderr
    assert not (desk.book / "leith-analytics.toml").exists()
    went_on = desk.asked(monkeypatch, lines("", *TYPED[count:]), "add")
    assert f"You had typed: {TYPED[0]}" in went_on.output
    kept = read_application(desk.book / "leith-analytics.toml")
    assert (kept.company, kept.position, kept.timezone) == ("Leith Analytics", "Analyst", "Europe/London")
    assert [(person.name, person.role) for person in kept.people] == [("Fiona Drummond", "HR"), ("Iain Macrae", None)]
    assert not drafts(desk)


@pytest.mark.usefixtures("broken_off")
class TestWhatIsKept:
    @pytest.mark.skipif(sys.platform == "win32", reason="no modes")
    def test_is_for_nobody_else_to_read(self, desk: Desk) -> None:
        (path,) = drafts(desk)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_is_gone_when_it_is_not_wanted(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        shown = desk.asked(monkeypatch, lines("n"), "add", code=130).output
        assert shown.rstrip().endswith("Company:")
        assert not drafts(desk)

    def test_is_not_offered_for_another_firm(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        assert OFFER not in desk.asked(monkeypatch, "", "add", "--company", "Tern Ltd", code=130).output

    def test_is_offered_where_a_flag_says_the_same(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        assert OFFER in desk.asked(monkeypatch, "", "add", "--company", "Leith Analytics", code=130).output

    def test_gives_way_to_what_a_flag_says(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        flag = ("add", "--start", "2026-11-23 11:00")
        assert OFFER in desk.asked(monkeypatch, lines("", *TYPED[4:]), *flag).output
        assert read_application(desk.book / "leith-analytics.toml").rounds[0].start.day == 23

    def test_is_gone_once_the_same_application_is_written_by_flags(self, desk: Desk) -> None:
        said = ("--company", "Leith Analytics", "--position", "Analyst", "--start", "2026-11-20 10:00")
        desk.run("add", *said, "--timezone", "Europe/London")
        assert not drafts(desk)

    def test_stays_when_another_application_is_written(self, desk: Desk) -> None:
        said = ("--company", "Tern Ltd", "--position", "Analyst", "--start", "2026-11-24 10:00")
        desk.run("add", *said, "--timezone", "Europe/London")
        assert drafts(desk)

    def test_is_erased_with_what_is_purged(self, desk: Desk) -> None:
        desk.run("purge", "nordlys", "--yes")
        assert not drafts(desk)

    @pytest.mark.parametrize(
        "damage", ["", "[]", '{"typed": "x"}', '{"typed": "2026-11-16", "answers": {"person": "x"}}']
    )
    def test_is_nothing_when_it_cannot_be_read(self, desk: Desk, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
        drafts(desk)[0].write_text(damage, encoding="utf-8")
        assert OFFER not in desk.asked(monkeypatch, "", "add", code=130).output


@pytest.mark.parametrize(("start", "asked_again"), [("tomorrow 10:00", True), ("2026-11-20 10:00", False)])
def test_a_day_that_was_meant_from_another_day_is_asked_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, start: str, asked_again: bool
) -> None:
    desk.asked(monkeypatch, lines("Leith", "Analyst", start), "add", code=130)
    desk.now = "2026-11-17T09:00:00+01:00"
    shown = desk.asked(monkeypatch, lines(""), "add", code=130).output
    assert ("When is the interview" in shown) == asked_again


def test_a_time_that_cannot_be_taken_is_asked_again_and_not_refused_for_ever(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    leapt_over = (*TYPED[:2], "2027-03-28 01:30", *TYPED[3:])
    desk.asked(monkeypatch, lines(*leapt_over), "add", code=2)
    desk.asked(monkeypatch, lines("", "2027-03-28 03:30", "2 weeks"), "add")
    assert read_application(desk.book / "leith-analytics.toml").rounds[0].start.hour == 3
