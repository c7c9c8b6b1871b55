"""When the events of a calendar that others wrote take place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from callplan.sync.occurrences import occurrences
from hypothesis import given
from hypothesis import strategies as st

from tests.sync.calendars import COPENHAGEN, END, START, calendar


def hours(content: str | bytes, zone: ZoneInfo = COPENHAGEN, end: datetime = END) -> list[str]:
    """The stretches as ``11-16 09:00-10:00``, in UTC, in this process."""
    raw = content if isinstance(content, bytes) else content.encode()
    found = sorted(occurrences(raw, zone, START, end, frozenset()))
    return [
        f"{a:%m-%d %H:%M}-{b:%H:%M}" if a.date() == b.date() else f"{a:%m-%d %H:%M}-{b:%m-%d %H:%M}" for a, b in found
    ]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20261116T090000Z\nDTEND:20261116T100000Z", ["11-16 09:00-10:00"]),
        ("DTSTART:20261116T090000Z\nDURATION:PT90M", ["11-16 09:00-10:30"]),
        ("DTSTART:20261116T090000Z", []),
        ("DTSTART:20261116T090000Z\nDTEND:20261116T090000Z", []),
        # local time, in winter and in summer time of two zones
        ("DTSTART;TZID=Europe/Copenhagen:20261116T090000\nDURATION:PT1H", ["11-16 08:00-09:00"]),
        ("DTSTART;TZID=America/New_York:20261116T090000\nDURATION:PT1H", ["11-16 14:00-15:00"]),
        ("DTSTART;TZID=Romance Standard Time:20261116T090000\nDURATION:PT1H", ["11-16 08:00-09:00"]),
        ('DTSTART;TZID="Tokyo Standard Time":20261116T090000\nDURATION:PT1H', ["11-16 00:00-01:00"]),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Asia/Tokyo:20261116T090000\nDURATION:PT1H", ["11-16 00:00-01:00"]),
        ("DTSTART;TZID=tzone://Microsoft/Utc:20261116T090000\nDURATION:PT1H", ["11-16 09:00-10:00"]),
        # no zone, or one that nobody knows: the user's
        ("DTSTART:20261116T090000\nDURATION:PT1H", ["11-16 08:00-09:00"]),
        ("DTSTART;TZID=Mars/Base:20261116T090000\nDURATION:PT1H", ["11-16 08:00-09:00"]),
        # whole days are the user's days
        ("DTSTART;VALUE=DATE:20261116", ["11-15 23:00-11-16 23:00"]),
        ("DTSTART;VALUE=DATE:20261116\nDTEND;VALUE=DATE:20261118", ["11-15 23:00-11-17 23:00"]),
        ("DTSTART;VALUE=DATE:20261116\nTRANSP:TRANSPARENT", []),
        # not busy
        ("DTSTART:20261116T090000Z\nDURATION:PT1H\nSTATUS:CANCELLED", []),
        ("DTSTART:20261116T090000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT", []),
        ("DTSTART:20261116T090000Z\nDURATION:PT1H\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", []),
        ("DTSTART:20261116T090000Z\nDURATION:PT1H\nSTATUS:TENTATIVE", ["11-16 09:00-10:00"]),
        ("DTSTART:20261116T090000Z\nDURATION:PT1H\nCATEGORIES:Work,callplan", []),
        ("DTSTART:20261116T090000Z\nDURATION:PT1H\nX-CALLPLAN-WROTE:1a2b", []),
        # series
        (
            "DTSTART;TZID=Europe/Copenhagen:20260105T090000\nDURATION:PT1H\n"
            "RRULE:FREQ=WEEKLY;UNTIL=20261119T235959Z\nEXDATE;TZID=Europe/Copenhagen:20261109T090000",
            ["11-02 08:00-09:00", "11-16 08:00-09:00"],
        ),
        (
            "DTSTART:20261101T090000Z\nDTEND:20261101T100000Z\nRDATE:20261105T090000Z,20261107T110000Z",
            ["11-01 09:00-10:00", "11-05 09:00-10:00", "11-07 11:00-12:00"],
        ),
        (
            "DTSTART:20261101T090000Z\nDTEND:20261101T100000Z\nRDATE;VALUE=PERIOD:20261105T090000Z/PT3H",
            ["11-01 09:00-10:00", "11-05 09:00-12:00"],
        ),
        (
            "DTSTART;VALUE=DATE:20261102\nRRULE:FREQ=WEEKLY;COUNT=2\nEXDATE;VALUE=DATE:20261109",
            ["11-01 23:00-11-02 23:00"],
        ),
        # at the edge of the days asked for
        ("DTSTART:20261031T233000Z\nDURATION:PT1H", ["10-31 23:30-11-01 00:30"]),
        ("DTSTART:20261031T230000Z\nDURATION:PT1H", []),
        ("DTSTART:20270101T000000Z\nDURATION:PT1H", []),
        ("DTSTART:20251101T000000Z\nDTEND:20271101T000000Z", ["11-01 00:00-11-01 00:00"]),
    ],
)  # fmt: skip
def test_an_event_takes_the_time_it_says(event: str, expected: list[str]) -> None:
    assert hours(calendar(event)) == expected


def test_a_series_keeps_its_local_hour_when_clocks_change() -> None:
    event = "DTSTART;TZID=Europe/Copenhagen:20270315T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3"
    assert hours(calendar(event), end=datetime(2027, 5, 1, tzinfo=UTC)) == [
        "03-15 08:00-09:00",
        "03-22 08:00-09:00",
        "03-29 07:00-08:00",
    ]


MOVED = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:a
DTSTART;TZID=Europe/Copenhagen:20261102T090000
DURATION:PT1H
RRULE:FREQ=WEEKLY;COUNT=3
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID;TZID=Europe/Copenhagen:20261109T090000
DTSTART;TZID=Europe/Copenhagen:20261110T120000
DURATION:PT30M
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID;TZID=Europe/Copenhagen:20261116T090000
DTSTART;TZID=Europe/Copenhagen:20261116T090000
DURATION:PT1H
STATUS:CANCELLED
END:VEVENT
END:VCALENDAR
"""


def test_a_moved_occurrence_is_where_it_was_moved_and_a_cancelled_one_is_free() -> None:
    assert hours(MOVED) == ["11-02 08:00-09:00", "11-10 11:00-11:30"]


def test_of_two_revisions_of_an_event_the_later_counts_even_outside_the_days_asked_for() -> None:
    old = "BEGIN:VEVENT\nUID:b\nSEQUENCE:0\nDTSTART:20261116T090000Z\nDURATION:PT1H\nEND:VEVENT\n"
    new = "BEGIN:VEVENT\nUID:b\nSEQUENCE:1\nDTSTART:20280116T090000Z\nDURATION:PT1H\nEND:VEVENT\n"
    assert hours(calendar(extra=old + new)) == []


OWN_ZONE = """\
BEGIN:VTIMEZONE
TZID:{}
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
END:STANDARD
END:VTIMEZONE
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Customized Time Zone", "11-16 00:00-01:00"), ("Europe/Copenhagen", "11-16 08:00-09:00")],
)
def test_a_file_may_bring_a_zone_of_its_own_but_not_redefine_a_known_one(name: str, expected: str) -> None:
    event = f"DTSTART;TZID={name}:20261116T090000\nDURATION:PT1H"
    assert hours(calendar(event, extra=OWN_ZONE.format(name))) == [expected]


def test_a_zone_of_one_file_is_forgotten_before_the_next() -> None:
    event = "DTSTART;TZID=Customized Time Zone:20261116T090000\nDURATION:PT1H"
    hours(calendar(event, extra=OWN_ZONE.format("Customized Time Zone")))
    assert hours(calendar(event)) == ["11-16 08:00-09:00"]


def test_published_free_busy_times_count() -> None:
    block = (
        "BEGIN:VFREEBUSY\nFREEBUSY:20261116T090000Z/20261116T100000Z,20261117T090000Z/PT30M\n"
        "FREEBUSY;FBTYPE=FREE:20261118T090000Z/PT1H\nFREEBUSY;FBTYPE=BUSY-TENTATIVE:20261119T090000Z/PT1H\nEND:VFREEBUSY\n"
    )
    assert hours(calendar(extra=block)) == ["11-16 09:00-10:00", "11-17 09:00-09:30", "11-19 09:00-10:00"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_any_encoding_will_do(encoding: str) -> None:
    event = "SUMMARY:Møde\nDTSTART:20261116T090000Z\nDURATION:PT1H"
    assert hours(calendar(event).encode(encoding)) == ["11-16 09:00-10:00"]


def test_folded_lines_are_joined() -> None:
    assert hours(calendar("DTSTART:2026111\n 6T090000Z\nDUR\n\tATION:PT1H")) == ["11-16 09:00-10:00"]


def test_alarms_and_names_do_not_matter() -> None:
    event = "DTSTART:20261116T090000Z\nDURATION:PT1H\nBEGIN:VALARM\nDURATION:nonsense\nSTATUS:CANCELLED\nEND:VALARM"
    assert hours(calendar(event)) == ["11-16 09:00-10:00"]


MOMENTS = st.datetimes(datetime(2026, 10, 20), datetime(2027, 1, 10)).map(lambda moment: moment.replace(microsecond=0))
EVENTS = st.lists(st.tuples(MOMENTS, st.integers(1, 100_000)), max_size=12)


@given(EVENTS)
def test_single_events_are_found_as_they_are(events: list[tuple[datetime, int]]) -> None:
    content = calendar(*(f"DTSTART:{start:%Y%m%dT%H%M%S}Z\nDURATION:PT{length}S" for start, length in events))
    expected = [(start.replace(tzinfo=UTC), start.replace(tzinfo=UTC) + timedelta(seconds=n)) for start, n in events]
    expected = sorted(one for one in expected if one[0] < END and one[1] > START)
    assert sorted(occurrences(content.encode(), COPENHAGEN, START, END, frozenset())) == expected


LINES = st.lists(
    st.sampled_from(
        [
            "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "DTSTART:20261116T090000Z", "DTEND:x",
            "DTSTART;VALUE=DATE:20261116", "RRULE:FREQ=DAILY;COUNT=3", "RRULE:", "EXDATE:20261117T090000Z",
            "RECURRENCE-ID:20261117T090000Z", "UID:a", "UID:", "DURATION:-PT1H", "TRANSP:", "BEGIN:VTIMEZONE",
            "END:VTIMEZONE", "TZID:x", "DTSTART;TZID=x:20261116T090000", ":", ";", " folded", "RDATE:20261118",
            "SEQUENCE:one", "BEGIN:VFREEBUSY", "END:VFREEBUSY", "FREEBUSY:/",
        ]
    ) | st.text(max_size=15),
    max_size=25,
)  # fmt: skip


@given(LINES)
def test_whatever_a_file_holds_the_answer_is_busy_times_or_a_sentence(lines: list[str]) -> None:
    from callplan.sync.lean import CalendarFault  # noqa: PLC0415

    content = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"])
    try:
        found = occurrences(content.encode("utf-8", "surrogatepass"), COPENHAGEN, START, END, frozenset())
    except CalendarFault as fault:
        found = []
        told = str(fault)
    else:
        told = "."
    assert told.endswith(".")
    assert all(start < end for start, end in found)
