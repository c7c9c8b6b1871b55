"""The last day of a call: its evening is late already, and nothing leaves the plan overnight."""

from __future__ import annotations

from datetime import timedelta

import pytest
from callplan.book.types import LogEntry
from callplan.plan.step import Status
from callplan.plan.world import Busy

from tests.plan.build import at, entry, nordlys, plan, when

FOLLOWED_UP = entry("2026-12-02 09:30", "follow-up", "sent")  # the call from Friday the 4th to Friday the 11th
CALLED = entry("2026-12-04 08:35", "call", "reached")  # the second call up to Friday the 18th


def tried(*times: str) -> tuple[LogEntry, ...]:
    return tuple(entry(time, "call", "no-answer") for time in times)


@pytest.mark.parametrize("now", ["2026-12-11 10:00", "2026-12-11 17:00", "2026-12-11 23:50", "2026-12-12 00:05"])
def test_when_the_last_hour_is_over_the_call_is_late_at_once_on_the_next_day(now: str) -> None:
    steps = plan(nordlys(FOLLOWED_UP), now)
    assert (at(steps["call"]), steps["call"].status) == ("Mon 2026-12-14 08:30", Status.LATE)
    assert steps["second-call"].start is not None


def test_in_the_last_hour_it_can_still_be_made() -> None:
    call = plan(nordlys(FOLLOWED_UP), "2026-12-11 09:50")["call"]
    assert at(call) == "Fri 2026-12-11 09:45"


@pytest.mark.parametrize(
    ("tries", "now"),
    [
        (("2026-12-11 09:20",), "2026-12-11 09:25"),  # no hour left after the pause
        (("2026-12-11 08:35", "2026-12-11 09:40"), "2026-12-11 09:45"),  # two tries that day
    ],
)
def test_a_try_in_vain_on_the_last_day_has_its_next_slot(tries: tuple[str, ...], now: str) -> None:
    call = plan(nordlys(FOLLOWED_UP, *tried(*tries)), now)["call"]
    assert call.status is Status.LATE
    assert call.start is not None
    assert call.start.date() > when(now).date()


def test_so_it_is_for_the_second_call() -> None:
    second = plan(nordlys(FOLLOWED_UP, CALLED), "2026-12-18 12:00")["second-call"]
    assert (at(second), second.status) == ("Mon 2026-12-21 08:30", Status.LATE)


def test_no_hour_of_these_weeks_finds_the_call_gone() -> None:
    hour = when("2026-12-02 10:00")
    while hour < when("2027-01-15 10:00"):
        assert plan(nordlys(FOLLOWED_UP), hour.strftime("%Y-%m-%d %H:%M"))["call"].start is not None, hour
        hour += timedelta(hours=3, minutes=7)


def test_a_busy_last_day_is_called_busy_and_only_what_is_left_is_counted() -> None:
    friday = Busy(when("2026-12-11 00:00"), when("2026-12-12 00:00"))
    call = plan(nordlys(FOLLOWED_UP), "2026-12-10 17:00", busy=(friday,))["call"]
    assert call.status is Status.UNPLACED
    assert "all 6 possible quarter hours between Thu 10 Dec 2026 and Fri 11 Dec 2026 are taken" in call.why
