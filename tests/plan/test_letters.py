"""The letters between the thanks, the decision and the follow-up: never a message too many, never in the past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from callplan.book.types import Decision, LogEntry
from callplan.plan.cadence import make_plan
from callplan.plan.step import Status, StepKind

from tests.plan.build import FIRST_ROUND, at, entry, kinds, nordlys, plan, when, world

THANKED = entry("2026-11-16 12:30", "thank-you", "sent")


@pytest.mark.parametrize(
    ("decision", "status", "start"),
    [
        (date(2026, 11, 16), Status.SKIPPED, None),  # the day of the interview
        (date(2026, 11, 17), Status.SKIPPED, None),  # the day after: only the evening of the thanks is left
        (date(2026, 11, 18), Status.PLANNED, "Tue 2026-11-17 09:00"),
        (date(2026, 11, 19), Status.PLANNED, "Tue 2026-11-17 09:00"),
        (date(2026, 11, 20), Status.PLANNED, "Thu 2026-11-19 09:00"),
    ],
)
def test_a_letter_without_a_day_before_they_decide_is_left_out(
    decision: date, status: Status, start: str | None
) -> None:
    letter = plan(nordlys(decision=Decision(by=decision)))["letter"]
    assert letter.status is status
    if start:
        assert at(letter) == start
    else:
        assert "one message is enough" in letter.why
        assert not letter.in_calendar


def test_a_letter_left_out_does_not_come_back_when_they_are_late() -> None:
    soon = nordlys(THANKED, decision=Decision(by=date(2026, 11, 17)))
    assert plan(soon, "2026-11-19 12:00")["letter"].status is Status.SKIPPED


def test_a_new_date_gives_the_letter_room_again() -> None:
    later = entry("2026-11-17 15:00", "new-date", date=date(2026, 11, 30))
    letter = plan(nordlys(THANKED, later, decision=Decision(by=date(2026, 11, 17))), "2026-11-17 16:00")["letter"]
    assert (letter.status, at(letter)) == (Status.PLANNED, "Thu 2026-11-19 09:00")


def test_a_letter_the_user_gave_a_time_is_kept_where_there_is_no_room() -> None:
    moved = entry("2026-11-16 11:40", "letter", "moved", time=when("2026-11-16 19:00"))
    assert at(plan(nordlys(moved, decision=Decision(by=date(2026, 11, 17))))["letter"]) == "Mon 2026-11-16 19:00"


@pytest.mark.parametrize("now", ["2026-11-19 08:00", "2026-11-19 16:30", "2026-11-22 11:00"])
def test_a_letter_waits_for_late_thanks_to_the_same_person(now: str) -> None:
    steps = plan(nordlys(), now)
    thanks, letter = steps["thank-you"].start, steps["letter"].start
    assert thanks is not None
    assert letter is not None
    assert letter.date() > thanks.date()
    assert steps["letter"].status is Status.PLANNED


def test_a_letter_waits_for_thanks_that_are_due_and_not_sent_yet() -> None:
    soon = nordlys(decision=Decision(by=date(2026, 11, 19)))
    assert at(plan(soon, "2026-11-16 12:00")["letter"]) == "Tue 2026-11-17 09:00"
    owed = plan(soon, "2026-11-17 10:00")
    assert owed["thank-you"].status is Status.DUE
    assert (owed["letter"].status, at(owed["letter"])) == (Status.PLANNED, "Wed 2026-11-18 09:00")


def test_thanks_to_one_leave_the_letter_to_the_other_waiting() -> None:
    half = nordlys(replace(THANKED, to=("Mette Holm",)))
    steps = make_plan([half], world("2026-11-20 08:00"))
    letters = {step.to: step.start.date() for step in steps if step.kind is StepKind.LETTER and step.start}
    assert letters == {("Mette Holm",): date(2026, 11, 19), ("Jonas Krag",): date(2026, 11, 21)}


def test_a_letter_comes_the_business_day_after_late_thanks() -> None:
    late = nordlys(entry("2026-11-20 16:30", "thank-you", "sent"))
    letter = plan(late, "2026-11-20 17:00")["letter"]
    assert (letter.status, at(letter)) == (Status.PLANNED, "Mon 2026-11-23 09:00")


def test_a_letter_is_left_out_when_the_late_thanks_leave_no_day_for_it() -> None:
    late = nordlys(entry("2026-11-29 16:30", "thank-you", "sent"))  # they decide on Monday the 30th
    letter = plan(late, "2026-11-29 17:00")["letter"]
    assert letter.status is Status.SKIPPED
    assert "one message is enough" in letter.why


def test_a_late_letter_says_what_is_true() -> None:
    for by, now in ((date(2026, 11, 30), "2026-12-03 12:00"), (date(2026, 11, 19), "2026-11-21 12:00")):
        letter = plan(nordlys(THANKED, decision=Decision(by=by)), now)["letter"]
        assert letter.status is Status.LATE
        assert f"They meant to decide by {by:%a} {by.day} {by:%b %Y}" in letter.why
        assert "has to arrive" not in letter.why
        assert "goes out early" not in letter.why
    assumed = plan(nordlys(THANKED, decision=Decision()), "2026-12-10 12:00")["letter"]
    assert "They named no date" in assumed.why


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        (entry("2026-12-03 09:10", "follow-up", "sent"), "The follow-up e-mail of Thu 3 Dec 2026"),
        (entry("2026-12-03 09:10", "call", "reached"), "The call of Thu 3 Dec 2026"),
    ],
)
@pytest.mark.advice("3.5.a")
def test_a_late_letter_is_left_out_once_they_have_been_asked(contact: LogEntry, words: str) -> None:
    letter = plan(nordlys(THANKED, contact), "2026-12-03 10:00")["letter"]
    assert letter.status is Status.SKIPPED
    assert letter.why.startswith(words)
    new_date = entry("2026-12-04 10:00", "new-date", date=date(2026, 12, 11))
    assert plan(nordlys(THANKED, contact, new_date), "2026-12-04 11:00")["letter"].status is Status.SKIPPED


@pytest.mark.parametrize("now", ["2026-11-18 10:00", "2026-11-20 10:00", "2026-12-01 10:00"])
@pytest.mark.parametrize("asked", ["2026-11-17 09:10", "2026-11-18 09:10"])
@pytest.mark.advice("3.5.a")
def test_a_letter_is_left_out_after_a_follow_up_however_early_that_went(asked: str, now: str) -> None:
    """Both on two days running look desperate, and the e-mail that waits for an answer has no other behind it."""
    letter = plan(nordlys(THANKED, entry(asked, "follow-up", "sent")), now)["letter"]
    assert letter.status is Status.SKIPPED
    assert "has taken its place" in letter.why


def test_a_letter_that_is_given_a_time_after_the_follow_up_is_meant() -> None:
    early = entry("2026-11-18 09:10", "follow-up", "sent")
    meant = entry("2026-11-18 09:30", "letter", "moved", time=when("2026-11-23 10:00"))
    letter = plan(nordlys(THANKED, early, meant), "2026-11-18 10:00")["letter"]
    assert (letter.status, at(letter)) == (Status.PLANNED, "Mon 2026-11-23 10:00")
    before = replace(meant, at=when("2026-11-17 09:30"))
    assert plan(nordlys(THANKED, before, early), "2026-11-18 10:00")["letter"].status is Status.SKIPPED


@pytest.mark.parametrize(
    ("now", "letter"),
    [
        ("2026-12-01 12:00", "Thu 2026-12-03 09:00"),  # the follow-up is tomorrow
        ("2026-12-01 18:00", "Thu 2026-12-03 09:00"),  # it would have been the same minute
        ("2026-12-02 12:00", "Thu 2026-12-03 09:00"),  # it is due since this morning
        ("2026-12-08 12:00", "Wed 2026-12-09 09:00"),  # it is late too, and comes this afternoon
        ("2026-12-08 17:00", "Thu 2026-12-10 09:00"),  # … tomorrow
    ],
)
def test_a_late_letter_crowds_no_follow_up(now: str, letter: str) -> None:
    steps = plan(nordlys(THANKED), now)
    assert at(steps["letter"]) == letter
    assert steps["follow-up"].in_calendar


def test_a_letter_just_before_an_assumed_decision_crowds_no_follow_up_either() -> None:
    late = nordlys(entry("2026-11-26 16:30", "thank-you", "sent"), decision=Decision())
    steps = plan(late, "2026-11-26 17:00")  # the letter would be on Friday, the follow-up comes on Monday
    assert at(steps["letter"]) == "Fri 2026-11-27 09:00"
    put_off = plan(nordlys(THANKED, decision=Decision()), "2026-11-29 12:00")["letter"]  # due since the 19th
    assert (put_off.status, at(put_off)) == (Status.PLANNED, "Tue 2026-12-01 09:00")
    assert "waits behind the follow-up" in put_off.why
    later = plan(nordlys(entry("2026-11-28 11:00", "thank-you", "sent"), decision=Decision()), "2026-11-28 12:00")
    assert later["letter"].status is Status.SKIPPED


def test_a_date_they_name_gives_a_late_letter_a_time_that_is_still_to_come() -> None:
    """A letter of 19 November was late on 7 December; a new date must not put it back to November."""
    named = entry("2026-12-07 16:40", "new-date", date=date(2026, 12, 11))
    letter = plan(nordlys(THANKED, named), "2026-12-07 16:40")["letter"]
    assert (letter.status, at(letter)) == (Status.PLANNED, "Mon 2026-12-07 17:00")
    assert "when they named Fri 11 Dec 2026" in letter.why
    assert at(plan(nordlys(THANKED, named), "2026-12-08 12:00")["letter"]) == "Mon 2026-12-07 17:00"  # and stays there
    again = entry("2026-12-10 10:00", "new-date", date=date(2026, 12, 18))
    assert at(plan(nordlys(THANKED, named, again), "2026-12-10 12:00")["letter"]) == "Mon 2026-12-07 17:00"


def test_a_date_named_in_time_leaves_the_letter_where_it_was() -> None:
    named = entry("2026-11-20 16:40", "new-date", date=date(2026, 12, 11))
    letter = plan(nordlys(THANKED, named), "2026-11-20 16:45")["letter"]
    assert (letter.status, at(letter)) == (Status.DUE, "Thu 2026-11-19 09:00")


def test_an_interview_that_ends_late_has_its_letter_on_another_day() -> None:
    late = replace(FIRST_ROUND, end=FIRST_ROUND.start + timedelta(hours=12))
    assert at(plan(nordlys(rounds=(late,)))["letter"]) == "Thu 2026-11-19 09:00"
    assert "letter" in kinds(nordlys(rounds=(late,)))
