"""The letters between the thanks, the decision and the follow-up: never a message too many, never in the past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from callplan.book.types import Decision, LogEntry
from callplan.plan.cadence import make_plan
from callplan.plan.step import Status, StepKind
from callplan.plan.world import Workdays

from tests.plan.build import DENMARK, FIRST_ROUND, JONAS, METTE, at, entry, kinds, nordlys, plan, when, world

THANKED = entry("2026-11-16 12:30", "thank-you", "sent")


@pytest.mark.parametrize(
    ("decision", "start"),
    [
        (date(2026, 11, 16), "Mon 2026-11-23 09:00"),  # the 17th is beside the follow-up, the 20th has the call
        (date(2026, 11, 17), "Tue 2026-11-17 09:00"),
        (date(2026, 11, 18), "Tue 2026-11-17 09:00"),
        (date(2026, 11, 19), "Tue 2026-11-17 09:00"),
        (date(2026, 11, 20), "Thu 2026-11-19 09:00"),
    ],
)
def test_a_letter_that_would_come_too_late_goes_out_on_the_first_business_day(decision: date, start: str) -> None:
    letter = plan(nordlys(decision=Decision(by=decision)))["letter"]
    assert (letter.status, at(letter)) == (Status.PLANNED, start)
    assert ("before there is a business day for a letter" in letter.why) is (decision.day == 16)
    assert ("goes out on that very day" in letter.why) is (decision.day == 17)


@pytest.mark.parametrize(
    ("decision", "now", "status", "start"),
    [
        (date(2026, 11, 16), "2026-11-16 23:58", Status.PLANNED, "Tue 2026-11-17 09:00"),
        (date(2026, 11, 16), "2026-11-17 00:01", Status.LATE, "Wed 2026-11-18 09:00"),  # a day free after the thanks
        (date(2026, 11, 17), "2026-11-17 12:00", Status.DUE, "Tue 2026-11-17 09:00"),
        (date(2026, 11, 17), "2026-11-24 12:00", Status.LATE, "Tue 2026-11-24 13:00"),
    ],
)
def test_a_letter_that_cannot_come_before_they_decide_is_late_from_then_on(
    decision: date, now: str, status: Status, start: str
) -> None:
    skipped = entry("2026-11-16 12:31", "follow-up", "skipped")  # so that nothing else is in its way
    steps = plan(nordlys(THANKED, skipped, decision=Decision(by=decision)), now)
    assert (steps["letter"].status, at(steps["letter"])) == (status, start)


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
    assert letters == {("Mette Holm",): date(2026, 11, 19), ("Jonas Krag",): date(2026, 11, 23)}  # thanks on Friday


def test_a_letter_comes_the_business_day_after_late_thanks() -> None:
    late = nordlys(entry("2026-11-20 16:30", "thank-you", "sent"))
    letter = plan(late, "2026-11-20 17:00")["letter"]
    assert (letter.status, at(letter)) == (Status.PLANNED, "Mon 2026-11-23 09:00")


def test_late_thanks_leave_the_letter_the_day_on_which_they_decide() -> None:
    late = nordlys(entry("2026-11-29 16:30", "thank-you", "sent"))  # they decide on Monday the 30th
    letter = plan(late, "2026-11-29 17:00")["letter"]
    assert (letter.status, at(letter)) == (Status.PLANNED, "Mon 2026-11-30 09:00")


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
    ("contact", "start", "words"),
    [
        (entry("2026-12-03 09:10", "follow-up", "sent"), "Wed 2026-12-09 09:00", "keeps a day free before and after"),
        (
            entry("2026-12-03 09:10", "call", "reached"),
            "Mon 2026-12-07 09:00",
            "a day free after your call of Thu",
        ),
    ],
)
def test_a_late_letter_stays_once_they_have_been_asked(contact: LogEntry, start: str, words: str) -> None:
    """Late is never dropped: it leaves a day free after what was said, and before the call to come (on Monday)."""
    letter = plan(nordlys(THANKED, contact), "2026-12-03 10:00")["letter"]
    assert (letter.status, at(letter)) == (Status.LATE, start)
    assert letter.why.startswith("It is late, and still worth sending.")
    assert words in letter.why
    assert "skip it if you would rather send none" in letter.why
    skipped = entry("2026-12-03 09:30", "letter", "skipped")
    assert plan(nordlys(THANKED, contact, skipped), "2026-12-03 10:00")["letter"].status is Status.SKIPPED


@pytest.mark.parametrize(
    ("asked", "now", "status", "start"),
    [
        ("2026-11-17 09:10", "2026-11-18 10:00", Status.PLANNED, "Thu 2026-11-19 09:00"),
        ("2026-11-17 09:10", "2026-11-20 10:00", Status.DUE, "Thu 2026-11-19 09:00"),
        ("2026-11-18 09:10", "2026-11-18 10:00", Status.PLANNED, "Fri 2026-11-20 09:00"),
        ("2026-11-18 09:10", "2026-11-20 10:00", Status.DUE, "Fri 2026-11-20 09:00"),
        ("2026-11-19 09:10", "2026-11-19 10:00", Status.PLANNED, "Mon 2026-11-23 09:00"),  # Saturday is no day for it
        ("2026-11-25 09:10", "2026-11-25 10:00", Status.PLANNED, "Fri 2026-11-27 09:00"),  # it was due on the 19th
    ],
)
def test_a_letter_leaves_a_day_free_after_an_early_follow_up(asked: str, now: str, status: Status, start: str) -> None:
    """Both on two days running look desperate."""
    letter = plan(nordlys(THANKED, entry(asked, "follow-up", "sent")), now)["letter"]
    assert (letter.status, at(letter)) == (status, start)


def test_a_time_the_user_gives_a_letter_is_kept_beside_the_follow_up() -> None:
    early = entry("2026-11-18 09:10", "follow-up", "sent")
    meant = entry("2026-11-18 09:30", "letter", "moved", time=when("2026-11-21 10:00"))  # a Saturday
    letter = plan(nordlys(THANKED, early, meant), "2026-11-18 10:00")["letter"]
    assert (letter.status, at(letter)) == (Status.PLANNED, "Sat 2026-11-21 10:00")


@pytest.mark.parametrize(
    ("now", "letter"),
    [
        ("2026-12-01 12:00", "Mon 2026-12-07 09:00"),  # the follow-up is tomorrow, the call on Friday
        ("2026-12-01 18:00", "Mon 2026-12-07 09:00"),  # it would have been the same minute
        ("2026-12-02 12:00", "Mon 2026-12-07 09:00"),  # it is due since this morning
        ("2026-12-08 12:00", "Mon 2026-12-14 09:00"),  # it is late too, and comes this afternoon; the call on Thursday
        ("2026-12-08 17:00", "Mon 2026-12-14 09:00"),  # … tomorrow, the call on Friday
    ],
)
def test_a_late_letter_crowds_no_follow_up_and_no_call(now: str, letter: str) -> None:
    steps = plan(nordlys(THANKED), now)
    assert at(steps["letter"]) == letter
    assert steps["follow-up"].in_calendar


def test_a_letter_just_before_an_assumed_decision_crowds_no_follow_up_either() -> None:
    late = nordlys(entry("2026-11-26 16:30", "thank-you", "sent"), decision=Decision())
    steps = plan(late, "2026-11-26 17:00")  # the letter would be on Friday, the follow-up comes on Monday
    assert at(steps["letter"]) == "Fri 2026-11-27 09:00"
    put_off = plan(nordlys(THANKED, decision=Decision()), "2026-11-29 12:00")["letter"]  # due since the 19th
    assert (put_off.status, at(put_off)) == (Status.PLANNED, "Fri 2026-12-04 09:00")
    assert "It keeps a day free before and after the follow-up e-mail and the calls." in put_off.why
    later = plan(nordlys(entry("2026-11-28 11:00", "thank-you", "sent"), decision=Decision()), "2026-11-28 12:00")
    assert (later["letter"].status, at(later["letter"])) == (Status.PLANNED, "Fri 2026-12-04 09:00")


@pytest.mark.parametrize(
    ("now", "start"),
    [
        ("2026-12-12 12:00", "Mon 2026-12-14 09:00"),  # a Saturday
        ("2026-12-11 18:00", "Mon 2026-12-14 09:00"),
        ("2026-12-24 18:00", "Mon 2026-12-28 09:00"),  # Christmas
    ],
)
def test_a_late_letter_is_put_to_a_business_day(now: str, start: str) -> None:
    nothing_else = entry("2026-11-16 12:31", "follow-up", "skipped")
    letter = plan(nordlys(THANKED, nothing_else), now)["letter"]
    assert (letter.status, at(letter)) == (Status.LATE, start)


def test_a_letter_goes_by_the_business_days_of_whoever_gets_it() -> None:
    """Labour Thanksgiving Day is on Monday the 23rd where Jonas is."""
    away = replace(JONAS, country="JP", timezone="Asia/Tokyo")
    days = {"DK": DENMARK, "JP": Workdays(holidays={date(2026, 11, 23): "Labour Thanksgiving Day"})}
    late = nordlys(entry("2026-11-20 16:30", "thank-you", "sent"), people=(METTE, away))
    steps = make_plan([late], world("2026-11-20 17:00", workdays=days))
    letters = {step.to: at(step) for step in steps if step.kind is StepKind.LETTER}
    assert letters == {("Mette Holm",): "Mon 2026-11-23 09:00", ("Jonas Krag",): "Tue 2026-11-24 09:00"}


@pytest.mark.parametrize(
    ("decision", "named", "assumed"),
    [
        (Decision(), (), True),
        (Decision(), (entry("2026-11-17 10:00", "new-date", date=date(2026, 11, 30)),), False),
        (Decision(by=date(2026, 11, 30)), (), False),
    ],
)
def test_a_letter_whose_latest_day_is_assumed_says_so(
    decision: Decision, named: tuple[LogEntry, ...], assumed: bool
) -> None:
    assert plan(nordlys(THANKED, *named, decision=decision), "2026-11-17 12:00")["letter"].assumed is assumed


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
