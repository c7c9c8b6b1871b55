"""What is written is what is read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from callplan.book.compose import as_toml
from callplan.book.read import parse_application
from callplan.book.types import Application, LogEntry
from hypothesis import HealthCheck, given, settings

from tests.book.applications import applications
from tests.book.samples import NORDLYS, hostile_strings


def in_utc(application: Application) -> Application:
    """With all times in UTC: two clocks that show the same hour twice compare as different in Python."""

    def utc(moment: Any) -> Any:
        return moment.astimezone(UTC) if isinstance(moment, datetime) else moment

    return replace(
        application,
        rounds=tuple(replace(one, start=utc(one.start), end=utc(one.end)) for one in application.rounds),
        log=tuple(replace(one, at=utc(one.at), time=utc(one.time)) for one in application.log),
    )


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(applications())
def test_every_application_is_read_back_as_it_was_written(application: Application) -> None:
    again = parse_application(as_toml(application), "firm")
    assert in_utc(again) == in_utc(application)


def test_the_file_of_the_contract_survives() -> None:
    application = parse_application(NORDLYS, "nordlys")
    assert parse_application(as_toml(application), "nordlys") == application


def test_times_of_the_workplace_are_written_without_an_offset_and_those_of_the_log_with_one() -> None:
    text = as_toml(parse_application(NORDLYS, "nordlys"))
    assert "start = 2026-11-16T10:00:00\n" in text
    assert "at = 2026-11-16T12:30:00+01:00\n" in text


def test_the_second_of_two_equal_hours_is_written_with_its_offset() -> None:
    application = parse_application(NORDLYS, "nordlys")
    start = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Copenhagen"), fold=1)
    one = replace(application.rounds[0], start=start, end=start + timedelta(hours=2))
    assert "start = 2026-10-25T02:30:00+01:00\n" in as_toml(replace(application, rounds=(one,)))


def test_an_offset_that_toml_cannot_write_becomes_utc() -> None:
    odd = datetime(2026, 11, 16, 12, tzinfo=timezone(timedelta(minutes=50, seconds=20)))
    application = parse_application(NORDLYS, "nordlys")
    text = as_toml(replace(application, log=(LogEntry(odd, "notes", "done"),)))
    assert "at = 2026-11-16T11:09:40+00:00" in text


def test_names_that_are_right_come_through_every_text_unchanged() -> None:
    for name in hostile_strings()[0]:
        text = as_toml(replace(parse_application(NORDLYS, "nordlys"), company=name, position=name, why=(name,)))
        text = text.replace('"Mette Holm"', '"' + name.replace('"', '\\"') + '"')
        application = parse_application(text, "nordlys")
        assert application.company == application.position == application.why[0] == name
        assert application.people[0].name == name
        assert application.rounds[0].panel[0] == application.rounds[0].decision.contact == name
