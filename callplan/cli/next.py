"""`callplan next`: the one next step of each application."""

from __future__ import annotations

from datetime import datetime

import click

from callplan.cli.frame import Frame, declare
from callplan.cli.outlook import look_ahead, next_step, sentence
from callplan.cli.plan import step_object
from callplan.cli.terminal import Styled, say, say_fitted, say_json, say_prose
from callplan.plan.step import Status

_EXAMPLES = """\
callplan next
callplan next --json
"""


@declare("next", _EXAMPLES)
@click.option("--json", "as_json", is_flag=True, help="For programs: the steps, with the keys of `plan --json`.")
@click.pass_obj
def command(frame: Frame, as_json: bool) -> None:
    """Show the one next step of each application, the most urgent first."""
    outlook = look_ahead(frame, frame.book())
    upcoming = [
        step for application in outlook.book.applications if (step := next_step(outlook.of(application))) is not None
    ]
    upcoming.sort(key=lambda step: (step.start or datetime.max, step.application))
    if as_json:
        say_json([step_object(step, frame.zone) for step in upcoming])
        return
    if not upcoming:
        say("Nothing is waiting." if outlook.book.applications else "The book is empty. Start with: callplan add")
    for step in upcoming:
        say_fitted(Styled(step.application, bold=True), f": {sentence(step, frame.zone, frame.now)}")
        say_prose(step.why, indent="    ")
    unplaced = [step for step in outlook.steps if step.status is Status.UNPLACED]
    for step in unplaced:
        say(Styled(step.application, bold=True), f": {step.kind.value} has no time.")
        say_prose(step.why, indent="    ")
