"""The user's own number: as it is dialled from where the person called is, and objected to where it cannot be."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import CONFIG, Desk


def _with_phone(desk: Desk, phone: str) -> None:
    desk.config.write_text(CONFIG.replace("+45 32 12 34 00", phone), encoding="utf-8")


def _script(desk: Desk, name: str) -> str:
    return " ".join(desk.run("script", name).stdout.split())


def test_somebody_in_another_country_is_told_the_country_code(desk: Desk) -> None:
    _with_phone(desk, "32 12 34 00")
    assert "My number is +45 32 12 34 00." in _script(desk, "hudson")


def test_at_home_the_number_is_said_as_it_is_written(desk: Desk) -> None:
    _with_phone(desk, "32 12 34 00")
    said = _script(desk, "nordlys")
    assert "My number is 32 12 34 00." in said
    assert "+45 32 12 34 00" not in said


def test_a_letter_to_another_country_carries_the_country_code_too(desk: Desk) -> None:
    _with_phone(desk, "32 12 34 00")
    assert "+45 32 12 34 00" in desk.run("draft", "hudson", "thank-you").stdout
    assert "+45 32 12 34 00" not in desk.run("draft", "nordlys", "thank-you").stdout


@pytest.mark.parametrize("phone", ["+1 (212) 555", "11 11 11 11 11 11"])
def test_doctor_objects_to_a_number_that_cannot_be_rung(desk: Desk, phone: str) -> None:
    _with_phone(desk, phone)
    (found,) = [one for one in json.loads(desk.run("doctor", "--offline", "--json").stdout) if one["check"] == "you"]
    assert found["health"] == "warn"
    assert "cannot be rung" in found["seen"]
    assert "[me]" in found["advice"]


def test_doctor_has_nothing_against_a_number_of_the_users_own_country(desk: Desk) -> None:
    _with_phone(desk, "32 12 34 00")
    (found,) = [one for one in json.loads(desk.run("doctor", "--offline", "--json").stdout) if one["check"] == "you"]
    assert found["health"] == "ok"
