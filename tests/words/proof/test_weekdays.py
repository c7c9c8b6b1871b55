"""A weekday and its date go together, and where nobody can know, nothing is said."""

from __future__ import annotations

from datetime import date

import pytest
from callplan.words.proof.reader import proofread
from callplan.words.proof.weekdays import wrong_weekdays

TODAY = date(2026, 11, 24)  # a Tuesday; 30 November is a Monday


def found(text: str, language: str = "en", today: date | None = TODAY) -> list[str]:
    return [one.found for one in wrong_weekdays(text, language, today)]


def test_both_wrong_days_of_a_letter_are_found_with_what_would_be_right() -> None:
    text = "You decide on Tuesday 30 November. I look forward to Monday 1 December."
    dates = [one for one in proofread(text, "en", today=TODAY).faults if one.kind == "date"]
    assert [one.found for one in dates] == ["Tuesday 30 November", "Monday 1 December"]
    assert [one.suggestions for one in dates] == [("Monday 30 November",), ("Tuesday 1 December",)]
    assert "30 November 2026 is a Monday" in dates[0].reason


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday, 30 November",
        "Tuesday the 30th of November",
        "Tuesday, November 30",
        "Tuesday November 30th, 2026",
        "Tue 30 Nov 2026",
        "tuesday 30 november",
        "Tuesday,\n30 November",
        "Monday 30 November 2027",
    ],
)
def test_english_dates_are_read_as_people_write_them(text: str) -> None:
    assert found(f"We meet on {text} at ten.") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "tirsdag den 30. november",
        "tirsdag d. 30. nov. 2026",
        "Tirsdag, den 30. november 2026",
        "tirsdag 30. november",
        "tirsdag den 30/11",
        "tirsdag d. 30.11.2026",
    ],
)
def test_danish_dates_are_read_as_people_write_them(text: str) -> None:
    (one,) = wrong_weekdays(f"Vi ses {text} kl. 10.", "da", TODAY)
    assert one.found == text
    assert one.suggestions[0].lower().startswith("mandag")
    assert "30. november 2026 er en mandag" in one.reason


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Monday 30 November and Tuesday, December 1", "en"),
        ("Monday, 30 November 2026, or Tuesday 30 November 2027", "en"),
        ("Monday and Tuesday, 30 November and 1 December", "en"),
        ("Monday to Wednesday 30 November", "en"),
        ("Monday–Tuesday 30 November–1 December", "en"),
        ("Tuesday 30 February", "en"),
        ("on Tuesday 30 people came", "en"),
        ("on Tuesday 30 November people came", "xx"),
        ("Thursday 3 June", "en"),  # of this year or the next: nobody knows
        ("Friday 1 January", "en"),  # 2027: the nearest one
        ("mandag den 30. november, tirsdag 1. december", "da"),
        ("mandag og tirsdag den 30. november og 1. december", "da"),
        ("mandag 9.10", "da"),
        ("Når man 30. november spørger", "da"),
    ],
)
def test_what_is_right_or_unsure_raises_no_alarm(text: str, language: str) -> None:
    assert found(text, language) == []


def test_without_a_day_to_count_from_only_a_named_year_is_sure() -> None:
    assert found("Tuesday 30 November", today=None) == []
    assert found("Tuesday 30 November 2026", today=None) == ["Tuesday 30 November 2026"]
