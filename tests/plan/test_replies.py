"""Answering an offer, an invitation and a rejection."""

from __future__ import annotations

from dataclasses import replace

import pytest
from callplan.book.types import Decision, Person
from callplan.plan.step import Status

from tests.plan.build import FIRST_ROUND, at, entry, nordlys, plan


@pytest.mark.parametrize(
    ("arrived", "answer"),
    [("2026-11-24 10:05", "Tue 2026-11-24 10:15"), ("2026-11-24 23:00", "Wed 2026-11-25 07:00")],
)
@pytest.mark.advice("4.4.0", "4.4.a")
def test_an_offer_is_answered_at_once_in_waking_hours(arrived: str, answer: str) -> None:
    step = plan(nordlys(entry(arrived, "offer", by="email")), "2026-11-24 23:30")["answer"]
    assert at(step) == answer
    assert "email" in step.why


@pytest.mark.advice("4.4.b2")
def test_an_offer_by_phone_is_answered_by_phone() -> None:
    step = plan(nordlys(entry("2026-11-24 10:05", "offer", by="phone")), "2026-11-24 10:06")["answer"]
    assert step.phone == "+45 32 12 34 56"
    assert step.advice == "4.4.b2"


@pytest.mark.parametrize(
    ("rang", "call"),
    [
        ("2026-11-24 10:05", "Wed 2026-11-25 15:00"),  # 18:05 in Tokyo: the office is closed, tomorrow at 07:00 here
        ("2026-11-27 10:05", "Mon 2026-11-30 15:00"),  # and not on a Saturday
        ("2026-11-24 07:30", "Tue 2026-11-24 15:30"),
    ],
)
def test_nobody_is_called_back_in_their_night(rang: str, call: str) -> None:
    tokyo = Person("Ren Mori", phone="+81 3-1234-5678", timezone="Asia/Tokyo")
    one = replace(FIRST_ROUND, panel=("Ren Mori",), decision=Decision(contact="Ren Mori"))
    application = nordlys(entry(rang, "offer", by="phone"), people=(tokyo,), rounds=(one,))
    assert at(plan(application, rang)["answer"]) == call
    long_after = plan(application, "2026-12-05 03:00")["answer"]
    assert (long_after.status, at(long_after)) == (Status.LATE, "Mon 2026-12-07 15:00")


def test_an_answer_is_late_after_a_day_and_done_when_logged() -> None:
    offer = entry("2026-11-24 10:05", "offer")
    assert plan(nordlys(offer), "2026-11-25 11:00")["answer"].status is Status.LATE
    answered = nordlys(offer, entry("2026-11-24 11:00", "answer", "sent"))
    assert plan(answered, "2026-11-25 11:00")["answer"].status is Status.DONE


@pytest.mark.parametrize(
    ("now", "answer"),
    [
        ("2026-11-25 14:20", "Wed 2026-11-25 14:30"),
        ("2026-11-25 19:50", "Thu 2026-11-26 07:00"),
        ("2026-11-28 10:30", "Sat 2026-11-28 10:30"),
    ],
)
@pytest.mark.advice("4.4.a")
def test_a_late_answer_is_given_at_once_in_waking_hours_too(now: str, answer: str) -> None:
    step = plan(nordlys(entry("2026-11-24 10:05", "offer", by="email")), now)["answer"]
    assert (step.status, at(step)) == (Status.LATE, answer)


@pytest.mark.advice("4.6.0b", "4.6.a1")
def test_a_rejection_is_answered_the_next_business_day_and_not_in_anger() -> None:
    no = entry("2026-11-26 15:00", "rejection")
    assert at(plan(nordlys(no), "2026-11-26 15:05")["rejection-reply"]) == "Fri 2026-11-27 09:00"
    friday = entry("2026-11-27 15:00", "rejection")
    assert at(plan(nordlys(friday), "2026-11-27 15:05")["rejection-reply"]) == "Mon 2026-11-30 09:00"


def test_the_reply_to_a_rejection_is_late_for_two_weeks_and_then_let_go() -> None:
    no = nordlys(entry("2026-11-26 15:00", "rejection"))
    assert plan(no, "2026-12-03 10:00")["rejection-reply"].status is Status.LATE
    friday = nordlys(entry("2026-11-27 15:00", "rejection"))
    assert plan(friday, "2026-11-30 18:00")["rejection-reply"].status is Status.DUE
    assert plan(no, "2026-12-12 10:00")["rejection-reply"].status is Status.LATE  # late since the 28th, for 14 days
    assert plan(no, "2026-12-12 16:00")["rejection-reply"].status is Status.SKIPPED


def test_who_has_withdrawn_owes_nothing() -> None:
    steps = plan(nordlys(entry("2026-11-24 10:00", "offer"), entry("2026-11-25 10:00", "withdrawn")))
    assert "answer" not in steps
