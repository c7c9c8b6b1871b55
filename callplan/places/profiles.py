"""The country profiles: when people of a country may be called. Data and sources are in ``profiles.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Any

from callplan.book.types import Hours
from callplan.plan.world import Profile, Quiet


@cache
def profiles() -> Mapping[str, Profile]:
    """The profile of each country (ISO 3166 alpha-2) that has one."""
    text = files("callplan.places").joinpath("profiles.toml").read_text(encoding="utf-8")
    return {country: _profile(row) for country, row in tomllib.loads(text).items()}


def _profile(row: Mapping[str, Any]) -> Profile:
    return Profile(
        early=_hours(row["early"]),
        late=_hours(row["late"]),
        last_day_latest=time.fromisoformat(row["last_day"]),
        early_only=frozenset(row.get("early_only", ())),
        quiet=tuple(Quiet(_month_day(q["from"]), _month_day(q["to"]), q["name"]) for q in row.get("quiet", ())),
    )


def _hours(text: str) -> Hours:
    start, end = text.split("-")
    return Hours(time.fromisoformat(start), time.fromisoformat(end))


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)
