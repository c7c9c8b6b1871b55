"""The feed: the same bytes for the same plan, and nothing in it that makes a client drop the whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from callplan.ics.description import NOTES_LINE, plain, plain_line
from callplan.ics.event import Revision
from callplan.ics.feed import MAX_OCTETS, feed
from callplan.ics.lint import faults
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ics.invented import COPENHAGEN, revision, revisions, second, texts
from tests.ics.readers import READERS, Seen

NOW = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
ZONE = "Europe/Copenhagen"
MIDNIGHT = datetime(2026, 11, 20, tzinfo=COPENHAGEN)
QUARTER = timedelta(minutes=15)

thorough = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
plans = st.lists(revisions, max_size=4, unique_by=lambda one: one.event.uid)


def at(start: datetime, number: int = 0, **changes: Any) -> Revision:
    """A quarter of an hour from that moment on."""
    return revision(uid=str(UUID(int=number)), start=start, end=start + QUARTER, **changes)


def lines(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def uids(data: bytes) -> list[int]:
    """The numbers of the events, in their order."""
    return [UUID(line.removeprefix("UID:")).int for line in lines(data) if line.startswith("UID:")]


def test_the_calendar_says_who_it_is_and_how_often_to_ask() -> None:
    text = lines(feed([], "Job calls", ZONE, NOW))
    assert text == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//callplan//callplan//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Job calls",
        "X-WR-CALNAME:Job calls",
        "COLOR:steelblue",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-APPLE-CALENDAR-COLOR:#4682B4",
        "X-PUBLISHED-TTL:PT1H",
        "X-WR-TIMEZONE:Europe/Copenhagen",
        "END:VCALENDAR",
        "",
    ]


def test_times_are_in_utc_and_need_no_zone() -> None:
    text = lines(feed([revision()], "Job calls", ZONE, NOW))
    assert {"DTSTART:20261202T074500Z", "DTEND:20261202T080000Z"} <= set(text)
    assert not [line for line in text if line.startswith(("METHOD", "ORGANIZER", "ATTENDEE", "BEGIN:VTIMEZONE"))]


def test_nothing_invites_to_write_in_a_calendar_that_cannot_be_written_to() -> None:
    assert NOTES_LINE not in feed([revision()], "Job calls", ZONE, NOW).decode()


def test_reminders_are_there_for_clients_that_take_them() -> None:
    assert lines(feed([revision()], "Job calls", ZONE, NOW)).count("BEGIN:VALARM") == 2


@thorough
@given(plans, texts, st.randoms())
def test_the_order_of_the_events_does_not_change_the_bytes(plan: list[Revision], name: str, random: Random) -> None:
    shuffled = sorted(plan, key=lambda _: random.random())
    assert feed(plan, name, ZONE, NOW) == feed(iter(shuffled), name, ZONE, NOW)


@thorough
@given(plans, st.datetimes(datetime(2026, 11, 19, 23), datetime(2026, 11, 20, 22, 59, 59), timezones=st.just(UTC)))
def test_all_day_long_the_bytes_are_the_same(plan: list[Revision], moment: datetime) -> None:
    assert feed(plan, "Job calls", ZONE, moment) == feed(plan, "Job calls", ZONE, NOW)


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "America/Los_Angeles", "Asia/Tokyo"])
def test_what_ended_before_the_first_day_is_left_out(zone: str) -> None:
    first = datetime.combine(NOW.astimezone(ZoneInfo(zone)).date(), datetime.min.time(), ZoneInfo(zone)) - timedelta(60)
    plan = [at(first - QUARTER, 1), at(first - QUARTER + timedelta(seconds=1), 2), at(first, 3), at(NOW, 4)]
    assert uids(feed(plan, "Job calls", zone, NOW, days_back=60)) == [2, 3, 4]


def test_no_days_back_is_today_and_later() -> None:
    plan = [at(MIDNIGHT - QUARTER, 1), at(MIDNIGHT, 2), at(NOW + timedelta(300), 3)]
    assert uids(feed(plan, "Job calls", ZONE, NOW, days_back=0)) == [2, 3]


def test_events_stand_in_the_order_of_their_start() -> None:
    plan = [at(NOW + timedelta(days), number) for number, days in ((3, 1), (1, 2), (2, 1))]
    assert uids(feed(plan, "Job calls", ZONE, NOW)) == [2, 3, 1]


def test_a_feed_too_large_loses_the_oldest_past_first_and_then_the_farthest_ahead() -> None:
    words = "ord " * 25_000  # a hundred thousand octets each
    past = [at(MIDNIGHT - timedelta(30 - number), number, description=words) for number in range(5)]
    ahead = [at(MIDNIGHT + timedelta(number), number, description=words) for number in range(5, 10)]
    some_past = feed([*past, *ahead], "Job calls", ZONE, NOW)
    assert uids(some_past) == list(range(1, 10))
    more_ahead = [at(MIDNIGHT + timedelta(number), number, description=words) for number in range(10, 20)]
    no_past = feed([*more_ahead, *past, *ahead], "Job calls", ZONE, NOW)
    assert uids(no_past) == list(range(5, 14))
    for data in (some_past, no_past):
        assert MAX_OCTETS - 130_000 < len(data) <= MAX_OCTETS
        assert faults(data) == []


def test_one_event_too_large_leaves_an_empty_calendar() -> None:
    data = feed([at(NOW, description="x" * MAX_OCTETS)], "Job calls", ZONE, NOW)
    assert data == feed([], "Job calls", ZONE, NOW)


def test_a_plan_of_a_thousand_events_with_long_words_stays_readable() -> None:
    plan = [at(NOW + timedelta(hours=number), number, description="Spørg: hvornår? " * 20) for number in range(1_000)]
    data = feed(plan, "Job calls", ZONE, NOW)
    assert faults(data) == []
    assert len(data) <= MAX_OCTETS
    assert len(uids(data)) > 800


@thorough
@given(plans, texts)
def test_lint_finds_no_fault_in_the_feed(plan: list[Revision], name: str) -> None:
    assert faults(feed(plan, name, ZONE, NOW, days_back=4_000)) == []


@pytest.mark.parametrize("reader", READERS)
@thorough
@given(plan=plans, name=texts)
def test_independent_readers_see_every_event(reader: str, plan: list[Revision], name: str) -> None:
    """20,000 days back: every event there is."""
    seen = READERS[reader](feed(plan, name, ZONE, NOW, days_back=20_000))
    stripped = [replace(one, description=one.description.strip(), summary=one.summary.strip()) for one in seen]
    assert sorted(stripped, key=lambda one: one.uid) == sorted(map(as_meant, plan), key=lambda one: one.uid)


def as_meant(one: Revision) -> Seen:
    """What a reader ought to see."""
    return Seen(
        uid=one.event.uid,
        summary=plain_line(one.event.summary),
        description=plain(one.event.description).strip(),
        location=plain_line(one.event.location or ""),
        start=second(one.event.start),
        end=second(one.event.end),
        alarms=len(one.event.alarms),
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Job, calls; mine\\yours", "Job calls mine yours"), ("two\r\nlines:x", "two lines:x"), (" ,; ", "callplan")],
)
def test_the_name_holds_nothing_that_wants_escaping(name: str, shown: str) -> None:
    assert f"X-WR-CALNAME:{shown}" in lines(feed([], name, ZONE, NOW))


def test_an_unknown_zone_of_the_user_counts_days_in_utc() -> None:
    assert uids(feed([at(NOW, 1)], "Job calls", "Nowhere/Atlantis", NOW, days_back=0)) == [1]
