"""Text becomes dates and times, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from callplan.cli import when
from callplan.errors import UsageError
from hypothesis import given
from hypothesis import strategies as st

MONDAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _of_no_country() -> Iterator[None]:
    """Slashes are read as nobody in particular reads them."""
    when.read_slashes_as(None, "en")
    yield
    when.read_slashes_as(None, "en")


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
        ("30 Nov", date(2026, 11, 30)),
        ("30. november", date(2026, 11, 30)),
        ("30.november", date(2026, 11, 30)),
        ("Nov 30", date(2026, 11, 30)),
        ("November 30, 2026", date(2026, 11, 30)),
        ("the 30th of November", date(2026, 11, 30)),
        ("30.11.", date(2026, 11, 30)),
        ("30.11.26", date(2026, 11, 30)),
        ("30/11", date(2026, 11, 30)),
        ("30/11-2026", date(2026, 11, 30)),
        ("16/11/2026", date(2026, 11, 16)),
        ("11/16/2026", date(2026, 11, 16)),
        ("om tre dage", date(2026, 11, 19)),
        ("in two weeks", date(2026, 11, 30)),
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
    ("country", "language", "expected"),
    [
        ("DK", "en", date(2026, 4, 3)),
        ("US", "en", date(2026, 3, 4)),
        (None, "da", date(2026, 4, 3)),
        (None, "en-US", date(2026, 3, 4)),
        ("GB", "en-US", date(2026, 4, 3)),
        (None, "en", None),
    ],
)
def test_slashes_are_read_as_where_the_user_lives_and_said_back(
    country: str | None, language: str, expected: date | None, capsys: pytest.CaptureFixture[str]
) -> None:
    when.read_slashes_as(country, language)
    when._say_back.cache_clear()
    if expected is None:
        with pytest.raises(UsageError, match="may have the day first"):
            when.read_date("3/4/2026", MONDAY)
    else:
        assert when.read_date("3/4/2026", MONDAY) == expected
        assert f'"3/4/2026" is read as {when._spoken_day(expected)} 2026.' in capsys.readouterr().err


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
        ("30/11 10.00-11.15", datetime(2026, 11, 30, 10), datetime(2026, 11, 30, 11, 15)),
        ("16/11 10 am", datetime(2026, 11, 16, 10), None),
        ("30.11. 10:00", datetime(2026, 11, 30, 10), None),
        ("Nov 30 10:00", datetime(2026, 11, 30, 10), None),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next tue", date(2026, 11, 24)),
        ("tue", date(2026, 11, 17)),
        ("this friday", date(2026, 11, 20)),
        ("on friday", date(2026, 11, 20)),
        ("last friday", date(2026, 11, 13)),
        ("last monday", date(2026, 11, 9)),
        ("next monday", date(2026, 11, 23)),
        ("in 3 days", date(2026, 11, 19)),
        ("in a week", date(2026, 11, 23)),
        ("2 weeks ago", date(2026, 11, 2)),
        ("the day after tomorrow", date(2026, 11, 18)),
        ("2 Dec", date(2026, 12, 2)),
        ("3 May", date(2027, 5, 3)),
        ("20 October", date(2026, 10, 20)),
        ("i dag", MONDAY),
        ("i morgen", date(2026, 11, 17)),
        ("i overmorgen", date(2026, 11, 18)),
        ("i går", date(2026, 11, 15)),
        ("næste tirsdag", date(2026, 11, 24)),
        ("på fredag", date(2026, 11, 20)),
        ("sidste fredag", date(2026, 11, 13)),
        ("om 2 uger", date(2026, 11, 30)),
        ("for en uge siden", date(2026, 11, 9)),
        ("tirsdag den 1. december 2026", date(2026, 12, 1)),
        ("3. maj 2027", date(2027, 5, 3)),
    ],
)
def test_days_are_named_from_today_in_english_and_danish(text: str, expected: date) -> None:
    assert when.read_date(text, MONDAY) == expected
    assert when.read_date(f"  {text.upper()} ", MONDAY) == expected


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("tomorrow 14:00", datetime(2026, 11, 17, 14)),
        ("tomorrow at 2pm", datetime(2026, 11, 17, 14)),
        ("next tue at 9", datetime(2026, 11, 24, 9)),
        ("i morgen kl. 14", datetime(2026, 11, 17, 14)),
        ("næste tirsdag 9.30", datetime(2026, 11, 24, 9, 30)),
        ("4 Dec 10:00", datetime(2026, 12, 4, 10)),
        ("in 2 weeks 08:45", datetime(2026, 11, 30, 8, 45)),
    ],
)
def test_a_clock_may_follow_any_day(text: str, start: datetime) -> None:
    assert when.read_time(text, MONDAY) == (start, None)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("today 14.45-16", (16, 14, 45), (16, 0)),
        ("today 2:45pm-4pm", (16, 14, 45), (16, 0)),
        ("today 2:45-4pm", (16, 14, 45), (16, 0)),
        ("today 11-1pm", (16, 11, 0), (13, 0)),
        ("today 10am-2", (16, 10, 0), (14, 0)),
        ("today 10am-14:00", (16, 10, 0), (14, 0)),
        ("today 13:00-2:00pm", (16, 13, 0), (14, 0)),
        ("16/11 14-16", (16, 14, 0), (16, 0)),
        ("fri 10-11.30", (20, 10, 0), (11, 30)),
        ("yesterday 10", (15, 10, 0), None),
        ("i morgen 14", (17, 14, 0), None),
        ("i dag kl. 14-15", (16, 14, 0), (15, 0)),
        ("this morning 9:00", (16, 9, 0), None),
        ("this afternoon 2:30", (16, 14, 30), None),
        ("tonight 7", (16, 19, 0), None),
        ("tomorrow afternoon at 2-3.30", (17, 14, 0), (15, 30)),
        ("i eftermiddag 14.45", (16, 14, 45), None),
        ("i morgen formiddag kl. 10", (17, 10, 0), None),
        ("friday in the afternoon, 3:00", (20, 15, 0), None),
    ],
)
def test_hours_may_be_short(text: str, start: tuple[int, int, int], end: tuple[int, int] | None) -> None:
    day, hour, minute = start
    until = datetime(2026, 11, day, *end) if end else None
    assert when.read_time(text, MONDAY) == (datetime(2026, 11, day, hour, minute), until)


@pytest.mark.parametrize("text", ["14:45", "14.45-16", "2:45pm", "at 10", "kl. 14-15", "this morning 9"])
def test_a_time_alone_is_today_only_where_that_is_meant(text: str) -> None:
    start, _ = when.read_time(text, MONDAY, or_today=True)
    assert start.date() == MONDAY


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("soon", "it begins with no day"),
        ("14:45", "it begins with no day"),
        ("10", "it begins with no day"),
        ("4 Dec", "the time of day is missing"),
        ("Tomorrow at Noon", '"at Noon" is no time of day'),
        ("4 Dec 10", '"10" is no time of day'),
        ("fri 10", '"10" is no time of day'),
        ("today 25:00", '"25:00" is no time of day'),
        ("today 13pm", '"13pm" is no time of day'),
        ("today 10:00-11:75", '"10:00-11:75" is no time of day'),
    ],
)
def test_a_refusal_says_which_part_was_not_understood(text: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=re.escape(f'"{text}" is no day and time: {complaint}. Write it like')):
        when.read_time(text, MONDAY)


def test_a_date_with_more_behind_it_is_refused_by_that() -> None:
    with pytest.raises(UsageError, match='"4 Dec at Noon" is no date: "at Noon" is not understood'):
        when.read_date("4 Dec at Noon", MONDAY)


@given(
    st.datetimes(datetime(2026, 11, 16), datetime(2026, 11, 16, 21, 59)),
    st.integers(1, 120),
    st.sampled_from(["{:%H:%M}", "{:%H.%M}", "{:%I:%M%p}", "{:%I.%M %p}"]),
    st.sampled_from(["-", " - ", "–", " to ", " til "]),
)
def test_a_span_is_read_however_its_ends_are_written(start: datetime, minutes: int, form: str, between: str) -> None:
    start = start.replace(second=0, microsecond=0)
    end = start + timedelta(minutes=minutes)
    assert when.read_time(f"today {form.format(start)}{between}{form.format(end)}", MONDAY) == (start, end)


@pytest.mark.parametrize(
    "text",
    ["next", "next year", "in days", "om dage", "tomorrowish", "tuesdays child", "mon tue", "31 Feb", "4 Dec 1200"],
)
def test_what_only_looks_like_a_day_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        when.read_time(text, MONDAY)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(["mon", "tirsdag", "fri", "søndag"]))
def test_next_is_the_week_after_this_and_last_is_before_today(today: date, name: str) -> None:
    plain = when.read_date(name, today)
    assert 1 <= (plain - today).days <= 7
    following = when.read_date(f"next {name}", today)
    assert following.isocalendar()[:2] == (today + timedelta(days=7)).isocalendar()[:2]
    assert 1 <= (today - when.read_date(f"last {name}", today)).days <= 7


_LONG = {
    "en": (
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "January February March April May June July August September October November December",
        ("{weekday}, {month} {day}, {year} {begin} AM – {end} AM", "{weekday}, {month} {day} · {begin} – {end}am",
         "{short} {day} {month} {year} from {begin} to {end}", "{short} {month} {day}, {year}, at {begin}-{end}"),
    ),
    "da": (
        "mandag tirsdag onsdag torsdag fredag lørdag søndag",
        "januar februar marts april maj juni juli august september oktober november december",
        ("{weekday} den {day}. {month} {year} kl. {begin}-{end}",
         "{short}. {day}. {month} {year}, fra {begin} til {end}"),
    ),
    "de": (
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        ("{weekday}, {day}. {month} {year}, {begin} - {end} Uhr",
         "{weekday}, {day}. {month} {year} um {begin} bis {end} Uhr",
         "{weekday}, den {day}. {month} {year} von {begin} bis {end} Uhr"),
    ),
}  # fmt: skip


@given(st.sampled_from(sorted(_LONG)), st.integers(0, 300), st.integers(0, 3))
def test_a_day_as_calendars_and_letters_write_it_is_read(language: str, ahead: int, form: int) -> None:
    day = MONDAY + timedelta(days=ahead)
    weekdays, months, forms = _LONG[language]
    weekday = weekdays.split()[day.weekday()]
    text = forms[form % len(forms)].format(
        weekday=weekday, short=weekday[:3], month=months.split()[day.month - 1], day=day.day, year=day.year,
        begin="10:00", end="11:15",
    )  # fmt: skip
    begin = datetime.combine(day, datetime.min.time()).replace(hour=10)
    assert when.read_time(text, MONDAY) == (begin, begin + timedelta(minutes=75))
