"""Applications and worlds for the plan's tests, in a line each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from callplan.book.types import Application, Decision, LogEntry, Person, Round
from callplan.plan.cadence import make_plan
from callplan.plan.step import Step, StepKind
from callplan.plan.world import Me, Workdays, World

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NORDLYS_ID = UUID("6d0b8f0e-2f9e-4c1e-8a0e-3d5e3b0a9c11")

METTE = Person("Mette Holm", role="HR Manager", email="mette.holm@nordlys.example", phone="+45 32 12 34 56")
JONAS = Person("Jonas Krag", role="Team lead", email="jonas.krag@nordlys.example")

CHRISTMAS = {date(2026, 12, 25): "Christmas Day", date(2026, 12, 26): "Second Day of Christmas"}
DENMARK = Workdays(holidays=CHRISTMAS | {date(2027, 1, 1): "New Year's Day"})


def when(text: str, zone: ZoneInfo = COPENHAGEN) -> datetime:
    """A local time: ``2026-11-16 10:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def entry(at: str, step: str, outcome: str | None = None, **more: Any) -> LogEntry:
    """A log entry."""
    return LogEntry(at=when(at), step=step, outcome=outcome, **more)


#: Monday 2026-11-16, ten o'clock; they decide by Monday 2026-11-30.
FIRST_ROUND = Round(
    start=when("2026-11-16 10:00"),
    end=when("2026-11-16 11:15"),
    panel=("Mette Holm", "Jonas Krag"),
    decision=Decision(by=date(2026, 11, 30), contact="Mette Holm", channel="phone"),
)

NORDLYS = Application(
    name="nordlys",
    id=NORDLYS_ID,
    company="Nordlys Energi",
    position="Data Engineer",
    timezone="Europe/Copenhagen",
    country="DK",
    invited_by="email",
    people=(METTE, JONAS),
    rounds=(FIRST_ROUND,),
)


def nordlys(*log: LogEntry, **changes: Any) -> Application:
    """The application of the manual, with this log and these changes; `decision` changes the first round's."""
    decision = changes.pop("decision", None)
    application = replace(NORDLYS, log=log, **changes)
    if decision is not None:
        rounds = (replace(application.rounds[0], decision=decision), *application.rounds[1:])
        application = replace(application, rounds=rounds)
    return application


def world(now: str = "2026-11-16 12:00", **changes: Any) -> World:
    """A world in Denmark at `now` (Copenhagen time)."""
    plain = World(
        now=when(now).astimezone(UTC), me=Me(timezone="Europe/Copenhagen", country="DK"), workdays={"DK": DENMARK}
    )
    return replace(plain, **changes)


def plan(application: Application, now: str = "2026-11-16 12:00", **changes: Any) -> dict[str, Step]:
    """The plan of one application by kind (the last of a kind wins)."""
    return {step.kind.value: step for step in make_plan([application], world(now, **changes))}


def at(step: Step | None) -> str:
    """The start of a step in its zone: ``Wed 2026-12-02 09:00``."""
    assert step is not None
    assert step.start is not None
    return f"{step.start:%a %Y-%m-%d %H:%M}"


def kinds(application: Application, now: str = "2026-11-16 12:00", **changes: Any) -> set[StepKind]:
    """The kinds of steps that are still ahead."""
    return {s.kind for s in make_plan([application], world(now, **changes)) if s.in_calendar}
