"""`callplan script`: what to say in the next call."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from callplan.book.types import Application
from callplan.cli.frame import Frame, declare
from callplan.cli.naming import application_argument
from callplan.cli.outlook import CALLS, PENDING, Outlook, look_ahead
from callplan.cli.terminal import WIDEST, say_json, say_text, width
from callplan.errors import EtiquetteError, UsageError
from callplan.plan.step import Status, Step, StepKind

if TYPE_CHECKING:
    from callplan.words.script import Script

_EXAMPLES = """\
callplan script nordlys
callplan script nordlys --second
callplan script nordlys --voicemail
"""


@declare("script", _EXAMPLES)
@application_argument()
@click.option("--second", is_flag=True, help="The second call's, even while the first has not been made.")
@click.option("--voicemail", is_flag=True, help="Only what to say after the beep.")
@click.option("--json", "as_json", is_flag=True, help="For programs: the script's sections, gaps and lengths.")
@click.pass_obj
def command(frame: Frame, name: str, second: bool, voicemail: bool, as_json: bool) -> None:
    """Print the script of the next call: who, when on both clocks, what to say, and what to say if.

    It holds what you have written down and nothing else; what is missing is shown as a gap that says how to fill it.
    """
    from callplan.words.script import as_dict, as_text, call_script

    application = frame.find(name)
    outlook = look_ahead(frame, frame.book(whole=False))
    step = _call_of(application, outlook, second)
    script = call_script(application, step, frame.settings, frame.now)
    if voicemail:
        script = _only_voicemail(script)
    if as_json:
        say_json(as_dict(script))
    else:
        say_text(as_text(script, min(width(), WIDEST)).rstrip())


def _call_of(application: Application, outlook: Outlook, second: bool) -> Step:
    """The call the script is for: the next one ahead, one without a time if there is no other. Raises if none is."""
    kinds = {StepKind.SECOND_CALL} if second else CALLS
    calls = [step for step in outlook.of(application) if step.kind in kinds]
    for step in calls:
        if step.status in PENDING:
            return step
    for step in calls:
        if step.status is Status.UNPLACED:
            return step
    refused = next((step for step in calls if step.status is Status.REFUSED), None)
    if refused is not None:
        raise EtiquetteError(f"{application.company}: {refused.why}")
    which = "second call" if second else "call"
    raise UsageError(
        f"No {which} is planned for {application.name}. callplan show {application.name} says where it stands."
    )


def _only_voicemail(script: Script) -> Script:
    spoken = tuple(section for section in script.sections if section.id == "voicemail")
    return replace(
        script,
        sections=spoken,
        words=sum(section.words for section in spoken),
        seconds=sum(section.seconds for section in spoken),
    )
