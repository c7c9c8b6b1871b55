"""The follow-up e-mail, the calls, and letting go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from callplan.book.types import Decision, Hours, LogEntry, Period, Person, Round
from callplan.plan.cadence import make_plan
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.world import Busy, Profile, Quiet, Rules, Workdays

from tests.plan.build import DENMARK, FIRST_ROUND, JONAS, METTE, at, entry, kinds, nordlys, plan, when, world

CHASING = {StepKind.FOLLOW_UP, StepKind.CALL, StepKind.SECOND_CALL, StepKind.REHEARSE, StepKind.REFLECT}
FOLLOWED_UP = entry("2026-12-02 09:30", "follow-up", "sent")
CALLED = entry("2026-12-04 08:35", "call", "reached")


@pytest.mark.parametrize(
    ("decision", "follow_up", "assumed"),
    [
        (Decision(by=date(2026, 11, 30)), "Wed 2026-12-02 09:00", False),
        (Decision(by=date(2026, 11, 27)), "Tue 2026-12-01 09:00", False),  # a Friday: Monday is the first day
        (Decision(by=date(2026, 12, 24)), "Tue 2026-12-29 09:00", False),  # over Christmas
        (Decision(within=Period(2, "week")), "Wed 2026-12-02 09:00", False),
        (Decision(within=Period(10, "day")), "Mon 2026-11-30 09:00", False),
        (Decision(within=Period(1, "month")), "Fri 2026-12-18 09:00", False),
        (Decision(within=Period(3, "working day")), "Mon 2026-11-23 09:00", False),
        (Decision(), "Mon 2026-11-30 09:00", True),  # ten business days, and no grace on top
    ],
)
@pytest.mark.advice("1.1.a1", "3.3.0")
def test_the_follow_up_waits_for_the_decision(decision: Decision, follow_up: str, assumed: bool) -> None:
    step = plan(nordlys(decision=decision))["follow-up"]
    assert at(step) == follow_up
    assert step.assumed is assumed
    assert step.status is Status.TENTATIVE


@pytest.mark.advice("1.1.a2", "3.3.a1", "B5")
def test_the_follow_up_goes_to_the_contact_they_named_else_to_hr_else_to_an_interviewer() -> None:
    assert plan(nordlys())["follow-up"].to == ("Mette Holm",)
    assert plan(nordlys(decision=Decision(contact="Jonas Krag")))["follow-up"].to == ("Jonas Krag",)
    assert plan(nordlys(decision=Decision()))["follow-up"].to == ("Mette Holm",)
    engineer = replace(METTE, role="Engineer")
    one = replace(FIRST_ROUND, panel=("Jonas Krag",), decision=Decision())
    assert plan(nordlys(people=(engineer, JONAS), rounds=(one,)))["follow-up"].to == ("Jonas Krag",)


def test_the_follow_up_is_due_for_three_business_days_and_then_late() -> None:
    log = (entry("2026-11-16 13:00", "thank-you", "sent"),)
    assert plan(nordlys(*log), "2026-12-01 12:00")["follow-up"].status is Status.PLANNED
    assert plan(nordlys(*log), "2026-12-03 12:00")["follow-up"].status is Status.DUE
    late = plan(nordlys(*log), "2026-12-08 12:00")["follow-up"]
    assert late.status is Status.LATE
    assert at(late) == "Tue 2026-12-08 13:00"  # the next of a few hours of the office


def test_the_follow_up_is_written_when_the_user_is_awake_and_read_in_the_morning() -> None:
    tokyo = Person("Ren Mori", phone="+81 3-1234-5678", timezone="Asia/Tokyo")
    one = replace(FIRST_ROUND, panel=("Ren Mori",), decision=Decision(by=date(2026, 11, 30)))
    application = nordlys(people=(tokyo,), rounds=(one,), timezone="Asia/Tokyo", country="JP")
    step = plan(application)["follow-up"]
    assert at(step) == "Tue 2026-12-01 19:30"  # 03:30 on Wednesday in Tokyo


@pytest.mark.advice("3.5.b", "4.1.0")
def test_the_call_comes_two_business_days_after_the_follow_up_that_was_sent() -> None:
    assert at(plan(nordlys(FOLLOWED_UP), "2026-12-03 12:00")["call"]) == "Fri 2026-12-04 08:30"
    in_the_evening = entry("2026-12-01 19:00", "follow-up", "sent")
    assert at(plan(nordlys(in_the_evening), "2026-12-03 12:00")["call"]) == "Fri 2026-12-04 08:30"
    on_a_saturday = entry("2026-12-05 11:00", "follow-up", "sent")
    assert at(plan(nordlys(on_a_saturday), "2026-12-06 12:00")["call"]) == "Wed 2026-12-09 08:30"


def test_the_call_names_the_number_and_the_zone_of_the_person_called() -> None:
    call = plan(nordlys(FOLLOWED_UP), "2026-12-03 12:00")["call"]
    assert (call.to, call.phone, call.timezone) == (("Mette Holm",), "+45 32 12 34 56", "Europe/Copenhagen")


@pytest.mark.advice("4.5.0")
def test_steps_that_only_silence_needs_are_tentative_and_become_firm() -> None:
    before = plan(nordlys())
    assert {before[k].status for k in ("follow-up", "call", "second-call", "reflect")} == {Status.TENTATIVE}
    after = plan(nordlys(FOLLOWED_UP), "2026-12-03 12:00")
    assert after["call"].status is Status.PLANNED
    assert after["second-call"].status is Status.TENTATIVE
    called = plan(nordlys(FOLLOWED_UP, CALLED), "2026-12-04 12:00")
    assert called["call"].status is Status.DONE
    assert called["second-call"].status is Status.PLANNED


@pytest.mark.advice("4.5.0")
def test_the_second_call_counts_from_the_call_that_happened_and_aims_at_day_ten() -> None:
    second = plan(nordlys(FOLLOWED_UP, CALLED), "2026-12-04 12:00")["second-call"]
    assert at(second) == "Mon 2026-12-14 08:30"
    assert second.due is not None
    assert second.due.date() == date(2026, 12, 18)
    later = entry("2026-12-08 15:35", "call", "reached")
    assert at(plan(nordlys(FOLLOWED_UP, later), "2026-12-08 16:00")["second-call"]) == "Fri 2026-12-18 08:30"


@pytest.mark.parametrize(
    ("named", "second"),
    [
        (date(2026, 12, 29), "Thu 2026-12-31 08:30"),
        (date(2026, 12, 7), "Wed 2026-12-09 08:30"),  # it wins over the seven days too
        (date(2026, 12, 3), "Mon 2026-12-14 08:30"),  # before the call: that is no date to wait for
    ],
)
def test_a_date_they_promised_on_the_phone_wins(named: date, second: str) -> None:
    promised = entry("2026-12-04 08:35", "call", "reached", date=named)
    assert at(plan(nordlys(FOLLOWED_UP, promised), "2026-12-05 12:00")["second-call"]) == second


@pytest.mark.advice("4.5.b1")
def test_reflection_follows_two_weeks_after_the_last_call() -> None:
    log = (FOLLOWED_UP, CALLED, entry("2026-12-15 08:35", "second-call", "reached"))
    after = plan(nordlys(*log), "2026-12-16 12:00")
    assert at(after["reflect"]) == "Tue 2026-12-29 10:00"
    assert after["reflect"].status is Status.PLANNED
    assert kinds(nordlys(*log), "2026-12-16 12:00") & CHASING == {StepKind.REFLECT}


def test_the_strict_reading_allows_one_call() -> None:
    steps = plan(nordlys(FOLLOWED_UP), "2026-12-03 12:00", rules=Rules(max_calls=1))
    assert "second-call" not in steps
    assert at(steps["reflect"]) == "Fri 2026-12-18 10:00"


@pytest.mark.parametrize("step", ["reply", "offer", "invitation", "rejection", "withdrawn"])
@pytest.mark.parametrize("log", [(), (FOLLOWED_UP,), (FOLLOWED_UP, CALLED)])
def test_an_answer_withdraws_every_chasing_step(step: str, log: tuple[LogEntry, ...]) -> None:
    application = nordlys(*log, entry("2026-12-06 10:00", step))
    assert not kinds(application, "2026-12-06 11:00") & CHASING


@pytest.mark.advice("1.1.b", "4.3.b")
def test_a_new_date_moves_the_chasing_behind_it() -> None:
    waiting = nordlys(entry("2026-11-27 10:00", "new-date", date=date(2026, 12, 7)))
    assert at(plan(waiting, "2026-11-28 10:00")["follow-up"]) == "Wed 2026-12-09 09:00"
    followed_up = nordlys(FOLLOWED_UP, entry("2026-12-03 10:00", "new-date", date=date(2026, 12, 10)))
    steps = plan(followed_up, "2026-12-03 12:00")
    assert at(steps["call"]) == "Mon 2026-12-14 08:30"
    assert steps["follow-up"].status is Status.DONE


def test_on_hold_waits_until_the_date_they_gave() -> None:
    held = nordlys(entry("2026-11-27 10:00", "on-hold", until=date(2027, 1, 8)))
    assert at(plan(held, "2026-11-28 10:00")["follow-up"]) == "Tue 2027-01-12 09:00"
    assert not kinds(nordlys(entry("2026-11-27 10:00", "on-hold")), "2026-11-28 10:00") & CHASING


@pytest.mark.advice("B10")
def test_an_out_of_office_reply_is_no_answer_and_shifts_the_step() -> None:
    away = entry("2026-12-02 09:31", "reply", "out-of-office", until=date(2026, 12, 8))
    assert at(plan(nordlys(FOLLOWED_UP, away), "2026-12-03 12:00")["call"]) == "Wed 2026-12-09 08:30"
    before = entry("2026-11-30 09:31", "reply", "out-of-office", until=date(2026, 12, 8))
    assert at(plan(nordlys(before), "2026-11-30 12:00")["follow-up"]) == "Wed 2026-12-09 09:00"


@pytest.mark.advice("B6")
def test_a_new_round_ends_the_chasing_of_the_round_before() -> None:
    second = Round(start=when("2026-12-10 10:00"), end=when("2026-12-10 11:00"), panel=("Mette Holm",))
    steps = make_plan([nordlys(FOLLOWED_UP, rounds=(FIRST_ROUND, second))], world("2026-12-03 12:00"))
    assert not {s.kind for s in steps if s.round == 1 and s.in_calendar} & CHASING
    assert {s.kind for s in steps if s.round == 2} >= {StepKind.FOLLOW_UP, StepKind.CALL}


@pytest.mark.parametrize(
    ("tried", "now", "next_try"),
    [
        ("2026-12-07 08:35", "2026-12-07 08:40", "Mon 2026-12-07 15:30"),  # the other half of the same day
        ("2026-12-07 15:35", "2026-12-07 15:40", "Tue 2026-12-08 08:30"),
        ("2026-12-10 15:35", "2026-12-10 15:40", "Fri 2026-12-11 08:30"),
        ("2026-12-04 08:35", "2026-12-04 08:40", "Mon 2026-12-07 15:30"),  # nobody is called on a Friday afternoon
    ],
)
@pytest.mark.advice("4.1.b2")
def test_who_was_not_reached_is_tried_in_the_other_half_of_the_day(tried: str, now: str, next_try: str) -> None:
    call = plan(nordlys(FOLLOWED_UP, entry(tried, "call", "no-answer")), now)["call"]
    assert at(call) == next_try
    assert "1 of 5" in call.why
    assert ("not Fri 4 Dec 2026, when you would call at the same time of day" in call.why) is tried.startswith(
        "2026-12-04"
    )


def test_nobody_is_called_before_they_have_decided() -> None:
    early = entry("2026-11-23 09:30", "follow-up", "sent")
    assert at(plan(nordlys(early), "2026-11-23 12:00")["call"]) == "Tue 2026-12-01 08:30"


def test_a_late_follow_up_goes_out_after_the_late_thanks() -> None:
    steps = plan(nordlys(), "2026-12-08 12:00")
    assert at(steps["thank-you"]) == "Tue 2026-12-08 13:00"
    assert at(steps["follow-up"]) == "Tue 2026-12-08 16:00"


@pytest.mark.parametrize(
    ("message", "sent", "follow_up"),
    [
        ("letter", "2026-11-30 10:00", "Wed 2026-12-02 09:00"),  # a day lies between them as it is
        ("letter", "2026-12-01 10:00", "Thu 2026-12-03 09:00"),
        ("letter", "2026-12-03 10:00", "Mon 2026-12-07 09:00"),  # Saturday is no day for it
        ("thank-you", "2026-12-02 08:00", "Fri 2026-12-04 09:00"),
        ("letter", "2026-12-08 10:00", "Thu 2026-12-10 09:00"),  # it was late, and has a new day
    ],
)
def test_a_follow_up_leaves_a_day_free_after_a_late_message(message: str, sent: str, follow_up: str) -> None:
    step = plan(nordlys(entry(sent, message, "sent")), f"{sent[:11]}12:00")["follow-up"]
    assert at(step) == follow_up
    assert step.status in (Status.TENTATIVE, Status.PLANNED)
    assert ("leaves a day free" in step.why) is (follow_up != "Wed 2026-12-02 09:00")


def test_a_time_they_named_on_the_fifth_try_is_kept() -> None:
    tries = [entry(f"2026-12-0{day} {hour}", "call", "no-answer") for day in (7, 8) for hour in ("08:35", "15:35")]
    fifth = entry("2026-12-09 08:35", "call", "gatekeeper", time=when("2026-12-11 08:45"))
    assert at(plan(nordlys(FOLLOWED_UP, *tries, fifth), "2026-12-09 09:00")["call"]) == "Fri 2026-12-11 08:45"


def test_a_call_on_a_half_day_says_so() -> None:
    eve = Workdays(half_days={date(2026, 12, 4): "Christmas Eve"})
    call = plan(nordlys(FOLLOWED_UP), "2026-12-03 12:00", workdays={"DK": eve})["call"]
    assert at(call) == "Fri 2026-12-04 08:30"
    assert call.warning is not None
    assert "Christmas Eve" in call.warning


@pytest.mark.advice("4.1.b1")
def test_there_are_two_tries_a_day_and_five_in_all() -> None:
    two = (entry("2026-12-07 08:35", "call", "no-answer"), entry("2026-12-07 15:35", "call", "busy"))
    assert at(plan(nordlys(FOLLOWED_UP, *two), "2026-12-07 15:40")["call"]) == "Tue 2026-12-08 08:30"
    more = (entry(f"2026-12-0{day} 08:35", "call", "gatekeeper") for day in (8, 9))
    five = (FOLLOWED_UP, *two, *more, entry("2026-12-10 08:35", "call", "no-answer"))
    after = plan(nordlys(*five), "2026-12-10 12:00")
    assert after["call"].status is Status.DONE
    assert at(after["second-call"]) == "Mon 2026-12-21 08:30"


def test_a_call_back_they_asked_for_is_kept() -> None:
    back = entry("2026-12-07 08:35", "call", "bad-moment", time=when("2026-12-08 13:00"))
    call = plan(nordlys(FOLLOWED_UP, back), "2026-12-07 09:00")["call"]
    assert at(call) == "Tue 2026-12-08 13:00"
    assert call.warning is not None


def test_a_late_call_is_still_planned_and_says_so() -> None:
    call = plan(nordlys(FOLLOWED_UP), "2026-12-16 12:00")["call"]
    assert call.status is Status.LATE
    assert at(call) == "Wed 2026-12-16 15:30"
    assert "late" in call.why


def _no_call(people: tuple[Person, ...], *log: LogEntry, **changes: object) -> Step:
    return plan(nordlys(FOLLOWED_UP, *log, people=people, **changes), "2026-12-03 12:00")["call"]


def test_who_does_not_want_calls_is_not_called() -> None:
    refused = _no_call((replace(METTE, calls=False), JONAS))
    assert (refused.status, refused.start) == (Status.REFUSED, None)
    asked = plan(nordlys(FOLLOWED_UP, entry("2026-12-04 08:35", "call", "asked-not-to-call")), "2026-12-05 12:00")
    assert asked["second-call"].status is Status.REFUSED


def test_a_call_without_a_number_or_a_zone_asks_for_it() -> None:
    assert "phone" in _no_call((replace(METTE, phone=None), JONAS)).why
    nowhere = _no_call((METTE, JONAS), timezone=None)
    assert nowhere.status is Status.UNPLACED
    assert "timezone" in nowhere.why


def test_a_wrong_number_is_not_dialled_again_and_the_right_one_is() -> None:
    wrong = entry("2026-12-02 10:00", "call", "wrong-number", note="+45 32 12 34 56")
    refused = _no_call((METTE, JONAS), wrong)
    assert refused.status is Status.UNPLACED
    assert "wrong number" in refused.why
    assert _no_call((replace(METTE, phone="+45 32 12 34 99"), JONAS), wrong).status is Status.PLANNED


def test_the_zone_of_the_number_is_used_when_its_candidates_agree() -> None:
    def zones(*names: str) -> str | None:
        application = nordlys(FOLLOWED_UP, timezone=None)
        steps = plan(application, "2026-12-03 12:00", number_zones={METTE.phone: names})
        return steps["call"].timezone if steps["call"].start else None

    assert zones("Europe/London", "Europe/Guernsey") == "Europe/London"
    assert zones("America/New_York", "America/Chicago") is None
    assert zones() is None


def test_a_person_in_another_country_is_not_in_the_applications_zone() -> None:
    assert "timezone" in _no_call((replace(METTE, country="US"), JONAS)).why


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"busy": (Busy(when("2026-12-01 00:00"), when("2026-12-31 00:00")),)}, "calendar"),
        ({"calling_hours": (Hours(when("2026-01-01 05:00").time(), when("2026-01-01 06:00").time()),)}, "waking"),
    ],
)
def test_a_call_without_a_slot_says_what_is_in_the_way(changes: dict[str, object], word: str) -> None:
    call = plan(nordlys(FOLLOWED_UP), "2026-12-03 12:00", **changes)["call"]
    assert call.status is Status.UNPLACED
    assert word in call.why


def test_a_second_call_in_a_closed_season_says_so() -> None:
    closed = Workdays(holidays={date(2026, 12, 7) + timedelta(n): "Winter closing" for n in range(20)})
    second = plan(nordlys(FOLLOWED_UP, CALLED), "2026-12-04 12:00", workdays={"DK": closed})["second-call"]
    assert second.status is Status.UNPLACED
    assert "every day" in second.why


SUMMER = Profile(
    Hours(time(8, 30), time(10)),
    Hours(time(15), time(16)),
    time(11, 30),
    quiet=(Quiet((12, 20), (1, 5), "the holidays"),),
)


def test_a_call_in_a_quiet_season_is_planned_with_a_warning() -> None:
    made = entry("2026-12-15 08:35", "call", "reached")
    second = plan(nordlys(FOLLOWED_UP, made), "2026-12-16 12:00", profiles={"DK": SUMMER})["second-call"]
    assert second.warning is not None
    assert "the holidays" in second.warning
    assert plan(nordlys(FOLLOWED_UP), "2026-12-03 12:00", profiles={"DK": SUMMER})["call"].warning is None


def test_a_call_on_a_bridge_day_is_planned_with_a_warning() -> None:
    holidays = {date(2026, 12, 8): "Lady Day", date(2026, 12, 10): "Another"}
    followed_up = entry("2026-12-04 09:30", "follow-up", "sent")
    call = plan(nordlys(followed_up), "2026-12-05 12:00", workdays={"DK": Workdays(holidays=holidays)})["call"]
    assert at(call) == "Wed 2026-12-09 08:30"
    assert call.warning is not None
    assert "bridge day" in call.warning


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"busy": (Busy(when("2026-12-04 07:00"), when("2026-12-04 18:00")),)}, "not Fri 4 Dec 2026, which is busy"),
        ({"workdays": {"DK": Workdays(holidays={date(2026, 12, 4): "Founder's Day"})}}, "2 business days after"),
        ({"busy": (Busy(when("2026-12-04 08:00"), when("2026-12-04 09:30")),)}, "earlier that day, when you are busy"),
    ],
)
def test_why_says_what_a_slot_had_to_avoid(changes: dict[str, object], word: str) -> None:
    assert word in plan(nordlys(FOLLOWED_UP), "2026-12-03 12:00", **changes)["call"].why


def test_the_fifth_try_says_that_it_is_the_last() -> None:
    tries = [entry(f"2026-12-0{day} {hour}", "call", "no-answer") for day in (7, 8) for hour in ("08:35", "15:35")]
    call = plan(nordlys(FOLLOWED_UP, *tries), "2026-12-08 16:00")["call"]
    assert "leave a message" in call.why


def test_each_call_keeps_its_rehearsal_after_a_try() -> None:
    log = (FOLLOWED_UP, entry("2026-12-07 15:35", "call", "no-answer"))
    steps = make_plan([nordlys(*log)], world("2026-12-07 16:00"))
    assert [at(s) for s in steps if s.kind is StepKind.REHEARSE] == ["Mon 2026-12-07 19:00", "Thu 2026-12-17 19:00"]


def test_a_published_slot_stays_while_it_is_good() -> None:
    uid = plan(nordlys(FOLLOWED_UP), "2026-12-03 12:00")["call"].uid
    published = {uid: when("2026-12-08 15:45")}
    assert at(plan(nordlys(FOLLOWED_UP), "2026-12-03 12:00", published=published)["call"]) == "Tue 2026-12-08 15:45"
    taken = (Busy(when("2026-12-08 15:00"), when("2026-12-08 16:00")),)
    moved = plan(nordlys(FOLLOWED_UP), "2026-12-03 12:00", published=published, busy=taken)["call"]
    assert at(moved) == "Fri 2026-12-04 08:30"


@pytest.mark.parametrize(
    ("published", "busy", "words"),
    [
        ("2026-12-08 15:45", None, "if they stay silent; it stands in your calendar already"),
        ("2026-12-04 08:45", None, "if they stay silent; it stands in your calendar already"),  # free at 8:30 that day
        ("2026-12-08 15:45", "2026-12-07", "not Mon 7 Dec 2026, which is busy, it stands in your calendar already"),
        ("2026-12-04 08:30", None, ""),  # it would be given the same today
        ("2026-11-26 08:30", None, ""),  # good no longer
    ],
)
def test_a_call_that_keeps_its_slot_says_so(published: str, busy: str | None, words: str) -> None:
    uid = plan(nordlys(FOLLOWED_UP), "2026-12-03 12:00")["call"].uid
    taken = (Busy(when(f"{busy} 07:00"), when(f"{busy} 18:00")),) if busy else ()
    call = plan(nordlys(FOLLOWED_UP), "2026-12-03 12:00", published={uid: when(published)}, busy=taken)["call"]
    assert words in call.why
    assert ("in your calendar already" in call.why) is bool(words)
    assert "less good" not in call.why


def test_calls_keep_a_quarter_of_an_hour_from_each_other_and_from_interviews() -> None:
    other = replace(nordlys(FOLLOWED_UP), name="other", id=JONAS_ID)
    interview = Round(start=when("2026-12-04 09:30"), end=when("2026-12-04 10:30"))
    third = replace(nordlys(rounds=(interview,)), name="third", id=THIRD_ID)
    steps = make_plan([nordlys(FOLLOWED_UP), other, third], world("2026-12-03 12:00"))
    calls = [s for s in steps if s.kind is StepKind.CALL and s.application != "third"]
    assert [at(s) for s in calls] == ["Fri 2026-12-04 08:30", "Fri 2026-12-04 09:00"]


@pytest.mark.advice("4.2.0b")
def test_the_rehearsal_is_on_the_evening_before_the_call_in_the_users_day() -> None:
    rehearse = plan(nordlys(FOLLOWED_UP), "2026-12-03 12:00", workdays={"DK": DENMARK})["rehearse"]
    assert at(rehearse) == "Sun 2026-12-13 19:00"  # the last of the kind: before the second call
    first = [s for s in make_plan([nordlys(FOLLOWED_UP)], world("2026-12-03 12:00")) if s.kind is StepKind.REHEARSE]
    assert [at(s) for s in first] == ["Thu 2026-12-03 19:00", "Sun 2026-12-13 19:00"]


JONAS_ID = replace(nordlys(), name="x").id.__class__("11111111-1111-4111-8111-111111111111")
THIRD_ID = JONAS_ID.__class__("22222222-2222-4222-8222-222222222222")


def test_nothing_late_is_sent_in_the_afternoon_of_a_half_day() -> None:
    eve = Workdays(half_days={date(2026, 12, 24): "Christmas Eve"}, holidays=DENMARK.holidays)
    thanked = entry("2026-11-16 12:30", "thank-you", "sent")
    late = plan(nordlys(thanked), "2026-12-24 10:00", workdays={"DK": eve})["follow-up"]
    assert late.status is Status.LATE
    assert at(late) == "Mon 2026-12-28 09:00"


def test_who_gives_up_the_second_call_looks_back_after_that() -> None:
    called = entry("2026-12-07 08:35", "call", "reached")
    given_up = entry("2026-12-25 10:00", "second-call", "skipped")
    look_back = plan(nordlys(FOLLOWED_UP, called, given_up), "2026-12-25 10:00")["reflect"]
    assert at(look_back) == "Sat 2026-12-26 10:00"


def test_a_call_moved_too_late_for_an_evening_before_is_rehearsed_in_the_time_left() -> None:
    moved = entry("2026-12-02 21:00", "call", "moved", time=when("2026-12-03 08:45"))
    assert at(plan(nordlys(FOLLOWED_UP, moved), "2026-12-02 21:00")["rehearse"]) != "Wed 2026-12-02 19:00"
    steps = make_plan([nordlys(FOLLOWED_UP, moved)], world("2026-12-02 21:00"))
    starts = {at(step) for step in steps if step.kind is StepKind.REHEARSE}
    assert "Thu 2026-12-03 07:00" in starts
    assert "Wed 2026-12-02 19:00" not in starts
