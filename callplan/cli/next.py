"""`callplan next`: one thing first, then the next step of each of the others, on one screen."""

from __future__ import annotations

import shutil

import click

from callplan.cli.advice import what_to_type
from callplan.cli.frame import Frame, declare
from callplan.cli.language import counted, told
from callplan.cli.outlook import (
    Outlook,
    if_they_stay_silent,
    look_ahead,
    nothing_to_plan,
    sentence,
    until_when,
    was_due,
)
from callplan.cli.plan import step_object
from callplan.cli.terminal import Styled, say, say_fitted, say_heading, say_json, say_prose
from callplan.plan.step import Status, Step
from callplan.plan.upcoming import next_of_each, next_step

_EXAMPLES = """\
callplan next
callplan next --all
callplan next --json
"""

_LINES_OF_THE_FIRST = 10  # the first thing with its reason, the headings, and the prompt


@declare("next", _EXAMPLES)
@click.option("--all", "everything", is_flag=True, help="Every application, however long that is.")
@click.option("--json", "as_json", is_flag=True, help="For programs: the steps, with the keys of `plan --json`.")
@click.pass_obj
def command(frame: Frame, everything: bool, as_json: bool) -> None:
    """Show the one thing to do first, and below it the next step of every other application.

    One screen; --all shows the rest too.
    """
    outlook = look_ahead(frame, frame.book())
    upcoming = next_of_each(outlook.steps, frame.now)
    if as_json:
        say_json([step_object(step, frame.zone) for step in upcoming])
        return
    if not upcoming:
        say_prose(nothing_to_plan(outlook.book) if not outlook.book.applications else told("Nothing is waiting."))
    else:
        first = next_step(outlook.steps, frame.now) or upcoming[0]
        _tell_first(first, outlook, frame)
        rest = [step for step in upcoming if step.application != first.application]
        most = len(rest) if everything else max(3, shutil.get_terminal_size((80, 24)).lines - _LINES_OF_THE_FIRST)
        if rest:
            say_heading(told("After that"))
        for step in rest[:most]:
            say_fitted(Styled(step.application, bold=True), f": {sentence(step, frame.zone, frame.now)}")
        if len(rest) > most:
            say(counted("… and {count} more: --all", "… and {count} more: --all", len(rest) - most))
    for step in outlook.steps:
        if step.status is Status.UNPLACED:
            say_fitted(
                Styled(step.application, bold=True),
                ": ",
                told("{step} has no time.").format(step=told(step.kind.value)),
            )
            say_prose(told(step.why), indent="    ")


def _tell_first(step: Step, outlook: Outlook, frame: Frame) -> None:
    """The step with all that is needed to do it: whom, the number, until when, why, what comes next, what to type."""
    late = was_due(step, frame.zone, frame.now)
    say_fitted(Styled(step.application, bold=True), f": {sentence(step, frame.zone, frame.now)}{late}")
    if step.phone:
        say_prose(step.phone, indent="    ")
    say_prose(told(step.why), indent="    ")
    until = until_when(step, frame.zone, frame.now)
    if until and not late:
        say_prose(until, indent="    ")
    silence = if_they_stay_silent(step, outlook.steps, frame.zone, frame.now)
    if silence:
        say_prose(silence, indent="    ")
    if step.warning:
        say_prose(told("Careful: {warning}").format(warning=told(step.warning)), indent="    ")
    say_prose(what_to_type(step), indent="    ")
