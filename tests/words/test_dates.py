from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from string import Formatter

import pytest
from babel.dates import format_date, format_skeleton
from callplan.words.dates import (
    city_of,
    clock_time,
    country_name,
    day_month,
    full_date,
    same_clock,
    short_date,
    span_in_zone,
    utc_offset,
    zone_of,
)
from callplan.words.phrases import LANGUAGES, phrases

YEAR = [date(2026, 1, 1) + timedelta(days=number) for number in range(0, 365, 11)]


@pytest.mark.parametrize("day", YEAR)
def test_our_danish_dates_are_babels(day: date) -> None:
    assert day_month(day, "da", day) == format_skeleton("MMMMd", day, locale="da")
    assert full_date(day, "da") == format_date(day, "full", locale="da")
    assert day_month(day, "da", date(2020, 1, 1)) == format_date(day, "long", locale="da")
    assert short_date(day, "da") == format_skeleton("yMMMEd", day, locale="da")


@pytest.mark.parametrize("day", YEAR)
def test_our_english_dates_are_babels(day: date) -> None:
    assert day_month(day, "en", day) == format_skeleton("MMMMd", day, locale="en_GB")
    assert full_date(day, "en") == format_date(day, "full", locale="en_GB").replace(",", "")
    assert full_date(day, "en-US") == format_date(day, "full", locale="en_US")
    assert day_month(day, "en-US", date(2020, 1, 1)) == format_date(day, "long", locale="en_US")


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("de", "16. November"),
        ("fr", "16 novembre"),
        ("es", "16 de noviembre"),
        ("xx", "16 November"),
        ("?", "16 November"),
    ],
)
def test_other_languages_are_asked_of_babel(language: str, spoken: str) -> None:
    assert day_month(date(2026, 11, 16), language, date(2026, 11, 16)) == spoken


def test_year_is_said_only_when_it_could_be_mistaken() -> None:
    assert day_month(date(2026, 12, 16), "en", date(2027, 1, 4)) == "16 December"
    assert day_month(date(2025, 12, 16), "en", date(2027, 1, 4)) == "16 December 2025"


@pytest.mark.parametrize(
    ("hour", "language", "shown"),
    [
        (8, "en", "08:05"),
        (8, "da", "08.05"),
        (0, "en-US", "12:05 AM"),
        (12, "en-US", "12:05 PM"),
        (15, "en-US", "3:05 PM"),
    ],
)
def test_clock_time(hour: int, language: str, shown: str) -> None:
    assert clock_time(datetime(2026, 1, 1, hour, 5), language) == shown


@pytest.mark.parametrize(
    ("zone", "language", "city"),
    [
        ("Europe/Copenhagen", "en", "Copenhagen"),
        ("Europe/Copenhagen", "da", "København"),
        ("America/New_York", "da", "New York"),
        ("Asia/Calcutta", "en", "Kolkata"),
        ("America/Indiana/Knox", "en", "Knox"),
        ("UTC", "en", "UTC"),
    ],
)
def test_zone_is_named_after_its_city(zone: str, language: str, city: str) -> None:
    assert city_of(zone, language) == city


@pytest.mark.parametrize(
    ("zone", "offset"),
    [("Asia/Kolkata", "UTC+5:30"), ("America/St_Johns", "UTC−3:30"), ("UTC", "UTC"), ("Asia/Tokyo", "UTC+9")],
)
def test_offset_in_words(zone: str, offset: str) -> None:
    assert utc_offset(datetime(2026, 1, 1, tzinfo=zone_of(zone))) == offset


def test_clocks_are_compared_at_the_moment_itself() -> None:
    march = datetime(2026, 3, 20, 12, tzinfo=UTC)  # London still in winter, New York already in summer
    assert not same_clock(march, "Europe/London", "Europe/Copenhagen")
    assert same_clock(march, "Europe/Stockholm", "Europe/Copenhagen")
    assert not same_clock(march, "Africa/Abidjan", "Europe/Copenhagen")
    assert same_clock(march, "Africa/Abidjan", "Europe/London")


def test_span_across_a_clock_change_uses_the_clock_of_its_start() -> None:
    start = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert span_in_zone(start, start + timedelta(minutes=15), "Europe/Copenhagen", "en") == (
        "Sunday 25 October 2026, 02:30–02:45, Copenhagen time (UTC+2)"
    )


def test_unknown_zone_is_no_crash() -> None:
    assert str(zone_of("Mars/Olympus")) == "UTC"
    assert str(zone_of("../../etc/passwd")) == "UTC"


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [("DK", "da", "Danmark"), ("DK", "de", "Denmark"), ("ZZZ", "en", None), (None, "en", None)],
)
def test_country_in_words(code: str | None, language: str, name: str | None) -> None:
    assert country_name(code, language) == name


TABLES = ("titles", "labels", "cues", "gaps", "notices", "needs", "agenda", "units")


@pytest.mark.parametrize("table", TABLES)
def test_every_language_has_the_same_phrases_with_the_same_blanks(table: str) -> None:
    def blanks(text: str | tuple[str, ...]) -> set[str | None]:
        joined = text if isinstance(text, str) else " ".join(text)
        return {name for _, name, _, _ in Formatter().parse(joined) if name}

    english, *others = ({key: blanks(text) for key, text in getattr(phrases(one), table).items()} for one in LANGUAGES)
    assert all(other == english for other in others)
