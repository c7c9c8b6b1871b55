"""A text that a friend reads over has its slot in the calendar, and what is written there comes home."""

from __future__ import annotations

from datetime import timedelta

import pytest
from callplan.book.read import read_application
from callplan.plan.reviews import given_out
from callplan.sync.state import state_path

from tests.sync.desk import Desk
from tests.sync.home import AFTER_INTERVIEW, NORDLYS, Home, home_of, noted

ASKED = """
[[log]]
at = 2026-11-16T11:40:00+01:00
step = "letter"
outcome = "in-review"
to = ["Mette Holm"]
note = "Ida Krog"
"""


@pytest.fixture
def home(desk_at_home: Desk, monkeypatch: pytest.MonkeyPatch) -> Home:
    home = home_of(desk_at_home, monkeypatch, NORDLYS + ASKED)
    home.sync(AFTER_INTERVIEW)
    return home


def slots(home: Home) -> list[str]:
    return [text for text in home.desk.items().values() if "SUMMARY:Back from Ida Krog" in text]


def slot_uid(home: Home) -> str:
    return next(iter(given_out(read_application(home.where.book / "nordlys.toml"))))


@pytest.mark.advice("3.4.c2")
def test_done_in_its_notes_ends_the_review_and_nothing_else(home: Home) -> None:
    assert len(slots(home)) == 1
    assert home.sync(AFTER_INTERVIEW + timedelta(minutes=1)).changes == 0
    home.desk.edit(slot_uid(home), noted("done: shorten the second paragraph"))
    home.sync(AFTER_INTERVIEW + timedelta(minutes=5))
    assert home.outcomes() == ["letter reviewed"]
    assert home.log[-1].to == ("Mette Holm",)
    assert home.log[-1].note == "shorten the second paragraph"
    assert slots(home) == []


def test_sent_in_its_notes_is_a_remark(home: Home) -> None:
    home.desk.edit(slot_uid(home), noted("sent her a reminder"))
    home.sync(AFTER_INTERVIEW + timedelta(minutes=5))
    assert home.outcomes() == ["letter noted"]
    assert len(slots(home)) == 1


def test_a_deleted_slot_stays_away_and_skips_no_letter(home: Home) -> None:
    home.desk.delete(slot_uid(home))
    home.sync(AFTER_INTERVIEW + timedelta(minutes=5))
    home.sync(AFTER_INTERVIEW + timedelta(minutes=9))
    assert home.outcomes() == []
    assert slots(home) == []


def test_a_lost_state_leaves_no_slot_behind(home: Home) -> None:
    file = home.where.book / "nordlys.toml"
    back = ASKED.replace("in-review", "reviewed").replace("11:40", "11:50")
    file.write_text(file.read_text(encoding="utf-8") + back, encoding="utf-8")
    state_path(home.where).unlink()
    home.sync(AFTER_INTERVIEW + timedelta(minutes=5))
    assert slots(home) == []
