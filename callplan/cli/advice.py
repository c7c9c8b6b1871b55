"""What to type for a step: the command that helps with it, and the one that says it is done."""

from __future__ import annotations

from callplan.cli.language import told
from callplan.plan.step import Step, StepKind

_WORDS = {
    StepKind.THANK_YOU: "thank-you sent",
    StepKind.THANK_YOU_DEADLINE: "thank-you sent",
    StepKind.LETTER: "letter sent",
    StepKind.FOLLOW_UP: "follow-up sent",
    StepKind.REHEARSE: "rehearse done",
    StepKind.ANSWER: "answer sent",
    StepKind.REJECTION_REPLY: "rejection-reply sent",
    StepKind.REFLECT: "reflect done",
}
_DRAFTED = {
    StepKind.THANK_YOU: "thank-you",
    StepKind.THANK_YOU_DEADLINE: "thank-you",
    StepKind.LETTER: "letter",
    StepKind.FOLLOW_UP: "follow-up",
    StepKind.ANSWER: "answer",
    StepKind.REJECTION_REPLY: "rejection-reply",
}


def what_to_type(step: Step) -> str:
    """``callplan draft nordlys thank-you, then callplan log nordlys thank-you sent``."""
    name = step.application
    if step.kind is StepKind.INTERVIEW:
        return told("{command} has what to ask before you leave").format(command=f"callplan card {name}")
    if step.kind is StepKind.NOTES:
        return f"callplan note {name}"
    if step.kind in (StepKind.CALL, StepKind.SECOND_CALL):
        helping = f"callplan script {name}"
        done = f"callplan log {name} reached"
    else:
        helping = _help(step, name)
        done = f"callplan log {name} {_WORDS[step.kind]}"
    return told("{command}, then {after}").format(command=helping, after=done) if helping else done


def _help(step: Step, name: str) -> str:
    if step.kind is StepKind.REHEARSE:
        return f"callplan {'practise' if _is_there('practise') else 'script'} {name}"
    kind = _DRAFTED.get(step.kind)
    return f"callplan draft {name} {kind}" if kind and _is_there("draft") else ""


def _is_there(command: str) -> bool:
    from callplan.cli import COMMANDS

    return command in COMMANDS
