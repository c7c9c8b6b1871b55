"""A user with a book and a calendar, for tests of whole syncs: what they do on their phone, and what the log says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from callplan.book.read import read_application
from callplan.book.types import LogEntry
from callplan.ics.description import NOTES_LINE
from callplan.plan.step import StepKind, step_uid
from callplan.settings import MeSettings, Settings
from callplan.sync import run
from callplan.sync.report import Report
from callplan.where import Places

from tests.sync.build import places
from tests.sync.desk import Desk

ME = MeSettings(name="Anna Dahl", timezone="Europe/Copenhagen", timezone_known=True, country="DK")
COURTESY = "".join(
    f'\n[[log]]\nat = 2026-11-16T13:00:00+01:00\nstep = "{step}"\noutcome = "{outcome}"\n'
    for step, outcome in (("notes", "done"), ("thank-you", "sent"), ("letter", "sent"))
)
FOLLOWED_UP = COURTESY + '\n[[log]]\nat = 2026-12-02T09:00:00+01:00\nstep = "follow-up"\noutcome = "sent"\n'
NORDLYS = """\
# my favourite
id = "6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11"
company = "Nordlys Energi"
position = "Data Engineer"
country = "DK"
timezone = "Europe/Copenhagen"

[[people]]
name = "Mette Holm"
phone = "+45 32 12 34 56"

[[people]]
name = "Jonas Krag"

[[rounds]]
start = 2026-11-16T10:00:00
end = 2026-11-16T11:15:00
panel = ["Mette Holm", "Jonas Krag"]

[rounds.decision]
by = 2026-11-30
contact = "Mette Holm"
"""
AFTER_INTERVIEW = datetime(2026, 11, 16, 11, 0, tzinfo=UTC)
BEFORE_CALL = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)  # the call stands on Friday the fourth at a quarter past eight
AFTER_CALL = datetime(2026, 12, 4, 8, 0, tzinfo=UTC)


@dataclass
class Home:
    """A book with one application, and its calendar."""

    desk: Desk
    where: Places
    before: int = 0  # entries in the log at the beginning

    @property
    def log(self) -> tuple[LogEntry, ...]:
        return read_application(self.where.book / "nordlys.toml").log

    def outcomes(self) -> list[str]:
        """What was logged since the beginning of the test."""
        return [f"{entry.step} {entry.outcome}" for entry in self.log[self.before :]]

    def sync(self, now: datetime, **options: Any) -> Report:
        self.desk.proxy.clear()
        return run.sync(self.where, Settings(me=ME), now, **options)

    def uid(self, kind: StepKind, whom: str = "") -> str:
        application = read_application(self.where.book / "nordlys.toml")
        return step_uid(application.id, 1, kind, whom)

    def text(self, kind: StepKind, whom: str = "") -> str:
        return self.desk.items()[f"{self.uid(kind, whom)}.ics"]

    def edit(self, kind: StepKind, change: Callable[[str], str], whom: str = "") -> None:
        self.desk.edit(self.uid(kind, whom), change)


def home_of(desk: Desk, monkeypatch: pytest.MonkeyPatch, text: str) -> Home:
    where = places(desk.folder)
    where.book.mkdir(parents=True)
    (where.book / "nordlys.toml").write_text(text, encoding="utf-8")
    connect(monkeypatch, desk)
    return Home(desk, where, text.count("[[log]]"))


def second_machine(first: Home, tmp_path: Path) -> Home:
    """The same book and calendar, and a state of its own."""
    where = Places(first.where.config, first.where.book, tmp_path / "laptop", first.where.data)
    return Home(first.desk.another(tmp_path / "laptop"), where, first.before)


def connect(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    @contextmanager
    def opened(*_: Any, **__: Any) -> Iterator[Any]:
        with desk.calendar() as calendar:
            yield calendar

    monkeypatch.setattr(run, "open_calendar", opened)


def moved_to(day: str, clock: str) -> Callable[[str], str]:
    """A drag to that time; the length is kept."""

    def change(text: str) -> str:
        found = dict(re.findall(r"(DTSTART|DTEND);TZID=[^:]+:(\S+)", text))
        start, end = (datetime.fromisoformat(found[name]) for name in ("DTSTART", "DTEND"))
        begin = datetime.fromisoformat(f"{day}T{clock}")
        for name, moment in (("DTSTART", begin), ("DTEND", begin + (end - start))):
            text = re.sub(rf"({name};TZID=[^:]+):\S+", rf"\g<1>:{moment:%Y%m%dT%H%M%S}", text)
        return text

    return change


def noted(words: str) -> Callable[[str], str]:
    """Words typed below the line."""
    return lambda text: text.replace(NOTES_LINE, f"{NOTES_LINE}\\n{words}")


def on_top(words: str) -> Callable[[str], str]:
    """Words typed at the top of everything."""
    return lambda text: text.replace("DESCRIPTION:", f"DESCRIPTION:{words}\\n")
