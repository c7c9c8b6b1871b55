"""Lengths of waiting in words."""

# ruff: noqa: PT017 - the sentence of a refusal is checked where there is one

from __future__ import annotations

import pytest
from callplan.book.periods import parse_period, spoken
from callplan.book.types import Period
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("2 weeks", 2, "week"),
        ("1 week", 1, "week"),
        ("a week", 1, "week"),
        ("one month", 1, "month"),
        ("10 days", 10, "day"),
        ("1 day", 1, "day"),
        ("3 working days", 3, "working day"),
        ("3 Business Days", 3, "working day"),
        ("a working day", 1, "working day"),
        ("two workdays", 2, "working day"),
        (" 2  weeks ", 2, "week"),
        ("2 uger", 2, "week"),
        ("en måned", 1, "month"),
        ("3 hverdage", 3, "working day"),
        ("10 dage", 10, "day"),
    ],
)
def test_people_say_it_in_these_ways(text: str, count: int, unit: str) -> None:
    assert parse_period(text) == Period(count, unit)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2", "weeks", "-2 weeks", "0 days", "2.5 weeks", "2 years", "1000 days", "13 months", "working week",
     "2 weeks or so", "٢ weeks", "2 weeks\n3 days"],
)  # fmt: skip
def test_anything_else_is_refused_with_the_ways_that_are_right(text: str) -> None:
    with pytest.raises(ValueError, match=r"Write it like|must be 1 to"):
        parse_period(text)


@given(st.integers(1, 12), st.sampled_from(["day", "working day", "week", "month"]))
def test_what_is_said_is_read_as_it_was_meant(count: int, unit: str) -> None:
    period = Period(count, unit)
    assert parse_period(spoken(period)) == period


@given(st.text(max_size=30))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        parse_period(text)
    except ValueError as error:
        assert str(error).isprintable()
