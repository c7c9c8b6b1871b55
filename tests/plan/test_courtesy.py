"""The interview, the notes, the thanks and the letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from callplan.book.types import Decision, Noted, Notes, Question, Round
from callplan.plan.cadence import make_plan
from callplan.plan.stage import stage
from callplan.plan.step import Status, StepKind
from hypothesis import given
from hypothesis import strategies as st

from tests.plan.build import FIRST_ROUND, at, entry, kinds, nordlys, plan, when, world


@pytest.mark.advice("2.2.0")
def test_notes_come_ten_minutes_after_the_end_and_take_twenty() -> None:
    notes = plan(nordlys())["notes"]
    assert at(notes) == "Mon 2026-11-16 11:25"
    assert notes.end == when("2026-11-16 11:45")
    assert notes.due is not None
    assert notes.due.date() == date(2026, 11, 16)


@pytest.mark.advice("I.b")
def test_an_interview_that_went_badly_has_the_same_plan() -> None:
    def rated(rating: int) -> Round:
        return replace(FIRST_ROUND, notes=Notes(questions=(Question("Why us?", rating=rating),)))

    assert plan(nordlys(rounds=(rated(1),))) == plan(nordlys(rounds=(rated(5),)))


def test_notes_that_are_in_the_record_are_done() -> None:
    written = replace(FIRST_ROUND, notes=Notes(topics=(Noted("streaming"),)))
    assert plan(nordlys(rounds=(written,)))["notes"].status is Status.DONE


@pytest.mark.advice("2.1.a1", "2.1.b2")
def test_thanks_go_to_every_interviewer_on_the_way_home() -> None:
    thanks = plan(nordlys())["thank-you"]
    assert at(thanks) == "Mon 2026-11-16 12:00"
    assert thanks.to == ("Mette Holm", "Jonas Krag")


def test_thanks_stay_due_until_everybody_is_thanked() -> None:
    half = plan(nordlys(entry("2026-11-16 13:00", "thank-you", "sent", to=("Mette Holm",))), "2026-11-16 14:00")
    assert half["thank-you"].to == ("Jonas Krag",)
    assert half["thank-you"].status is Status.DUE
    both = nordlys(
        entry("2026-11-16 13:00", "thank-you", "sent", to=("Mette Holm",)),
        entry("2026-11-16 13:05", "thank-you", "sent", to=("Jonas Krag",)),
    )
    assert plan(both, "2026-11-16 14:00")["thank-you"].status is Status.DONE
    assert plan(both, "2026-11-16 14:00")["thank-you-deadline"].status is Status.DONE


def test_an_entry_without_names_thanks_everybody() -> None:
    done = plan(nordlys(entry("2026-11-16 13:00", "thank-you", "sent")), "2026-11-16 14:00")
    assert done["thank-you"].status is Status.DONE


def test_what_was_undone_is_owed_again() -> None:
    log = (entry("2026-11-16 13:00", "thank-you", "sent"), entry("2026-11-16 13:10", "thank-you", "undone"))
    assert plan(nordlys(*log), "2026-11-16 14:00")["thank-you"].status is Status.DUE


@pytest.mark.advice("T.1")
def test_late_thanks_are_moved_and_never_dropped() -> None:
    late = plan(nordlys(), "2026-11-23 10:00")["thank-you"]
    assert late.status is Status.LATE
    assert at(late) == "Mon 2026-11-23 13:00"
    assert "late" in late.why
    assert late.due == when("2026-11-18 11:15")


def test_what_is_late_stays_where_it_is_for_the_next_minutes() -> None:
    assert plan(nordlys(), "2026-11-23 10:00")["thank-you"] == plan(nordlys(), "2026-11-23 10:07")["thank-you"]


def test_nothing_follows_an_interview_that_did_not_take_place() -> None:
    cancelled = nordlys(entry("2026-11-16 09:00", "interview", "skipped"))
    for now in ("2026-11-16 09:30", "2026-11-19 12:00", "2026-12-07 12:00"):
        assert {s.kind: s.status for s in make_plan([cancelled], world(now))} == {StepKind.INTERVIEW: Status.SKIPPED}
        assert stage(cancelled, world(now)) == "no interview"
    back = replace(cancelled, log=(*cancelled.log, entry("2026-11-16 09:10", "interview", "undone")))
    assert "call" in plan(back, "2026-11-16 09:30")


def test_what_they_say_after_an_interview_that_did_not_take_place_is_answered() -> None:
    cancelled = entry("2026-11-16 09:00", "interview", "skipped")
    steps = plan(nordlys(cancelled, entry("2026-11-17 10:00", "rejection", round=1)), "2026-11-17 11:00")
    assert steps["rejection-reply"].status is Status.PLANNED


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("2026-11-15 12:00", 1),
        ("2026-11-16 12:00", 1),  # the first one's day
        ("2026-11-17 12:00", 2),  # the second is on the 26th
        ("2026-11-26 12:00", 2),
        ("2026-11-30 12:00", 2),
    ],
)
def test_the_interview_that_does_not_take_place_is_the_next_one(said: str, number: int) -> None:
    second = replace(FIRST_ROUND, start=when("2026-11-26 10:00"), end=when("2026-11-26 11:00"))
    cancelled = nordlys(entry(said, "interview", "skipped"), rounds=(FIRST_ROUND, second))
    steps = make_plan([cancelled], world("2026-11-30 12:00"))
    assert [s.round for s in steps if s.kind is StepKind.INTERVIEW and s.status is Status.SKIPPED] == [number]


def test_thanks_are_owed_while_the_next_interview_did_not_take_place() -> None:
    second = replace(FIRST_ROUND, start=FIRST_ROUND.start + timedelta(days=1), end=FIRST_ROUND.end + timedelta(days=1))
    cancelled = entry("2026-11-17 09:00", "interview", "skipped", round=2)
    steps = make_plan([nordlys(cancelled, rounds=(FIRST_ROUND, second))], world("2026-11-17 12:00"))
    assert {s.round for s in steps if s.kind is StepKind.THANK_YOU and s.in_calendar} == {1}


@pytest.mark.parametrize("decided", ["rejection", "offer", "withdrawn"])
def test_a_decision_ends_the_thanks_and_the_letters(decided: str) -> None:
    left = kinds(nordlys(entry("2026-11-17 09:00", decided)), "2026-11-17 10:00")
    assert not left & {StepKind.THANK_YOU, StepKind.THANK_YOU_DEADLINE, StepKind.LETTER, StepKind.FOLLOW_UP}


@given(
    end=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda d: d.replace(second=0, microsecond=0)),
    zone=st.sampled_from(
        ["Europe/Copenhagen", "America/New_York", "Australia/Sydney", "America/Santiago", "Asia/Kolkata", "Asia/Tokyo"]
    ),
)
@pytest.mark.advice("2.1.a3")
def test_the_deadline_is_exactly_48_elapsed_hours_after_the_end(end: datetime, zone: str) -> None:
    finish = end.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone))
    one = Round(start=(finish.astimezone(UTC) - timedelta(hours=1)).astimezone(ZoneInfo(zone)), end=finish)
    application = nordlys(rounds=(one,), timezone=zone)
    steps = make_plan([application], world("2026-01-01 00:00"))
    deadline = next(step for step in steps if step.kind is StepKind.THANK_YOU_DEADLINE)
    assert deadline.end is not None
    assert deadline.end.astimezone(UTC) - finish.astimezone(UTC) == timedelta(hours=48)
    assert deadline.due == deadline.end


@pytest.mark.parametrize(
    ("end", "deadline"),
    [
        ("2026-03-27 15:00", "2026-03-29 16:00"),  # an hour is lost on the way
        ("2026-10-24 15:00", "2026-10-26 14:00"),  # an hour is won
        ("2026-06-12 15:00", "2026-06-14 15:00"),
    ],
)
def test_the_deadline_over_a_clock_change(end: str, deadline: str) -> None:
    one = Round(start=when(end) - timedelta(hours=1), end=when(end))
    step = plan(nordlys(rounds=(one,)), "2026-01-01 08:00")["thank-you-deadline"]
    assert step.end == when(deadline)


@pytest.mark.advice("3.1.0", "3.1.b")
def test_there_is_one_letter_for_each_interviewer() -> None:
    letters = [s for s in make_plan([nordlys()], world()) if s.kind is StepKind.LETTER]
    assert [s.to for s in letters] != []
    assert {s.to for s in letters} == {("Mette Holm",), ("Jonas Krag",)}
    assert len({s.uid for s in letters}) == 2
    assert {at(s) for s in letters} == {"Thu 2026-11-19 09:00"}


def test_a_letter_goes_out_before_they_decide() -> None:
    soon = plan(nordlys(decision=Decision(by=date(2026, 11, 19))))["letter"]
    assert at(soon) == "Tue 2026-11-17 09:00"


def test_a_letter_that_was_not_sent_is_still_owed_after_the_decision_date() -> None:
    thanked, alone = entry("2026-11-16 12:30", "thank-you", "sent"), entry("2026-12-01 12:30", "follow-up", "skipped")
    letter = plan(nordlys(thanked, alone), "2026-12-03 12:00")["letter"]
    assert letter.status is Status.LATE
    assert at(letter) == "Thu 2026-12-03 13:00"


@pytest.mark.advice("3.2.a", "T.2")
def test_a_family_firm_that_wrote_on_paper_gets_a_hand_written_letter_the_next_day() -> None:
    letter = plan(nordlys(kind="family", invited_by="letter"))["letter"]
    assert at(letter) == "Tue 2026-11-17 09:00"
    assert letter.warning is None
    hurried = plan(nordlys(kind="family", invited_by="letter", decision=Decision(by=date(2026, 11, 19))))["letter"]
    assert hurried.warning is not None
    assert "e-mail" in hurried.warning


def test_without_an_end_an_hour_is_assumed_and_said() -> None:
    one = replace(FIRST_ROUND, end=when("2026-11-16 11:00"), end_assumed=True)
    steps = plan(nordlys(rounds=(one,)))
    assert all(steps[kind].assumed for kind in ("interview", "notes", "thank-you", "thank-you-deadline", "letter"))
    assert not plan(nordlys())["thank-you"].assumed


def test_a_moved_chore_keeps_the_users_hour() -> None:
    moved = entry("2026-11-16 11:40", "thank-you", "moved", time=when("2026-11-17 18:30"))
    assert at(plan(nordlys(moved))["thank-you"]) == "Tue 2026-11-17 18:30"


def test_late_thanks_stay_where_the_user_moved_them() -> None:
    moved = entry("2026-11-19 13:10", "thank-you", "moved", time=when("2026-11-20 11:00"))
    assert at(plan(nordlys(moved), "2026-11-19 13:10")["thank-you"]) == "Fri 2026-11-20 11:00"
    assert plan(nordlys(moved), "2026-11-20 11:30")["thank-you"].start is not None
