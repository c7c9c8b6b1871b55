"""Whose working days count for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from callplan.plan.whom import country_of, workdays_of
from callplan.plan.world import Workdays

from tests.plan.build import JONAS, METTE, at, entry, nordlys, plan, world

EMIRATES = Workdays(weekend=frozenset({5, 6}), holidays={date(2026, 12, 2): "National Day"})
ISRAEL = Workdays(weekend=frozenset({4, 5}))
NUMBERS = {"+45 32 12 34 56": "DK", "+972 3-123-4567": "IL"}


@pytest.mark.parametrize(
    ("person", "application", "expected"),
    [
        (METTE, {}, ("DK", None)),
        (METTE, {"country": "DE", "subdivision": "BY"}, ("DE", "BY")),
        (replace(METTE, country="DE"), {"country": "DE", "subdivision": "BY"}, ("DE", "BY")),
        (replace(METTE, country="SE"), {"country": "DE", "subdivision": "BY"}, ("SE", None)),
        # only where neither says it does the number count
        (METTE, {"country": None}, ("DK", None)),
        (replace(METTE, country="SE"), {"country": None}, ("SE", None)),
        (METTE, {"country": "SE"}, ("SE", None)),
        (replace(METTE, phone="+800 1234 5678"), {"country": None}, (None, None)),
        (JONAS, {"country": None}, (None, None)),
        (None, {"country": None}, (None, None)),
    ],
)  # fmt: skip
def test_the_country_is_the_persons_else_the_workplaces_else_the_numbers(
    person: object, application: dict[str, object], expected: tuple[str | None, str | None]
) -> None:
    assert country_of(person, nordlys(**application), NUMBERS) == expected  # type: ignore[arg-type]


@pytest.mark.advice("B11")
def test_nobody_calls_on_a_holiday_or_weekend_of_the_country_of_a_number() -> None:
    ruth = replace(METTE, phone="+972 3-123-4567", timezone="Asia/Jerusalem")
    followed_up = entry("2026-12-01 09:30", "follow-up", "sent")
    application = nordlys(followed_up, people=(ruth, JONAS), country=None)
    days = {"IL": ISRAEL}
    open_on_thursday = plan(application, "2026-12-01 10:00", number_countries=NUMBERS, workdays=days)["call"]
    assert at(open_on_thursday) == "Thu 2026-12-03 08:30"
    closed = {"IL": replace(ISRAEL, holidays={date(2026, 12, 3): "A fast"})}
    after = plan(application, "2026-12-01 10:00", number_countries=NUMBERS, workdays=closed)["call"]
    unknown = plan(application, "2026-12-01 10:00", workdays=closed)["call"]
    assert at(unknown) == "Thu 2026-12-03 08:30"
    assert at(after) == "Sun 2026-12-06 08:30"  # Wednesday is the first business day after it, and Sunday the second


def test_a_number_alone_gives_the_hours_of_its_country_too() -> None:
    lone = nordlys(country=None)
    assert workdays_of(METTE, lone, world(number_countries=NUMBERS, workdays={"DK": EMIRATES})) is EMIRATES
    assert workdays_of(JONAS, lone, world(number_countries=NUMBERS, workdays={"DK": EMIRATES})) is not EMIRATES
