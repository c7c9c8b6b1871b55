"""Section 5 of the contract: which steps, when, until when, and what makes them go. Times are Danish unless said."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.contract.desk import CHASING, METTE, SETTINGS, Desk, firm, of, one, open_steps, round_of, when

#: The standard firm, on the morning of the interview: step, start, end, due, status.
FROM_THE_FIRST_DAY = [
    ("interview", "Mon 2026-11-16 10:00", "Mon 2026-11-16 11:15", None, "planned"),
    ("notes", "Mon 2026-11-16 11:25", "Mon 2026-11-16 11:45", "Mon 2026-11-16", "planned"),
    ("thank-you", "Mon 2026-11-16 12:00", "Mon 2026-11-16 12:20", "Wed 2026-11-18 11:15", "planned"),
    ("thank-you-deadline", None, "Wed 2026-11-18 11:15", "Wed 2026-11-18 11:15", "planned"),
    ("letter", "Thu 2026-11-19", None, "Mon 2026-11-30", "planned"),
    ("follow-up", "Wed 2026-12-02", None, "Mon 2026-12-07", "tentative"),
    ("call", "Fri 2026-12-04 08:30", "Fri 2026-12-04 08:45", "Fri 2026-12-11", "tentative"),
    ("second-call", "Mon 2026-12-14 08:30", "Mon 2026-12-14 08:45", "Fri 2026-12-18", "tentative"),
    ("reflect", "Mon 2026-12-28", None, None, "tentative"),
]


@pytest.mark.parametrize(("name", "start", "end", "due", "status"), FROM_THE_FIRST_DAY)
@pytest.mark.advice("I.a")
def test_the_whole_plan_is_there_from_the_first_day(
    desk: Desk, name: str, start: str | None, end: str | None, due: str | None, status: str
) -> None:
    desk.put(firm())
    step = one(desk.plan(), name)
    for key, expected in (("start", start), ("end", end), ("due", due)):
        if expected:
            assert (when(step, key) or "nothing").startswith(expected), key
    assert step["status"] == status
    assert step["assumed"] is False


def test_a_rehearsal_stands_on_the_evening_before_each_call(desk: Desk) -> None:
    desk.put(firm())
    evenings = [when(step) or "" for step in of(desk.plan(), "rehearse")]
    assert [evening[:14] for evening in evenings] == ["Thu 2026-12-03", "Sun 2026-12-13"]
    assert all(evening[15:17] >= "17" for evening in evenings)


@pytest.mark.parametrize(
    ("decision", "follow_up", "assumed"),
    [
        ("by = 2026-11-28", "Tue 2026-12-01", False),  # a Saturday; 2nd business day after it
        ('within = "2 weeks"', "Wed 2026-12-02", False),  # Mon 30 November
        ('within = "10 days"', "Mon 2026-11-30", False),  # Thu 26 November
        ('within = "1 month"', "Fri 2026-12-18", False),  # Wed 16 December
        ('within = "3 working days"', "Mon 2026-11-23", False),  # Thu 19 November
        ('contact = "Mette Holm"', "Mon 2026-11-30", True),  # nothing said: 10 business days, no grace
        ("by = 2026-12-23", "Mon 2026-12-28", False),  # Thu 24 is a working half day, Fri 25 a holiday
    ],
)
def test_the_follow_up_counts_from_what_they_said(desk: Desk, decision: str, follow_up: str, assumed: bool) -> None:
    desk.put(firm(rounds=round_of(decision=decision)))
    step = one(desk.plan(), "follow-up")
    assert (when(step) or "")[:14] == follow_up
    assert "08:00" <= (when(step) or "")[15:] < "12:00", "the morning of the addressee"
    assert step["assumed"] is assumed


def test_an_interview_without_an_end_lasts_an_hour_and_what_leans_on_it_is_assumed(desk: Desk) -> None:
    desk.put(firm(rounds=round_of(end=None)))
    steps = desk.plan()
    assert when(one(steps, "interview"), "end") == "Mon 2026-11-16 11:00"
    assert when(one(steps, "thank-you-deadline"), "end") == "Wed 2026-11-18 11:00"
    assert all(one(steps, name)["assumed"] for name in ("thank-you", "thank-you-deadline", "notes"))


JONAS = '\n[[people]]\nname = "Jonas Krag"\nrole = "CTO"\nemail = "jonas@fjord.example"\nphone = "+45 32 12 34 57"\n'


def panel(log: str = "") -> str:
    """The standard firm with two interviewers."""
    return firm(people=METTE + JONAS, rounds=round_of(panel=("Mette Holm", "Jonas Krag")), log=log)


def test_each_panel_member_gets_a_letter_and_all_one_thank_you(desk: Desk) -> None:
    desk.put(panel())
    steps = desk.plan()
    assert sorted(step["to"] for step in of(steps, "letter")) == [["Jonas Krag"], ["Mette Holm"]]
    assert sorted(one(steps, "thank-you")["to"]) == ["Jonas Krag", "Mette Holm"]


def test_a_thank_you_to_one_of_two_leaves_the_other(desk: Desk) -> None:
    desk.put(panel("2026-11-16T12:30 thank-you sent to=Mette_Holm"))
    steps = desk.plan("2026-11-17T09:00+01:00")
    step = next(each for each in of(steps, "thank-you") if each["status"] != "done")
    assert "Jonas Krag" in step["to"]
    assert one(steps, "thank-you-deadline")["status"] != "done"


def test_a_letter_to_one_of_two_leaves_the_other(desk: Desk) -> None:
    desk.put(panel("2026-11-18T12:30 letter sent to=Mette_Holm"))
    letters = {step["to"][0]: step["status"] for step in of(desk.plan("2026-11-18T13:00+01:00"), "letter")}
    assert letters == {"Mette Holm": "done", "Jonas Krag": "planned"}


@pytest.mark.advice("3.1.0")
def test_a_letter_goes_out_before_an_early_decision(desk: Desk) -> None:
    desk.put(firm(rounds=round_of(decision="by = 2026-11-18")))
    step = one(desk.plan(), "letter")
    assert (when(step) or "")[:14] == "Tue 2026-11-17"  # domain 7.3, rule 8: four days or less, the next day


BY_HAND = 'country = "DK"\ntimezone = "Europe/Copenhagen"\ninvited_by = "letter"\nkind = "family"'


@pytest.mark.advice("T.2")
def test_a_handwritten_letter_is_posted_on_the_next_business_day(desk: Desk) -> None:
    desk.put(firm(head=BY_HAND))
    step = one(desk.plan(), "letter")
    assert (when(step) or "")[:14] == "Tue 2026-11-17"
    assert "hand" in step["why"].lower()


@pytest.mark.advice("T.2")
def test_a_handwritten_letter_that_comes_too_late_is_warned_of(desk: Desk) -> None:
    desk.put(firm(head=BY_HAND, rounds=round_of(decision="by = 2026-11-18")))
    assert "The post may take" in desk.run("plan", "--why").stdout


# Late is never dropped.


@pytest.mark.parametrize(
    ("name", "now", "not_before"),
    [
        ("thank-you", "2026-11-20T09:00+01:00", "2026-11-20T09:00+01:00"),
        ("notes", "2026-11-18T09:00+01:00", "2026-11-18T09:00+01:00"),
        ("letter", "2026-12-05T09:00+01:00", "2026-12-05T09:00+01:00"),  # also after the decision date
        ("follow-up", "2026-12-09T09:00+01:00", "2026-12-09T09:00+01:00"),
        ("follow-up", "2027-02-01T09:00+01:00", "2027-02-01T09:00+01:00"),
    ],
)
def test_what_is_late_moves_to_the_next_sensible_time_and_says_so(
    desk: Desk, name: str, now: str, not_before: str
) -> None:
    desk.put(firm())
    step = one(desk.plan(now), name)
    start = datetime.fromisoformat(step["start"])
    assert step["status"] == "late"
    assert timedelta() <= start - datetime.fromisoformat(not_before) < timedelta(days=3)
    assert "late" in step["why"].lower()
    assert datetime.fromisoformat(step["due"]) < datetime.fromisoformat(now)


def test_a_late_call_takes_the_next_slot_and_says_so(desk: Desk) -> None:
    desk.put(firm(log="2026-12-02T09:30 follow-up sent"))
    step = one(desk.plan("2026-12-14T12:00+01:00"), "call")  # latest was Fri 11 December
    assert step["status"] == "late"
    assert when(step) == "Mon 2026-12-14 15:30"  # now is noon


# What the log says happened sets the clock.


@pytest.mark.parametrize(
    ("sent", "call"),
    [
        ("2026-12-01T10:00", "Thu 2026-12-03 08:30"),
        ("2026-12-01T16:59", "Thu 2026-12-03 08:30"),
        ("2026-12-01T17:01", "Fri 2026-12-04 08:30"),  # after 17:00: counts from Wed
        ("2026-12-05T11:00", "Wed 2026-12-09 08:30"),  # a Saturday: counts from Mon
        ("2026-12-23T10:00", "Mon 2026-12-28 08:30"),  # Thu 24, Mon 28: costs 0.5, Tuesday would cost 1
    ],
)
def test_the_call_counts_from_when_the_follow_up_was_sent(desk: Desk, sent: str, call: str) -> None:
    desk.put(firm(log=f"{sent} follow-up sent"))
    step = one(desk.plan(f"{sent}:30+01:00"), "call")
    assert when(step) == call
    assert step["status"] == "planned", "firm as the log grows"


@pytest.mark.parametrize(
    ("reached", "second"),
    [
        ("2026-12-07T08:35 call reached", "Thu 2026-12-17 08:30"),  # day 10
        ("2026-12-07T08:35 call reached date=2026-12-15", "Thu 2026-12-17"),  # promised Tue, 2 business days on
        ("2026-12-07T08:35 call reached date=2027-01-11", "Wed 2027-01-13"),  # promised wins over day 14
    ],
)
def test_the_second_call_counts_from_the_call_that_happened(desk: Desk, reached: str, second: str) -> None:
    desk.put(firm(log=f"2026-12-02T09:30 follow-up sent\n{reached}"))
    step = one(desk.plan("2026-12-07T09:00+01:00"), "second-call")
    assert (when(step) or "").startswith(second)
    if "date" not in reached:
        assert (when(step, "due") or "")[:14] == "Mon 2026-12-21"  # day 14


FOLLOWED_UP = "2026-11-30T09:30 follow-up sent\n"  # so the call may be made from Wed 2 December


@pytest.mark.parametrize(
    ("tries", "now", "next_try"),
    [
        (["2026-12-02T08:35"], "2026-12-02T09:00", "Wed 2026-12-02 15:30"),  # the other half, the same day
        (["2026-12-02T15:35"], "2026-12-02T16:00", "Thu 2026-12-03 08:30"),
        (["2026-12-02T08:35", "2026-12-02T15:35"], "2026-12-02T15:40", "Thu 2026-12-03 08:30"),  # two a day
        (["2026-12-02T08:35", "2026-12-02T08:50"], "2026-12-02T09:00", "Thu 2026-12-03 15:30"),
    ],
)
@pytest.mark.parametrize("outcome", ["no-answer", "busy"])
@pytest.mark.advice("4.1.b2")
def test_not_reached_means_the_other_half_of_the_day(
    desk: Desk, tries: list[str], now: str, next_try: str, outcome: str
) -> None:
    desk.put(firm(log=FOLLOWED_UP + "\n".join(f"{at} call {outcome}" for at in tries)))
    calls = [step for step in of(desk.plan(now + "+01:00"), "call") if step["status"] != "done"]
    assert [when(step) for step in calls] == [next_try]


def test_each_call_ahead_keeps_its_rehearsal_after_a_try(desk: Desk) -> None:
    desk.put(firm(log=FOLLOWED_UP + "2026-12-02T15:35 call no-answer"))
    steps = desk.plan("2026-12-02T16:00+01:00")
    calls = [when(one(steps, name)) for name in ("call", "second-call")]
    assert calls == ["Thu 2026-12-03 08:30", "Mon 2026-12-14 08:30"]
    assert [(when(step) or "")[:14] for step in of(steps, "rehearse")] == ["Wed 2026-12-02", "Sun 2026-12-13"]


FOUR_TRIES = ["2026-12-02T08:35", "2026-12-02T15:35", "2026-12-03T08:35", "2026-12-03T15:35"]


def test_the_fifth_try_is_the_last_and_may_leave_a_message(desk: Desk) -> None:
    desk.put(firm(log=FOLLOWED_UP + "\n".join(f"{at} call no-answer" for at in FOUR_TRIES)))
    step = next(each for each in of(desk.plan("2026-12-03T16:00+01:00"), "call") if each["status"] != "done")
    assert when(step) == "Fri 2026-12-04 08:30"
    assert "voicemail" in step["why"].lower() or "message" in step["why"].lower()


def test_after_five_tries_there_is_no_sixth(desk: Desk) -> None:
    tries = [*FOUR_TRIES, "2026-12-04T08:35"]
    desk.put(firm(log=FOLLOWED_UP + "\n".join(f"{at} call no-answer" for at in tries)))
    steps = desk.plan("2026-12-04T09:00+01:00")
    assert "call" not in open_steps(steps)
    assert when(one(steps, "second-call")) == "Mon 2026-12-14 08:30"  # day 10 after Fri 4


def test_strict_reading_has_one_call_and_then_reflects(desk: Desk) -> None:
    desk.settle(SETTINGS + "[rules]\nmax_calls = 1\n")
    desk.put(firm())
    steps = desk.plan()
    assert not of(steps, "second-call") or one(steps, "second-call")["status"] == "refused"
    assert (when(one(steps, "reflect")) or "")[:14] == "Fri 2026-12-18"  # 14 days after Fri 4 December


# Their answers.


@pytest.mark.parametrize("answer", ["reply", "offer", "invitation", "rejection", "withdrawn"])
@pytest.mark.parametrize("before", ["", FOLLOWED_UP, FOLLOWED_UP + "2026-12-02T08:35 call reached\n"])
def test_any_answer_withdraws_the_chasing(desk: Desk, answer: str, before: str) -> None:
    desk.put(firm(log=f"{before}2026-12-03T10:00 {answer}"))
    assert not CHASING & open_steps(desk.plan("2026-12-03T11:00+01:00"))


@pytest.mark.parametrize(
    ("at", "start", "due"),
    [
        ("2026-12-03T10:00", "Thu 2026-12-03 1", "Fri 2026-12-04 10:00"),
        ("2026-12-03T22:00", "Fri 2026-12-04 0", "Fri 2026-12-04 22:00"),  # asleep: tomorrow, 07:00 or 08:00
        ("2026-12-05T12:00", "Sat 2026-12-05 1", "Sun 2026-12-06 12:00"),  # e-mail may be answered at a weekend
    ],
)
@pytest.mark.parametrize("coming", ["offer", "invitation"])
def test_an_offer_is_answered_at_once_in_waking_hours(desk: Desk, at: str, start: str, due: str, coming: str) -> None:
    desk.put(firm(log=f"{at} {coming} by=email"))
    step = one(desk.plan(f"{at}:30+01:00"), "answer")
    assert (when(step) or "").startswith(start)
    assert datetime.fromisoformat(step["start"]) <= datetime.fromisoformat(at + "+01:00") + timedelta(hours=11)
    assert when(step, "due") == due


@pytest.mark.parametrize(("by", "phone"), [("phone", "+45 32 12 34 56"), ("email", None)])
@pytest.mark.advice("4.4.b1")
def test_an_offer_is_answered_the_way_it_came(desk: Desk, by: str, phone: str | None) -> None:
    desk.put(firm(log=f"2026-12-03T10:00 offer by={by}"))
    assert one(desk.plan("2026-12-03T10:05+01:00"), "answer")["phone"] == phone


def test_an_answer_that_was_sent_is_done(desk: Desk) -> None:
    desk.put(firm(log="2026-12-03T10:00 offer by=email\n2026-12-03T11:00 answer sent"))
    assert one(desk.plan("2026-12-03T12:00+01:00"), "answer")["status"] == "done"


@pytest.mark.parametrize(
    ("at", "start"),
    [
        ("2026-12-03T10:00", "Fri 2026-12-04"),
        ("2026-12-04T10:00", "Mon 2026-12-07"),
        ("2026-12-24T10:00", "Mon 2026-12-28"),
    ],
)
def test_a_rejection_is_answered_on_the_next_business_day(desk: Desk, at: str, start: str) -> None:
    desk.put(firm(log=f"{at} rejection by=email"))
    step = one(desk.plan(f"{at}:30+01:00"), "rejection-reply")
    assert (when(step) or "")[:14] == start
    assert step["status"] == "planned"


def test_a_rejection_waits_four_hours_and_is_due_in_48(desk: Desk) -> None:
    desk.put(firm(log="2026-12-03T10:00 rejection"))
    step = one(desk.plan("2026-12-03T10:05+01:00"), "rejection-reply")
    assert datetime.fromisoformat(step["start"]) >= datetime.fromisoformat("2026-12-03T14:00+01:00")
    assert when(step, "due") == "Sat 2026-12-05 10:00"


@pytest.mark.parametrize(("now", "status"), [("2026-12-07T09:00+01:00", "late"), ("2026-12-16T09:00+01:00", "late")])
def test_a_rejection_reply_is_late_after_48_hours(desk: Desk, now: str, status: str) -> None:
    desk.put(firm(log="2026-12-03T10:00 rejection"))
    assert one(desk.plan(now), "rejection-reply")["status"] == status


def test_a_rejection_reply_is_given_up_after_fourteen_days_of_lateness(desk: Desk) -> None:
    desk.put(firm(log="2026-12-03T10:00 rejection"))
    assert "rejection-reply" not in open_steps(desk.plan("2026-12-21T09:00+01:00"))  # 3 + 2 + 14 = the 19th


def test_a_new_date_moves_the_follow_up(desk: Desk) -> None:
    desk.put(firm(log="2026-11-27T10:00 new-date date=2026-12-09"))
    steps = desk.plan("2026-11-27T11:00+01:00")
    assert (when(one(steps, "follow-up")) or "")[:14] == "Fri 2026-12-11"
    assert when(one(steps, "call")) == "Tue 2026-12-15 08:30"


def test_a_new_date_after_the_follow_up_moves_the_call_and_allows_no_second_mail(desk: Desk) -> None:
    desk.put(firm(log=FOLLOWED_UP + "2026-12-01T10:00 new-date date=2026-12-09"))
    steps = desk.plan("2026-12-01T11:00+01:00")
    assert "follow-up" not in open_steps(steps)
    assert when(one(steps, "call")) == "Fri 2026-12-11 08:30"


def test_an_out_of_office_reply_shifts_the_follow_up(desk: Desk) -> None:
    desk.put(firm(log="2026-12-02T08:00 reply out-of-office until=2026-12-09"))
    steps = desk.plan("2026-12-02T08:05+01:00")
    assert (when(one(steps, "follow-up")) or "")[:14] == "Thu 2026-12-10"
    assert "call" in open_steps(steps)


def test_an_out_of_office_reply_shifts_the_call(desk: Desk) -> None:
    desk.put(firm(log=FOLLOWED_UP + "2026-11-30T09:31 reply out-of-office until=2026-12-07"))
    assert when(one(desk.plan("2026-11-30T10:00+01:00"), "call")) == "Tue 2026-12-08 08:30"


def test_on_hold_shifts_the_chasing_beyond_its_date(desk: Desk) -> None:
    desk.put(firm(log="2026-11-27T10:00 on-hold until=2027-01-10"))
    steps = desk.plan("2026-11-27T11:00+01:00")
    for step in steps:
        if step["step"] in CHASING and step["start"]:
            assert step["start"] > "2027-01-10T23", step["step"]


def test_withdrawn_leaves_nothing_to_do(desk: Desk) -> None:
    desk.put(firm(log="2026-11-27T10:00 withdrawn"))
    assert not open_steps(desk.plan("2026-11-27T11:00+01:00")) & (CHASING | {"letter"})


def test_a_new_round_ends_the_chasing_of_the_one_before(desk: Desk) -> None:
    second = round_of("2026-12-09T10:00:00", "2026-12-09T11:00:00", decision="by = 2026-12-18")
    desk.put(firm(rounds=round_of() + second, log=FOLLOWED_UP + "2026-12-01T10:00 invitation by=email"))
    steps = desk.plan("2026-12-01T11:00+01:00")
    assert {step["round"] for step in steps if step["step"] in CHASING and step["status"] != "done"} == {2}
    follow_up = next(step for step in of(steps, "follow-up") if step["round"] == 2)
    assert (when(follow_up) or "")[:14] == "Tue 2026-12-22"


def test_undone_takes_the_last_entry_back(desk: Desk) -> None:
    desk.put(firm(log=FOLLOWED_UP + "2026-11-30T09:35 follow-up undone"))
    assert one(desk.plan("2026-11-30T10:00+01:00"), "follow-up")["status"] == "tentative"


# The deadline is 48 elapsed hours after the end, whatever the clocks do meanwhile.


@pytest.mark.parametrize(
    ("zone", "start", "end", "deadline"),
    [
        ("Europe/Copenhagen", "2026-03-27T14:00:00", "2026-03-27T15:00:00", "2026-03-29T16:00:00+02:00"),
        ("Europe/Copenhagen", "2026-10-24T14:00:00", "2026-10-24T15:00:00", "2026-10-26T14:00:00+01:00"),
        ("America/New_York", "2026-10-31T14:00:00", "2026-10-31T15:00:00", "2026-11-02T14:00:00-05:00"),
        ("Australia/Sydney", "2026-10-03T14:00:00", "2026-10-03T15:00:00", "2026-10-05T16:00:00+11:00"),
        ("Australia/Sydney", "2026-04-04T14:00:00", "2026-04-04T15:00:00", "2026-04-06T14:00:00+10:00"),
        ("Australia/Lord_Howe", "2026-04-04T14:00:00", "2026-04-04T15:00:00", "2026-04-06T14:30:00+10:30"),
        ("America/Santiago", "2026-09-05T14:00:00", "2026-09-05T15:00:00", "2026-09-07T16:00:00-03:00"),
    ],
)
def test_the_deadline_is_48_elapsed_hours_across_clock_changes(
    desk: Desk, zone: str, start: str, end: str, deadline: str
) -> None:
    rounds = round_of(start, end, decision="by = 2026-12-18")
    desk.put(firm(head=f'timezone = "{zone}"', rounds=rounds))
    step = one(desk.plan(start + "Z"), "thank-you-deadline")
    assert datetime.fromisoformat(step["end"]) == datetime.fromisoformat(deadline)
