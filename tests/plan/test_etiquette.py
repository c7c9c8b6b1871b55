"""What good manners forbid is refused, with the advice and what is allowed instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from callplan.book.types import LogEntry
from callplan.errors import EtiquetteError
from callplan.plan.cadence import make_plan
from callplan.plan.etiquette import check
from callplan.plan.world import Rules

from tests.plan.build import JONAS, METTE, entry, nordlys, world

FOLLOWED_UP = entry("2026-12-02 09:30", "follow-up", "sent")
CALLED = entry("2026-12-04 08:35", "call", "reached")
CALLED_AGAIN = entry("2026-12-15 08:35", "second-call", "voicemail")


@pytest.mark.parametrize(
    ("log", "step", "outcome", "advice"),
    [
        ((FOLLOWED_UP,), "follow-up", "sent", "3.5.a"),
        ((FOLLOWED_UP, CALLED, CALLED_AGAIN), "call", "reached", "3.5.c"),
        ((FOLLOWED_UP, CALLED, CALLED_AGAIN), "second-call", "no-answer", "3.5.c"),
        ((entry("2026-12-04 08:35", "call", "asked-not-to-call"),), "call", "reached", "4.2.b2"),
        ((entry("2026-12-04 08:35", "rejection"),), "call", "reached", "3.5.c"),
        ((entry("2026-12-04 08:35", "rejection"),), "follow-up", "sent", "3.5.c"),
    ],
)
@pytest.mark.advice("3.5.a", "3.5.c")
def test_refused(log: tuple[LogEntry, ...], step: str, outcome: str, advice: str) -> None:
    application, then = nordlys(*log), world("2026-12-16 12:00")
    with pytest.raises(EtiquetteError) as refusal:
        check(application, then, step, outcome, 1, plan=make_plan([application], then))
    assert advice in str(refusal.value)
    assert "instead" in str(refusal.value)


@pytest.mark.parametrize(
    ("log", "step", "outcome"),
    [
        ((), "follow-up", "sent"),
        ((FOLLOWED_UP,), "follow-up", "undone"),
        ((FOLLOWED_UP,), "call", "reached"),
        ((FOLLOWED_UP, CALLED), "second-call", "reached"),
        ((FOLLOWED_UP,), "thank-you", "sent"),
        ((entry("2026-12-04 08:35", "rejection"),), "rejection-reply", "sent"),
        ((FOLLOWED_UP, entry("2026-12-03 10:00", "follow-up", "undone")), "follow-up", "sent"),
    ],
)
def test_allowed(log: tuple[LogEntry, ...], step: str, outcome: str) -> None:
    check(nordlys(*log), world("2026-12-16 12:00"), step, outcome, 1)


@pytest.mark.parametrize(
    ("named", "now", "allowed"),
    [
        (date(2026, 12, 7), "2026-12-07 12:00", False),
        (date(2026, 12, 7), "2026-12-09 08:30", True),  # as the plan has it: the date they named wins over the week
        (date(2026, 12, 3), "2026-12-09 08:30", False),  # named for before the call: the week counts
        (date(2026, 12, 3), "2026-12-11 08:40", True),
    ],
)
def test_a_date_they_named_wins_over_the_week_between_calls(named: date, now: str, allowed: bool) -> None:
    application, then = nordlys(FOLLOWED_UP, replace(CALLED, date=named)), world(now)
    if allowed:
        check(application, then, "second-call", "reached", 1)
    else:
        with pytest.raises(EtiquetteError, match=r"4\.5\.0"):
            check(application, then, "second-call", "reached", 1)


@pytest.mark.advice("3.5.c")
def test_the_strict_reading_refuses_the_second_call() -> None:
    strict = world("2026-12-16 12:00", rules=Rules(max_calls=1))
    with pytest.raises(EtiquetteError, match="once"):
        check(nordlys(FOLLOWED_UP, CALLED), strict, "second-call", "reached", 1)


def test_nobody_is_called_who_does_not_want_it() -> None:
    application = nordlys(FOLLOWED_UP, people=(METTE, replace(JONAS, calls=False)))
    with pytest.raises(EtiquetteError, match="Jonas Krag"):
        check(application, world("2026-12-05 12:00"), "call", "reached", 1, to=("Jonas Krag",))
    check(application, world("2026-12-05 12:00"), "call", "reached", 1, to=("Mette Holm",))


@pytest.mark.parametrize(
    ("log", "step", "outcome", "words"),
    [
        ((FOLLOWED_UP, entry("2026-12-16 11:55", "call", "reached")), "call", "reached", "within 7 days"),
        ((FOLLOWED_UP, entry("2026-12-14 11:55", "call", "voicemail")), "second-call", "reached", "within 7 days"),
        ((entry("2026-11-16 12:00", "thank-you", "sent"),), "thank-you", "sent", "had it on Mon 16 Nov"),
        ((entry("2026-11-20 12:00", "letter", "sent"),), "letter", "sent", "had it on Fri 20 Nov"),
    ],
)
def test_nothing_is_said_twice_by_a_slip(log: tuple[LogEntry, ...], step: str, outcome: str, words: str) -> None:
    with pytest.raises(EtiquetteError, match=words):
        check(nordlys(*log), world("2026-12-16 12:00"), step, outcome, 1)


def test_who_is_not_thanked_yet_may_be() -> None:
    half = nordlys(entry("2026-11-16 12:00", "thank-you", "sent", to=("Mette Holm",)))
    check(half, world("2026-11-16 13:00"), "thank-you", "sent", 1)
    check(half, world("2026-11-16 13:00"), "thank-you", "sent", 1, to=("Jonas Krag",))
    with pytest.raises(EtiquetteError, match="Mette Holm"):
        check(half, world("2026-11-16 13:00"), "thank-you", "sent", 1, to=("Mette Holm",))


def test_what_is_allowed_instead_is_told_in_the_users_time() -> None:
    application = nordlys(FOLLOWED_UP, timezone="America/Los_Angeles", country="US")
    then = world("2026-12-03 12:00")
    with pytest.raises(EtiquetteError, match=r"at 17:30, Europe/Copenhagen time"):
        check(application, then, "follow-up", "sent", 1, plan=make_plan([application], then))
