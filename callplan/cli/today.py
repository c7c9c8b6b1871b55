"""Plain `callplan`, or `callplan today`: what is due, on one screen."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

import click

from callplan.cli import when
from callplan.cli.advice import what_to_type
from callplan.cli.frame import Frame, declare
from callplan.cli.language import counted, told
from callplan.cli.outlook import Outlook, look_ahead, nothing_to_plan, sentence, was_due
from callplan.cli.terminal import Styled, say, say_fitted, say_json, say_prose
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.upcoming import due, next_step

_EXAMPLES = """\
callplan today
callplan today --json
callplan
"""

_AHEAD = (Status.PLANNED, Status.TENTATIVE)
_LINES_FOR_THE_REST = 8  # headings, what comes after, and the prompt


@declare("today", _EXAMPLES)
@click.option("--json", "as_json", is_flag=True, help="For programs: the steps of now and today, as `plan --json`.")
@click.pass_obj
def command(frame: Frame, as_json: bool) -> None:
    """Show what is due now and what comes later today; plain callplan does the same."""
    outlook = look_ahead(frame, frame.book())
    now, later = due(outlook.steps, frame.now), later_today(outlook, frame)
    if as_json:
        from callplan.cli.plan import step_object

        say_json([step_object(step, frame.zone) for step in (*now, *later)])
        return
    local = frame.now.astimezone(frame.zone)
    say(Styled(f"{when.day(local.date(), local.date())} {when.clock(local)}", bold=True))
    if not outlook.book.applications:
        say_prose(nothing_to_plan(outlook.book))
        return
    room = max(4, shutil.get_terminal_size((80, 24)).lines - _LINES_FOR_THE_REST)
    if now:
        _list(told("Now"), now, room // 2 + 1, frame, with_commands=True)
    if later:
        _list(told("Later today"), later, max(2, room - 2 * min(len(now), room // 2 + 1)), frame)
    if not now:
        say(told("Nothing is due now."))
    upcoming = next_step(outlook.steps, frame.now)
    if upcoming is None:
        say(told("Nothing is waiting."))
    elif upcoming not in now[:1]:
        _tell_next(upcoming, frame)


def later_today(outlook: Outlook, frame: Frame) -> list[Step]:
    """The steps still to come on the user's own day."""
    today = frame.now.astimezone(frame.zone).date()
    return [
        step
        for step in outlook.steps
        if step.status in _AHEAD
        and step.start is not None
        and step.kind is not StepKind.THANK_YOU_DEADLINE
        and step.start.astimezone(frame.zone).date() == today
    ]


def _list(heading: str, steps: Sequence[Step], most: int, frame: Frame, with_commands: bool = False) -> None:
    say(Styled(heading, bold=True))
    for step in steps[:most]:
        late = was_due(step, frame.zone, frame.now)
        say_fitted(
            "  ",
            Styled(step.application, bold=True),
            f": {sentence(step, frame.zone, frame.now)}{late}",
            hanging="      ",
        )
        if with_commands:
            say_prose(what_to_type(step), indent="      ")
    if len(steps) > most:
        say("  " + counted("… and {count} more: callplan plan", "… and {count} more: callplan plan", len(steps) - most))


def _tell_next(upcoming: Step, frame: Frame) -> None:
    text = f"{upcoming.application}: {sentence(upcoming, frame.zone, frame.now)}"
    say_prose(told("Next: {sentence}.").format(sentence=text))
    say_prose(told("callplan next has more; callplan plan has it all."))
