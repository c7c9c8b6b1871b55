"""A desk with nothing on it but plain files: an application, the settings, and the command.

Nothing of callplan's inside is used, so these tests read as its manual. All dates of the standard firm: the interview
is on Monday 16 November 2026 in Aarhus, the decision is promised for Monday 30 November.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from callplan.cli import cli
from click.testing import CliRunner, Result

SETTINGS = """
[me]
name = "Anna Dahl"
timezone = "Europe/Copenhagen"
country = "DK"
[calls]
hours = ["08:30-10:00", "15:30-16:45"]
"""

METTE = """
[[people]]
name = "Mette Holm"
role = "HR Manager"
email = "mette@fjord.example"
phone = "+45 32 12 34 56"
"""

BEFORE = "2026-11-16T08:00+01:00"  # the morning of the interview

Step = dict[str, Any]


def round_of(
    start: str = "2026-11-16T10:00:00",
    end: str | None = "2026-11-16T11:15:00",
    *,
    panel: tuple[str, ...] = ("Mette Holm",),
    decision: str = "by = 2026-11-30",
) -> str:
    """One [[rounds]] with what they said about the decision."""
    lines = ["[[rounds]]", f"start = {start}", *([f"end = {end}"] if end else []), f"panel = {json.dumps(list(panel))}"]
    return "\n".join([*lines, "[rounds.decision]", decision]) + "\n"


def firm(
    *,
    head: str = 'country = "DK"\ntimezone = "Europe/Copenhagen"',
    people: str = METTE,
    rounds: str | None = None,
    log: str = "",
    number: int = 1,
) -> str:
    """An application file; `number` keeps the ids of two firms apart."""
    top = f'id = "6d0b8f0e-2f9e-4c1e-8a0e-{number:012d}"\ncompany = "Firm {number}"\nposition = "Planner"\n{head}\n'
    return "\n".join([top, people, round_of() if rounds is None else rounds, logged(log)])


def logged(lines: str) -> str:
    """[[log]] tables from lines like ``2026-12-02T09:30 follow-up sent date=2026-12-09``, in Danish winter time."""
    tables = []
    for line in filter(None, (each.strip() for each in lines.splitlines())):
        at, step, *rest = line.split()
        if not re.search(r"(Z|[+-]\d\d:\d\d)$", at):
            at += ":00+01:00"
        keys = [f"at = {at}", f'step = "{step}"']
        for word in rest:
            key, equals, value = word.partition("=")
            if not equals:
                keys.append(f'outcome = "{word}"')
            elif key == "to":
                keys.append(f"to = {json.dumps(value.replace('_', ' ').split(','))}")
            else:
                keys.append(f"{key} = {value}" if value[0].isdigit() else f'{key} = "{value}"')
        tables.append("[[log]]\n" + "\n".join(keys) + "\n")
    return "\n".join(tables)


@dataclass
class Desk:
    """A book, settings and a state folder of their own."""

    folder: Path

    @property
    def book(self) -> Path:
        return self.folder / "book"

    def put(self, text: str, name: str = "fjord") -> Path:
        """Write an application file."""
        self.book.mkdir(exist_ok=True)
        path = self.book / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def settle(self, text: str = SETTINGS) -> None:
        """Write config.toml."""
        (self.folder / "config.toml").write_text(text, encoding="utf-8")

    def options(self, now: str) -> list[str]:
        """The four options every test gives."""
        places = {"config": "config.toml", "book": "book", "state": "state"}
        return [*(f"--{key}={self.folder / value}" for key, value in places.items()), f"--now={now}"]

    def run(self, *words: str, now: str = BEFORE) -> Result:
        """A command, in this process."""
        environ = {"CALLPLAN_DATA": str(self.folder / "data"), "NO_COLOR": "1"}
        return CliRunner().invoke(cli, [*self.options(now), *words], env=environ)

    def run_apart(self, *words: str, now: str = BEFORE) -> subprocess.CompletedProcess[str]:
        """A command, as the shell would run it."""
        command = [sys.executable, "-m", "callplan", *self.options(now), *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    def plan(self, now: str = BEFORE) -> list[Step]:
        """What `plan --json` lists; the command has to end well."""
        answer = self.run("plan", "--json", now=now)
        assert answer.exit_code == 0, answer.output
        steps: list[Step] = json.loads(answer.stdout)
        return steps


def when(step: Step, key: str = "start") -> str | None:
    """A time of a step as ``Fri 2026-12-04 08:30``, by the clock of the place it is given for."""
    text = step[key]
    return None if text is None else datetime.fromisoformat(text).strftime("%a %Y-%m-%d %H:%M")


def of(steps: list[Step], name: str, application: str | None = None) -> list[Step]:
    """The steps of that name, soonest first as listed."""
    return [each for each in steps if each["step"] == name and application in (None, each["application"])]


def one(steps: list[Step], name: str, application: str | None = None) -> Step:
    """The only step of that name."""
    found = of(steps, name, application)
    assert len(found) == 1, f"{len(found)} steps {name}: {[(when(each), each['status']) for each in found]}"
    return found[0]


def open_steps(steps: list[Step]) -> set[str]:
    """The names of the steps that still wait for the user."""
    return {each["step"] for each in steps if each["status"] in ("planned", "tentative", "due", "late")}


CHASING = {"follow-up", "call", "second-call", "rehearse", "reflect"}
