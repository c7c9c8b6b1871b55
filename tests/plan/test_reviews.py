"""The slot in which a text comes back from the friend who reads it over."""

from __future__ import annotations

import pytest
from callplan.book.types import LogEntry
from callplan.plan.cadence import make_plan
from callplan.plan.reviews import Review, given_out, reviews

from tests.plan.build import at, entry, nordlys, plan, when, world

METTE = ("Mette Holm",)


def out(*log: LogEntry, now: str = "2026-11-17 12:00") -> list[Review]:
    application = nordlys(*log)
    around = world(now)
    return reviews(application, make_plan([application], around), around.me, around.now)


def asked(moment: str, step: str = "letter") -> LogEntry:
    return entry(moment, step, "in-review", to=METTE, note="Ida Krog")


@pytest.mark.advice("3.4.c2")
def test_it_comes_back_on_the_evening_before_it_is_sent() -> None:
    (one,) = out(asked("2026-11-17 10:00"))
    assert at(one.step) == "Thu 2026-11-19 09:00"
    assert one.start == when("2026-11-18 19:00")
    assert (one.friend, one.person) == ("Ida Krog", "Mette Holm")


def test_what_is_to_be_sent_sooner_comes_back_half_way() -> None:
    (one,) = out(asked("2026-11-18 10:00", "thank-you"), now="2026-11-18 10:05")
    assert when("2026-11-18 10:00") < one.start < when("2026-11-18 14:00")


@pytest.mark.parametrize("end", ["reviewed", "sent", "undone", "skipped"])
def test_it_is_out_until_it_is_back_or_sent(end: str) -> None:
    assert out(asked("2026-11-17 10:00"), entry("2026-11-17 11:00", "letter", end, to=METTE)) == []


def test_what_is_out_moves_no_step() -> None:
    log = (asked("2026-11-17 10:00"),)
    assert plan(nordlys(*log), "2026-11-17 12:00") == plan(nordlys(), "2026-11-17 12:00")


def test_an_answer_of_theirs_ends_it() -> None:
    assert out(asked("2026-11-17 10:00"), entry("2026-11-17 11:00", "rejection")) == []


def test_taking_it_back_does_not_take_back_what_was_sent_before() -> None:
    log = (
        entry("2026-11-16 13:00", "thank-you", "sent"),
        asked("2026-11-17 10:00", "thank-you"),
        entry("2026-11-17 10:05", "thank-you", "undone"),
    )
    assert plan(nordlys(*log), "2026-11-17 12:00")["thank-you"].status == "done"


def test_its_uid_is_the_same_everywhere_and_of_its_own() -> None:
    one, other = (out(asked(moment))[0].uid for moment in ("2026-11-17 10:00", "2026-11-17 11:00"))
    assert one == other
    assert list(given_out(nordlys(asked("2026-11-17 10:00")))) == [one]
    assert one not in {step.uid for step in make_plan([nordlys()], world("2026-11-17 12:00"))}
