"""The country profiles are complete, sensible, and say where they come from."""

from __future__ import annotations

import tomllib
from datetime import time
from importlib.resources import files

import pytest
from callplan.places.profiles import profiles

WANTED = ["DK", "SE", "NO", "DE", "AT", "CH", "FR", "ES", "IT", "NL"]
WANTED += ["GB", "IE", "US", "CA", "AU", "IN", "JP", "AE", "SA", "IL"]


def test_every_line_has_its_source() -> None:
    text = files("callplan.places").joinpath("profiles.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    assert set(WANTED) <= set(rows)
    assert all(len(row["source"]) > 10 for row in rows.values())


@pytest.mark.parametrize("country", WANTED)
def test_hours_are_early_and_late_and_hold_a_call(country: str) -> None:
    profile = profiles()[country]
    assert time(8) <= profile.early.start < profile.early.end <= time(12)
    assert time(13) <= profile.late.start < profile.late.end <= time(19)
    for hours in (profile.early, profile.late):
        minutes = (hours.end.hour - hours.start.hour) * 60 + hours.end.minute - hours.start.minute
        assert minutes >= 45
