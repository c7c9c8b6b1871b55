"""`callplan doctor`: is everything as it should be, and what to do where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from callplan.cli.frame import Frame, declare
from callplan.cli.language import told
from callplan.cli.password import asked_for
from callplan.cli.terminal import Styled, say, say_json, say_prose

if TYPE_CHECKING:
    from callplan.sync.checkup import Check

_EXAMPLES = """\
callplan doctor
callplan doctor --offline
callplan doctor --json
"""

_COLOURS = {"ok": "green", "warn": "yellow", "fault": "red"}


@declare("doctor", _EXAMPLES)
@click.option("--offline", is_flag=True, help="Ask no server.")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list of checks.")
@click.pass_obj
def command(frame: Frame, offline: bool, as_json: bool) -> int:
    """Check settings, files and their permissions, book, state, clock, password, calendar and server.

    Writes nothing. Ends with 0 when all is well, else with the exit code of the first fault: 4 for files, 5 for the
    server, 6 for the login. A warning is no fault.
    """
    from callplan.sync.checkup import checkup

    checks = []
    with asked_for():
        for check in checkup(frame.places, frame.now, ask_server=not offline, replayed=frame.is_replayed):
            checks.append(check)
            if not as_json:
                _tell(check)
    if as_json:
        say_json(
            [
                {"check": one.name, "health": one.health.value, "seen": one.seen, "advice": one.advice or None}
                for one in checks
            ]
        )
    return next((one.exit_code for one in checks if one.exit_code), 0)


def _tell(check: Check) -> None:
    first, *rest = told(check.seen).split("\n")
    mark = {"ok": told("ok    "), "warn": told("warn  "), "fault": told("FAULT ")}[check.health.value]
    say(Styled(mark, _COLOURS[check.health.value]), Styled(f"{told(check.name):12}", bold=True), first)
    for line in rest:
        say_prose(line, indent=" " * 18)
    if check.advice:
        say_prose(f"-> {told(check.advice)}", indent=" " * 18, hanging=" " * 21)
