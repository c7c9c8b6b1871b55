"""What an entry took out of the calendar and a later one put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from callplan.book.types import Application, LogEntry
from callplan.plan.returns import Past
from callplan.plan.reviews import review_uid
from callplan.plan.step import StepKind, step_uid
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.plan.build import NORDLYS_ID, entry, nordlys, world
from tests.plan.test_properties import applications

CALL = step_uid(NORDLYS_ID, 1, StepKind.CALL)
FOLLOWED_UP = entry("2026-12-02 09:00", "follow-up", "sent")
NOW = "2026-12-05 12:00"


@pytest.mark.parametrize(
    ("later", "was"),
    [
        ([], False),
        ([entry("2026-12-03 09:00", "call", "no-answer")], False),  # it moves, and stays
        ([entry("2026-12-03 09:00", "call", "noted", note="she is kind")], False),
        ([entry("2026-12-03 09:00", "call", "reached")], False),  # it is out now
        ([entry("2026-12-03 09:00", "call", "reached"), entry("2026-12-03 10:00", "call", "undone")], True),
        ([entry("2026-12-03 09:00", "call", "skipped"), entry("2026-12-03 10:00", "call", "undone")], True),
        ([entry("2026-12-03 09:00", "offer"), entry("2026-12-03 10:00", "offer", "undone")], True),
        ([entry("2026-12-03 09:00", "reply"), entry("2026-12-04 09:00", "reply", date=date(2026, 12, 8))], True),
        ([entry("2026-12-03 09:00", "call", "no-answer"), entry("2026-12-03 10:00", "call", "undone")], False),
    ],
)
def test_the_log_tells_whether_the_call_was_out_for_a_while(later: list[LogEntry], was: bool) -> None:
    assert Past(nordlys(FOLLOWED_UP, *later), world(NOW)).was_out(CALL, 1) is was


def test_what_came_back_before_the_log_was_read_was_not_missed() -> None:
    later = [entry("2026-12-03 09:00", "call", "reached"), entry("2026-12-03 10:00", "call", "undone")]
    assert Past(nordlys(FOLLOWED_UP, *later), world(NOW)).was_out(CALL, 0)
    assert not Past(nordlys(FOLLOWED_UP, *later), world(NOW)).was_out(CALL, 3)


def test_an_entry_written_later_about_an_earlier_time_counts_as_later() -> None:
    late = [entry("2026-12-03 09:00", "call", "reached"), entry("2026-12-03 10:00", "call", "undone"), FOLLOWED_UP]
    assert not Past(nordlys(*late), world(NOW)).was_out(CALL, 2)


def test_a_text_given_to_a_second_friend_was_out_of_the_calendar_between() -> None:
    given_out = entry("2026-11-17 09:00", "letter", "in-review", to=("Mette Holm",), note="Ida")
    back = entry("2026-11-17 18:00", "letter", "reviewed", to=("Mette Holm",))
    again = replace(given_out, at=given_out.at.replace(hour=20), note="Bo")
    uid = review_uid(NORDLYS_ID, 1, "letter", "Mette Holm")
    assert Past(nordlys(given_out, back, again), world("2026-11-17 21:00")).was_out(uid, 1)
    assert not Past(nordlys(given_out, back, again), world("2026-11-17 21:00")).was_out(uid, 2)


@settings(max_examples=60, deadline=None)
@given(application=applications(), seen=st.integers(0, 8))
def test_who_saw_more_of_the_log_missed_less(application: Application, seen: int) -> None:
    then = replace(world(), now=datetime(2026, 4, 10, tzinfo=UTC))
    uids = [step_uid(application.id, number, kind) for number in (1, 2) for kind in StepKind]
    past = Past(application, then)
    for uid in uids:
        was = [past.was_out(uid, number) for number in range(seen, len(application.log) + 2)]
        assert was == sorted(was, reverse=True)
        assert not any(was[-2:])
