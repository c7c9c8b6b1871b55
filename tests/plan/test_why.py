"""Why a step is where it is: the rule, the date it counts from, and what it had to avoid."""

from __future__ import annotations

from datetime import date

import pytest
from callplan.book.types import Decision, LogEntry
from callplan.plan.cadence import make_plan
from callplan.plan.step import StepKind

from tests.plan.build import entry, nordlys, plan, when, world

FOLLOWED_UP = entry("2026-12-02 09:30", "follow-up", "sent")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("notes", "after the interview on Mon 16 Nov 2026"),
        ("thank-you", "the interview's end on Mon 16 Nov 2026"),
        ("letter", "after the interview on Mon 16 Nov 2026"),
        ("follow-up", "given them after the interview on Mon 16 Nov 2026"),  # they named no date
        ("call", "the follow-up e-mail planned for Mon 30 Nov 2026"),
        ("second-call", "the call planned for Wed 2 Dec 2026"),
        ("rehearse", "The evening before the call on Mon 14 Dec 2026"),  # the last of a kind is the second call's
        ("reflect", "the last contact that good manners allow, on Mon 14 Dec 2026"),
    ],
)
def test_why_names_the_date_it_counts_from(kind: str, words: str) -> None:
    assert words in plan(nordlys(decision=Decision()))[kind].why


def test_each_rehearsal_names_the_day_of_its_call() -> None:
    steps = make_plan([nordlys()], world())
    calls = [s.start for s in steps if s.kind in (StepKind.CALL, StepKind.SECOND_CALL) and s.start]
    rehearsals = [s.why for s in steps if s.kind is StepKind.REHEARSE]
    assert len(rehearsals) == len(calls) == 2
    for call, why in zip(calls, rehearsals, strict=True):
        assert f"{call:%a} {call.day} {call:%b %Y}" in why


REACHED = entry("2026-12-11 08:35", "call", "reached")
NO_SECOND = entry("2026-12-11 09:00", "second-call", "skipped")


@pytest.mark.parametrize(
    ("log", "start", "words"),
    [
        ((NO_SECOND,), date(2026, 12, 28), "Not Fri 25 Dec 2026, which is Christmas Day."),
        (
            (NO_SECOND, entry("2026-12-12 11:00", "new-date", date=date(2026, 12, 26))),
            date(2026, 12, 27),
            "It waits for Sat 26 Dec 2026, the date they named.",
        ),
        (
            (entry("2026-12-28 11:00", "second-call", "skipped"),),
            date(2026, 12, 29),
            "You left out the next contact on Mon 28 Dec 2026.",
        ),
        (
            (NO_SECOND, entry("2026-12-12 11:00", "reflect", "moved", time=when("2026-12-26 11:00"))),
            date(2026, 12, 26),
            "You moved it here. 14 days after",
        ),
    ],
)
def test_reflection_says_what_moved_it(log: tuple[LogEntry, ...], start: date, words: str) -> None:
    reflect = plan(nordlys(FOLLOWED_UP, REACHED, *log), "2026-12-28 12:00")["reflect"]
    assert reflect.start is not None
    assert reflect.start.date() == start
    assert words in reflect.why
    assert "good manners allow, on Fri 11 Dec 2026" in reflect.why
