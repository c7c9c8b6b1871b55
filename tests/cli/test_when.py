"""Text becomes dates and times, and back."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from callplan.cli import when
from callplan.errors import UsageError
from hypothesis import given
from hypothesis import strategies as st

MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-04", date(2026, 12, 4)),
        ("4.12.2026", date(2026, 12, 4)),
        ("4. 12. 2026", date(2026, 12, 4)),
        ("4 Dec 2026", date(2026, 12, 4)),
        ("4. December 2026", date(2026, 12, 4)),
        ("Fri 4 Dec 2026", date(2026, 12, 4)),
        ("today", MONDAY),
        ("tomorrow", date(2026, 11, 17)),
        ("yesterday", date(2026, 11, 15)),
        ("friday", date(2026, 11, 20)),
        ("Fri", date(2026, 11, 20)),
        ("monday", date(2026, 11, 23)),
    ],
)
def test_a_date_may_be_written_as_people_do(text: str, expected: date) -> None:
    assert when.read_date(text, MONDAY) == expected


@pytest.mark.parametrize(
    "text", ["", "3/4/2026", "31.11.2026", "2026-13-01", "someday", "2026-12-04 10:00", "4 Foo 2026"]
)
def test_a_date_that_is_none_or_two_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        when.read_date(text, MONDAY)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-11-16 10:00", datetime(2026, 11, 16, 10), None),
        ("2026-11-16T10:00:00", datetime(2026, 11, 16, 10), None),
        ("2026-11-16 10:00-11:15", datetime(2026, 11, 16, 10), datetime(2026, 11, 16, 11, 15)),
        ("2026-11-16 10:00 to 11.15", datetime(2026, 11, 16, 10), datetime(2026, 11, 16, 11, 15)),
        ("16.11.2026 kl. 10.00", datetime(2026, 11, 16, 10), None),
        ("16 Nov 2026 at 2:30 pm", datetime(2026, 11, 16, 14, 30), None),
        ("16 Nov 2026, 12:00am", datetime(2026, 11, 16), None),
        ("tomorrow 14:30", datetime(2026, 11, 17, 14, 30), None),
        ("fri 9:00", datetime(2026, 11, 20, 9), None),
        ("Mon 16 Nov 2026 10:00", datetime(2026, 11, 16, 10), None),
    ],
)
def test_a_time_may_be_written_as_people_do(text: str, start: datetime, end: datetime | None) -> None:
    assert when.read_time(text, MONDAY) == (start, end)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("2026-11-16T10:00+01:00", 1),
        ("2026-11-16T10:00Z", 0),
        ("2026-11-16T10:00-05:00", -5),
        ("2026-11-16 10:00+0200", 2),
    ],
)
def test_an_offset_is_kept(text: str, offset: int) -> None:
    start, end = when.read_time(text, MONDAY)
    assert start == datetime(2026, 11, 16, 10, tzinfo=timezone(timedelta(hours=offset)))
    assert start.utcoffset() == timedelta(hours=offset)
    assert end is None


@pytest.mark.parametrize(
    "text", ["10:00", "2026-11-16", "2026-11-16 25:00", "2026-11-16 11:00-10:00", "13:00pm", "noon"]
)
def test_what_is_no_day_and_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        when.read_time(text, MONDAY)


def test_a_clock_time_alone_is_todays_where_that_is_meant() -> None:
    assert when.read_time("16:30", MONDAY, or_today=True) == (datetime(2026, 11, 16, 16, 30), None)


def test_a_time_the_clocks_leap_over_is_refused() -> None:
    with pytest.raises(UsageError, match="does not exist in Europe/Copenhagen"):
        when.in_zone(datetime(2027, 3, 28, 2, 30), ZoneInfo("Europe/Copenhagen"))


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)))
def test_an_iso_time_is_read_as_itself(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert when.read_time(moment.isoformat(), MONDAY) == (moment, None)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_day_that_is_printed_can_be_typed_again(day: date) -> None:
    assert when.read_date(f"{when.day(day, date(1900, 1, 1))}", MONDAY) == day


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_refused_as_usage(text: str) -> None:
    for reader in (when.read_date, when.read_time):
        with suppress(UsageError):
            reader(text, MONDAY)


def test_the_year_is_shown_when_it_is_another() -> None:
    assert when.day(date(2026, 11, 16), MONDAY) == "Mon 16 Nov"
    assert when.day(date(2027, 1, 4), MONDAY) == "Mon 4 Jan 2027"


def test_a_span_over_midnight_names_both_days() -> None:
    start = datetime(2026, 11, 16, 23, tzinfo=UTC)
    assert when.span(start, start + timedelta(hours=2), MONDAY) == "Mon 16 Nov 23:00 - Tue 17 Nov 01:00"
