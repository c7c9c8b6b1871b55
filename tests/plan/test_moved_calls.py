"""A time that somebody chose for a call is kept, and every rule that it breaks is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from callplan.book.types import Application, Hours, LogEntry
from callplan.plan.cadence import make_plan
from callplan.plan.step import Step, StepKind
from callplan.plan.world import Busy

from tests.plan.build import FIRST_ROUND, JONAS, METTE, at, entry, nordlys, plan, when, world

FOLLOWED_UP = entry("2026-12-02 09:30", "follow-up", "sent")
CALLED = entry("2026-12-04 08:35", "call", "reached")

EARLY, LATE = "before {}, the earliest day for it", "after {}, the latest day for it"
NEAR = "less than 15 minutes from another call or interview"


def moved(to: str, step: str = "call", at: str = "2026-12-02 10:00") -> LogEntry:
    return entry(at, step, "moved", time=when(to))


def other_firm(*log: LogEntry, start: str = "2026-11-16 10:00") -> Application:
    one = replace(FIRST_ROUND, start=when(start), end=when(start) + timedelta(minutes=40))
    return replace(nordlys(*log, rounds=(one,)), name="other", id=UUID(int=7))


@pytest.mark.parametrize(
    ("log", "warnings"),
    [
        ((moved("2026-12-08 08:45"),), ()),
        ((moved("2026-12-06 12:00"),), ("it is no working day where Mette Holm is",)),  # a Sunday
        ((moved("2026-12-02 15:45"),), (EARLY.format("Fri 4 Dec 2026"),)),  # the day of the follow-up
        ((moved("2026-12-03 08:45"),), (EARLY.format("Fri 4 Dec 2026"),)),
        ((moved("2026-12-11 08:45"),), ()),  # the fifth business day
        ((moved("2026-12-14 08:45"),), (LATE.format("Fri 11 Dec 2026"),)),
        ((CALLED, moved("2026-12-10 08:45", "second-call", "2026-12-04 10:00")), (EARLY.format("Fri 11 Dec 2026"),)),
        ((CALLED, moved("2026-12-11 08:45", "second-call", "2026-12-04 10:00")), ()),  # a week after the call
        ((CALLED, moved("2026-12-18 08:45", "second-call", "2026-12-04 10:00")), ()),  # two weeks
        ((CALLED, moved("2026-12-21 08:45", "second-call", "2026-12-04 10:00")), (LATE.format("Fri 18 Dec 2026"),)),
        (
            (moved("2026-12-03 21:00"),),
            (EARLY.format("Fri 4 Dec 2026"), "outside Mette Holm's calling hours", "outside your waking hours"),
        ),
    ],
)
def test_a_moved_call_is_kept_and_every_rule_it_breaks_is_named(
    log: tuple[LogEntry, ...], warnings: tuple[str, ...]
) -> None:
    now = "2026-12-04 12:00" if CALLED in log else "2026-12-02 12:00"
    call = plan(nordlys(FOLLOWED_UP, *log), now)[log[-1].step]
    assert call.start == log[-1].time
    assert call.why.startswith("You moved it here. ")
    assert "days after the" in call.why
    if not warnings:
        assert call.warning is None
        return
    assert call.warning is not None
    assert all(words in call.warning for words in warnings)
    assert call.warning.count(", and ") == len(warnings) - 1


@pytest.mark.parametrize(
    ("theirs", "warned"),
    [
        (moved("2026-12-08 08:30"), True),
        (moved("2026-12-08 08:45"), True),
        (moved("2026-12-08 09:10"), True),
        (moved("2026-12-08 09:15"), False),  # a quarter hour between them
        (moved("2026-12-08 08:15"), False),
    ],
)
def test_two_moved_calls_that_come_too_near_are_both_told(theirs: LogEntry, warned: bool) -> None:
    book = [nordlys(FOLLOWED_UP, moved("2026-12-08 08:45")), other_firm(FOLLOWED_UP, theirs)]
    calls = [s for s in make_plan(book, world("2026-12-02 12:00")) if s.kind is StepKind.CALL]
    assert [NEAR in (call.warning or "") for call in calls] == [warned, warned]


@pytest.mark.parametrize(("start", "warned"), [("09:10", True), ("09:15", False), ("08:50", True)])
def test_a_moved_call_beside_an_interview_says_so(start: str, warned: bool) -> None:
    book = [nordlys(FOLLOWED_UP, moved("2026-12-08 08:45")), other_firm(start=f"2026-12-08 {start}")]
    steps = make_plan(book, world("2026-12-02 12:00"))
    call = next(s for s in steps if s.kind is StepKind.CALL and s.application == "nordlys")
    assert (NEAR in (call.warning or "")) is warned


def test_a_call_moved_into_busy_time_says_so_to_the_minute() -> None:
    def call(busy: tuple[str, str]) -> Step:
        taken = (Busy(*(when(f"2026-12-08 {clock}") for clock in busy)),)
        return plan(nordlys(FOLLOWED_UP, moved("2026-12-08 08:40")), "2026-12-02 12:00", busy=taken)["call"]

    assert "your calendar has something else then" in (call(("08:54", "09:00")).warning or "")
    assert call(("08:55", "09:00")).warning is None  # it is over then
    assert call(("08:30", "08:40")).warning is None


def test_a_time_they_asked_for_is_theirs_to_choose() -> None:
    """They may ask for any day: what is told is what it means for the user."""
    there = (
        replace(METTE, best_hours=(Hours(when("2026-12-08 08:00").time(), when("2026-12-08 20:00").time()),)),
        JONAS,
    )
    back = entry("2026-12-04 08:35", "call", "bad-moment", time=when("2026-12-29 13:00"))
    call = plan(nordlys(FOLLOWED_UP, back, people=there), "2026-12-04 09:00")["call"]
    assert (at(call), call.warning) == ("Tue 2026-12-29 13:00", None)
    assert call.why.startswith("They asked to be called then. ")


def test_a_move_of_a_call_that_has_been_made_takes_no_time_from_another() -> None:
    made = (FOLLOWED_UP, moved("2026-12-16 08:30"), CALLED)
    rival = other_firm(FOLLOWED_UP, moved("2026-12-16 08:45"))
    steps = make_plan([nordlys(*made), rival], world("2026-12-04 12:00"))
    call = next(s for s in steps if s.kind is StepKind.CALL and s.application == "other")
    assert NEAR not in (call.warning or "")


def test_a_date_they_named_moves_the_earliest_day_of_the_second_call() -> None:
    promised = replace(CALLED, date=date(2026, 12, 7))
    early = moved("2026-12-08 08:45", "second-call", "2026-12-04 10:00")
    call = plan(nordlys(FOLLOWED_UP, promised, early), "2026-12-04 12:00")["second-call"]
    assert EARLY.format("Wed 9 Dec 2026") in (call.warning or "")
