"""`callplan plan`: every step with its date, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click

from callplan.cli.frame import Frame, declare
from callplan.cli.language import told
from callplan.cli.naming import application_argument
from callplan.cli.outlook import (
    CALLS,
    Outlook,
    look_ahead,
    nothing_to_plan,
    status_of,
    their_time,
    until_when,
    when_of,
    whom_of,
)
from callplan.cli.table import print_table
from callplan.cli.terminal import Styled, say, say_fitted, say_json, say_notice, say_prose
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.upcoming import PENDING, is_missed_deadline

_EXAMPLES = """\
callplan plan
callplan plan nordlys --why
callplan plan --all
callplan plan --json
"""

_SHOWN = PENDING | {Status.UNPLACED, Status.REFUSED}


@declare("plan", _EXAMPLES)
@application_argument(required=False)
@click.option("--why", is_flag=True, help="Under each step, the rule and the date it comes from.")
@click.option("--all", "everything", is_flag=True, help="Also what is done or skipped.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="For programs: every step, done ones too; the keys are in docs/json.md.",
)
@click.pass_obj
def command(frame: Frame, name: str | None, why: bool, everything: bool, as_json: bool) -> None:
    """Show what to do and when, for the whole book or one application.

    Times are in your own time zone; a call to another one shows their clock too. A tentative step is needed only if
    they stay silent.
    """
    chosen = frame.find(name) if name else None
    outlook = look_ahead(frame, frame.book(whole=chosen is None))
    steps = outlook.of(chosen) if chosen else outlook.steps
    if as_json:
        say_json([step_object(step, frame.zone) for step in steps])
        return
    shown = [step for step in steps if everything or (step.status in _SHOWN and not is_missed_deadline(step))]
    if not shown:
        _say_nothing_to_do(frame, outlook, bool(steps))
        return
    if why:
        print_with_why(shown, frame.zone, frame.now, one=chosen is not None)
    else:
        _print_table(shown, frame.zone, frame.now, one=chosen is not None)
    if not frame.settings.me.timezone_known:
        say_notice(
            told(
                "Times are in {zone}, your computer's zone. Set timezone under [me] in config.toml to be sure."
            ).format(zone=frame.zone.key)
        )


def step_object(step: Step, zone: ZoneInfo) -> dict[str, Any]:
    """The step as in ``plan --json``: start and end in the step's zone, due in it too, ISO 8601 with offset."""
    there = ZoneInfo(step.timezone)

    def iso(moment: datetime | None) -> str | None:
        return moment.astimezone(there).isoformat() if moment is not None else None

    return {
        "application": step.application,
        "round": step.round,
        "step": step.kind.value,
        "to": list(step.to),
        "phone": step.phone,
        "start": iso(step.start),
        "end": iso(step.end),
        "due": iso(step.due),
        "timezone": step.timezone,
        "status": step.status.value,
        "assumed": step.assumed,
        "why": f"{step.why} {step.warning}" if step.warning else step.why,
        "advice": step.advice,
        "uid": step.uid,
    }


def print_with_why(steps: Sequence[Step], zone: ZoneInfo, now: datetime, one: bool) -> None:
    """Print each step as a block: when, what, status; whom; why with the number of the advice; a warning.

    `one`: all are of one application, so it is not named.
    """
    for step in steps:
        there = their_time(step, zone)
        say_fitted(
            Styled(when_of(step, zone, now), bold=True),
            f" ({there})" if there else "",
            f"  {told(step.kind.value)}  " if one else f"  {step.application}: {told(step.kind.value)}  ",
            status_of(step),
        )
        if step.to:
            say_prose(whom_of(step) + (f", {step.phone}" if step.phone else ""), indent="    ")
        say_prose(f"{told(step.why)} [{step.advice}]", indent="    ")
        telephone = _why_the_telephone(step)
        if telephone:
            say_prose(f"{telephone} [4.1.a]", indent="    ")
        until = until_when(step, zone, now)
        if until:
            say_prose(until, indent="    ")
        if step.warning:
            say_prose(told("Careful: {warning}").format(warning=told(step.warning)), indent="    ")
    _explain_star(steps)


def _why_the_telephone(step: Step) -> str:
    """Why they are rung at all, or what speaks against it where they are not; empty for every other step.

    The figure is Accountemps' (81 % of managers accept a call, if it is not repeated); that recruiters ask not to be
    rung stands in U.S. News, 2010.
    """
    if step.kind not in CALLS:
        return ""
    if step.status is Status.REFUSED:
        return told(
            "There are recruiters who ask in public not to be rung. Your e-mail does the asking; then this may rest."
        )
    if step.kind is StepKind.SECOND_CALL:
        return ""
    return told("The telephone is quickest, and four in five managers in a survey did not mind being rung once.")


def _print_table(steps: Sequence[Step], zone: ZoneInfo, now: datetime, one: bool) -> None:
    def whom(step: Step) -> str:
        parts = [] if one else [step.application]
        if step.to and step.kind is not StepKind.THANK_YOU_DEADLINE:
            parts.append(whom_of(step))
        there = their_time(step, zone)
        return ": ".join(parts) + (f" ({there})" if there else "")

    print_table(
        tuple(map(told, ("When", "What", "Whom", "Status"))),
        [(when_of(step, zone, now, brief=True), told(step.kind.value), whom(step), status_of(step)) for step in steps],
        wrapping=(2,),
    )
    for step in steps:
        if step.warning:
            text = f"{step.application}, {told(step.kind.value)}: {told(step.warning)}"
            say_prose(told("Careful: {warning}").format(warning=text), hanging="  ")
        if step.status in (Status.UNPLACED, Status.REFUSED):
            text = told("No {step} for {name}: {why}")
            why = told(step.why)
            say_prose(text.format(step=told(step.kind.value), name=step.application, why=why), hanging="  ")
    _explain_star(steps)


def _explain_star(steps: Sequence[Step]) -> None:
    if any(step.assumed for step in steps):
        say_prose(told("* leans on something nobody told you; --why says on what."))


def _say_nothing_to_do(frame: Frame, outlook: Outlook, some_done: bool) -> None:
    if outlook.book.faulty and not outlook.book.applications:
        say_prose(nothing_to_plan(outlook.book))
    elif not outlook.book.applications:
        say(told("The book is empty ({folder}).").format(folder=frame.places.book))
        say(told("Start with: callplan add"))
    elif some_done:
        say(told("Nothing is left to do. callplan plan --all shows what was."))
    else:
        say(told("Nothing is planned."))
