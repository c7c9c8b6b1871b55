"""Weekends, public holidays and half days of countries."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from callplan.countries import COUNTRIES
from callplan.errors import RecordError
from callplan.places.workdays import workdays, workdays_key


def weekend(first: int, last: int) -> set[int]:
    days = {first}
    while first != last:
        first = (first + 1) % 7
        days.add(first)
    return days


def test_weekends_are_those_of_the_cldr() -> None:
    locales = [Locale.parse(name) for name in locale_identifiers()]
    territories = {one.territory: one for one in locales if one.territory in COUNTRIES}
    assert len(territories) > 200
    for country, locale in territories.items():
        ours = workdays(country, None, []).weekend
        assert ours == weekend(locale.weekend_start, locale.weekend_end), country


@pytest.mark.parametrize(
    ("country", "subdivision", "day", "name"),
    [
        ("DK", None, "2026-05-14", "Ascension Day"),
        ("DE", None, "2026-10-03", "German Unity Day"),
        ("DE", "BY", "2026-01-06", "Epiphany"),
        ("DE", "DE-BY", "2026-01-06", "Epiphany"),
        ("DE", "Bayern", "2026-01-06", "Epiphany"),
        ("GB", None, "2026-04-06", "Easter Monday"),
        ("GB", "ENG", "2026-08-31", "Late Summer Bank Holiday"),
        ("GB", "GB-ENG", "2026-08-31", "Late Summer Bank Holiday"),
        ("GB", "SCT", "2026-11-30", "Saint Andrew's Day"),
        ("US", "ca", "2026-11-26", "Thanksgiving Day"),
        ("JP", None, "2026-05-04", "Greenery Day"),
        ("IN", "KA", "2026-01-26", "Republic Day"),
    ],
)
def test_public_holidays_have_english_names(country: str, subdivision: str | None, day: str, name: str) -> None:
    assert name in workdays(country, subdivision, [2026]).holidays[date.fromisoformat(day)]


@pytest.mark.parametrize(
    ("country", "subdivision", "day"),
    [
        ("DE", None, "2026-01-06"),
        ("GB", "SCT", "2026-04-06"),
        ("DK", None, "2026-05-01"),  # Great Prayer Day is no holiday since 2024, and 1 May never was
        ("DK", "84", "2026-06-05"),  # all of Denmark has the same holidays: a region changes nothing
    ],
)
def test_a_holiday_elsewhere_is_none_here(country: str, subdivision: str | None, day: str) -> None:
    assert date.fromisoformat(day) not in workdays(country, subdivision, [2026]).holidays


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("DK", "2026-05-01"), ("DK", "2026-06-05"), ("DK", "2026-12-24"), ("DK", "2026-12-31"),
        ("DE", "2026-12-24"), ("SE", "2026-06-19"), ("IS", "2026-12-24"), ("JP", "2026-12-31"),
    ],
)  # fmt: skip
def test_half_days_leave_only_the_morning(country: str, day: str) -> None:
    known = workdays(country, None, [2026])
    assert known.half_days[date.fromisoformat(day)]
    assert date.fromisoformat(day) not in known.holidays


def test_indias_restricted_holidays_are_working_days() -> None:
    assert not workdays("IN", None, [2026]).half_days


def test_only_the_years_asked_for_are_given() -> None:
    known = workdays("DK", None, [2026, 2028])
    assert {day.year for day in (*known.holidays, *known.half_days)} == {2026, 2028}


def test_a_country_the_library_does_not_know_has_its_week_and_a_note() -> None:
    known = workdays("ZZ", None, [2026])
    assert known.weekend == {5, 6}
    assert not known.holidays
    assert "ZZ" in known.note
    assert workdays("DK", None, [2026]).note == ""


def test_a_wrong_subdivision_is_told_with_the_right_ones() -> None:
    with pytest.raises(RecordError, match=r'"Bayren".*Did you mean "BY"\? Those it has are .*, BY, '):
        workdays("DE", "Bayren", [2026])


def test_the_key_is_what_the_record_says() -> None:
    assert workdays_key("DK") == "DK"
    assert workdays_key("DE", "BY") == "DE-BY"


def test_dates_once_found_are_kept_and_spare_the_library(tmp_path: Path) -> None:
    state = tmp_path / "state"
    first = [workdays("DE", "BY", [2026, 2027], state), workdays("ZZ", None, [2026, 2027], state)]
    file = state / "holidays.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    code = (
        "import sys; from pathlib import Path; from callplan.places.workdays import workdays;"
        f"state = Path({str(state)!r});"
        "a = workdays('DE', 'de-by', [2026], state); b = workdays('ZZ', None, [2027], state);"
        "assert 'holidays' not in sys.modules; print(len(a.holidays), b.note)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.startswith(str(sum(day.year == 2026 for day in first[0].holidays)))
    assert "ZZ" in told
    assert [workdays("DE", "BY", [2026, 2027], state), workdays("ZZ", None, [2026, 2027], state)] == first


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 100_000,
        b"\xff",
        b'{"stamp": 1, "dates": 2}',
        json.dumps(
            {"stamp": "holidays-0.1.dist-info", "dates": {"DK-/2026": {"holidays": {}, "half_days": {}}}}
        ).encode(),
    ],
)
def test_kept_dates_that_are_spoilt_or_of_another_version_are_found_again(tmp_path: Path, spoilt: bytes) -> None:
    (tmp_path / "holidays.json").write_bytes(spoilt)
    assert date(2026, 12, 25) in workdays("DK", None, [2026], tmp_path).holidays
    assert "Christmas" in (tmp_path / "holidays.json").read_text()


@pytest.mark.parametrize("entry", [3, {"holidays": 3}, {"holidays": {"x": 1}, "half_days": {}}, {"holidays": {}}])
def test_a_kept_entry_that_is_spoilt_is_found_again(tmp_path: Path, entry: object) -> None:
    right = workdays("DK", None, [2026], tmp_path)
    file = tmp_path / "holidays.json"
    store = json.loads(file.read_text())
    store["dates"] = dict.fromkeys(store["dates"], entry)
    file.write_text(json.dumps(store))
    assert workdays("DK", None, [2026], tmp_path) == right


def test_a_state_folder_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert workdays("DK", None, [2026], tmp_path / "file" / "state").holidays
