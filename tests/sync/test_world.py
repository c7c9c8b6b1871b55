"""What a plan is made against, gathered from book, settings, state and calendars."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from callplan.book.folder import Book
from callplan.book.types import Application, Decision, Hours, LogEntry, Period, Person, Round
from callplan.errors import RecordError
from callplan.ics.event import Event
from callplan.plan.world import Me, Rules
from callplan.settings import MeSettings, Settings
from callplan.sync.state import State
from callplan.sync.world import gather, notes
from callplan.where import Places

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
START = datetime(2026, 11, 16, 9, tzinfo=UTC)
NORDLYS = Application(
    name="nordlys",
    id=UUID(int=1),
    company="Nordlys Energi",
    position="Data Engineer",
    country="DK",
    timezone="Europe/Copenhagen",
    people=(
        Person("Mette Holm", phone="+45 32 12 34 56"),
        Person("Jonas Krag", country="SE", phone="+46 31 390 06 12"),
    ),
    rounds=(Round(START, START + timedelta(hours=1)),),
)
PROFILE = Settings(me=MeSettings(timezone="Europe/Copenhagen", timezone_known=True))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "config.toml", tmp_path / "book", tmp_path / "state", tmp_path / "data")


def test_the_settings_go_into_the_world_as_they_are(places: Places) -> None:
    settings = Settings(
        me=MeSettings(timezone="Asia/Tokyo", country="JP", waking_hours=Hours(time(8), time(21))),
        call_hours=(Hours(time(9), time(10)),),
        rules=Rules(max_calls=1),
    )
    world = gather(Book((NORDLYS,)), settings, places, NOW)
    assert world.now == NOW
    assert world.me == Me("Asia/Tokyo", "JP", Hours(time(8), time(21)))
    assert world.calling_hours == settings.call_hours
    assert world.rules == Rules(max_calls=1)


def test_the_countries_of_applications_people_and_the_user_are_known(places: Places) -> None:
    bavarian = replace(NORDLYS, name="isarwerk", id=UUID(int=2), country="DE", subdivision="BY", people=())
    settings = replace(PROFILE, me=replace(PROFILE.me, country="GB"))
    world = gather(Book((NORDLYS, bavarian)), settings, places, NOW)
    assert set(world.workdays) == {"DK", "SE", "DE-BY", "GB"}
    assert date(2027, 1, 6) in world.workdays_of("DE", "BY").holidays
    assert notes(world) == ()


@pytest.mark.parametrize(
    ("change", "year"),
    [
        ({}, 2027),
        ({"rounds": ()}, 2027),
        ({"rounds": (Round(START, START, decision=Decision(by=date(2027, 12, 20))),)}, 2028),
        ({"rounds": (Round(START, START, decision=Decision(within=Period(13, "month"))),)}, 2028),
        ({"log": (LogEntry(NOW, "reply", "out-of-office", until=date(2028, 3, 1)),)}, 2028),
        ({"log": (LogEntry(NOW, "new-date", date=date(2199, 1, 1)),)}, 2028),
    ],
)
def test_holidays_are_known_as_far_as_a_step_can_fall(places: Places, change: dict[str, object], year: int) -> None:
    application = replace(NORDLYS, **change)  # type: ignore[arg-type]
    days = gather(Book((application,)), PROFILE, places, NOW).workdays["DK"].holidays
    assert min(day.year for day in days) == 2026
    assert max(day.year for day in days) == year


def test_long_past_interviews_ask_for_last_years_holidays_at_most(places: Places) -> None:
    begun = datetime(2019, 5, 1, tzinfo=UTC)
    application = replace(NORDLYS, rounds=(Round(begun, begun),))
    days = gather(Book((application,)), PROFILE, places, NOW).workdays["DK"].holidays
    assert {day.year for day in days} == {2025, 2026, 2027}


def test_a_subdivision_that_does_not_exist_hides_nothing_and_is_told_with_its_line(places: Places) -> None:
    places.book.mkdir()
    (places.book / "nordlys.toml").write_text('company = "Nordlys"\ncountry = "DE"\nsubdivision = "BX"\n')
    world = gather(Book((replace(NORDLYS, country="DE", subdivision="BX", people=()),)), PROFILE, places, NOW)
    assert date(2026, 12, 25) in world.workdays_of("DE", "BX").holidays
    (note,) = notes(world)
    assert note.startswith('nordlys.toml, line 3: subdivision "BX"')
    assert "BY" in note


def test_zones_of_all_numbers_are_known(places: Places) -> None:
    world = gather(Book((NORDLYS,)), PROFILE, places, NOW)
    assert world.number_zones == {
        "+45 32 12 34 56": ("Europe/Copenhagen",),
        "+46 31 390 06 12": ("Europe/Stockholm",),
    }


def test_the_country_of_a_number_counts_where_the_record_names_none(places: Places) -> None:
    lone = replace(NORDLYS, country=None, people=(*NORDLYS.people, Person("Ada", phone="+800 1234 5678")))
    world = gather(Book((lone,)), PROFILE, places, NOW)
    assert world.number_countries == {"+45 32 12 34 56": "DK"}
    assert set(world.workdays) == {"DK", "SE"}
    assert gather(Book((NORDLYS,)), PROFILE, places, NOW).number_countries == {}


def test_what_has_been_published_is_remembered_and_reading_makes_no_state(places: Places) -> None:
    empty = Book(())
    assert gather(empty, PROFILE, places, NOW).published == {}
    assert not places.state.exists()
    event = Event("a-1", "Call", START, START + timedelta(minutes=15), "Europe/Copenhagen", "", False, True)
    with State.open(places) as state:
        state.revise([event], NOW)
    assert gather(empty, PROFILE, places, NOW).published == {"a-1": START}


CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:seminar
DTSTART:20261101T150000
DURATION:PT1H
RRULE:FREQ=DAILY
END:VEVENT
BEGIN:VEVENT
UID:a-1
DTSTART:20261201T080000Z
DURATION:PT15M
END:VEVENT
END:VCALENDAR
"""


def test_busy_times_run_from_today_to_the_last_day_of_any_step(places: Places, tmp_path: Path) -> None:
    (tmp_path / "busy.ics").write_text(CALENDAR)
    settings = replace(PROFILE, busy_calendars=(str(tmp_path / "busy.ics"),))
    busy = gather(Book((NORDLYS,)), settings, places, NOW).busy
    assert busy[0].start == datetime(2026, 11, 23, 14, tzinfo=UTC)
    assert timedelta(days=60) < busy[-1].start - NOW < timedelta(days=200)
    assert [one.start.hour for one in busy if one.start.date() == date(2026, 12, 1)] == [8, 14]


def test_a_call_already_published_does_not_stand_in_its_own_way(places: Places, tmp_path: Path) -> None:
    (tmp_path / "busy.ics").write_text(CALENDAR)
    settings = replace(PROFILE, busy_calendars=(str(tmp_path / "busy.ics"),))
    with State.open(places) as state:
        state.revise([Event("a-1", "Call", START, START, "Europe/Copenhagen", "", False, True)], NOW)
    busy = gather(Book((NORDLYS,)), settings, places, NOW).busy
    assert [one.start.hour for one in busy if one.start.date() == date(2026, 12, 1)] == [14]


def test_a_busy_calendar_that_cannot_be_read_stops_the_plan(places: Places) -> None:
    settings = replace(PROFILE, busy_calendars=("/nowhere/busy.ics",))
    with pytest.raises(RecordError, match="no such busy calendar"):
        gather(Book((NORDLYS,)), settings, places, NOW)


def test_nothing_heavy_is_loaded_once_the_holidays_are_kept(places: Places) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime;"
        "from callplan.sync.world import gather; from callplan.book.folder import Book, read_book;"
        "from callplan.settings import load_settings; from callplan.where import Places;"
        f"places = Places(*map(Path, {[str(places.config), str(places.book), str(places.state), str(places.data)]!r}));"
        "now = datetime(2026, 11, 23, tzinfo=UTC);"
        "world = gather(read_book(places.book), load_settings(places.config), places, now);"
        "heavy = {'caldav', 'icalendar', 'recurring_ical_events', 'babel', 'jinja2', 'holidays', 'radicale', 'flask',"
        " 'lxml', 'niquests', 'http.client', 'ssl', 'subprocess', 'asyncio', 'platformdirs'};"
        "print(len(world.workdays), sorted(heavy & set(sys.modules)))"
    )
    places.book.mkdir()
    (places.book / "nordlys.toml").write_text(
        'id = "6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11"\ncompany = "Nordlys"\nposition = "Engineer"\ncountry = "DK"\n'
        'timezone = "Europe/Copenhagen"\n[[people]]\nname = "Mette Holm"\nphone = "+45 32 12 34 56"\n'
    )
    gather(Book((NORDLYS,)), PROFILE, places, NOW)
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told == "1 []\n"
