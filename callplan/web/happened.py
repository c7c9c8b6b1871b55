"""What a button of a page means for the log: its entry, whether good manners allow it, how it is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from callplan.book.read import read_application
from callplan.book.types import Application, LogEntry
from callplan.book.write import append_log
from callplan.errors import UsageError
from callplan.message import message
from callplan.plan.etiquette import check
from callplan.plan.history import round_of
from callplan.plan.step import Step, StepKind
from callplan.web.snapshot import Look
from callplan.where import Places
from callplan.words.clean import clean_lines
from callplan.words.dates import zone_of
from callplan.words.letters.ready import demand_ready

CALLS = frozenset({StepKind.CALL, StepKind.SECOND_CALL})

#: The buttons of a call: first those for one thumb, then the rest.
FIRST = ("reached", "no-answer", "busy", "voicemail")
OTHERS = (
    "gatekeeper",
    "bad-moment",
    "wrong-number",
    "asked-not-to-call",
    "offer",
    "invitation",
    "rejection",
    "skipped",
)

#: What was said on the phone besides: it is logged after the call that reached them.
_TOLD = frozenset({"offer", "invitation", "rejection"})

#: The button of every other step: what the log holds when it is done.
DONE = {
    StepKind.NOTES: ("notes", "done"),
    StepKind.THANK_YOU: ("thank-you", "sent"),
    StepKind.THANK_YOU_DEADLINE: ("thank-you", "sent"),
    StepKind.LETTER: ("letter", "sent"),
    StepKind.FOLLOW_UP: ("follow-up", "sent"),
    StepKind.REHEARSE: ("rehearse", "done"),
    StepKind.ANSWER: ("answer", "sent"),
    StepKind.REJECTION_REPLY: ("rejection-reply", "sent"),
    StepKind.REFLECT: ("reflect", "done"),
}


class MeanwhileError(UsageError):
    """The log has grown since the page was shown: a second tap, or another device."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button as the form sent it. `seen` is how many entries the log had when the page was shown."""

    outcome: str
    seen: int
    note: str = ""
    promised: date | None = None
    again: datetime | None = None  # naive: on the clock of the person called


def log_step(look: Look, step: Step, pressed: Pressed, places: Places, now: datetime) -> Application:
    """Log what happened with a step; gives the application as it now is.

    Raises `EtiquetteError` for what good manners forbid, `MeanwhileError`, `UsageError` for a button that there is
    not, and `RecordError` when the draft has gaps left or the file cannot be written.
    """
    path = places.book / f"{step.application}.toml"
    application = _unchanged(path, pressed.seen)
    entries = _entries(step, pressed, application, look, now)
    world = replace(look.world, now=now)
    plan = [one for one in look.steps if one.application == step.application]
    for entry in entries:
        check(application, world, entry.step, entry.outcome, step.round, entry.to, plan)
        demand_ready(places, application, entry)
    for entry in entries:
        application = append_log(path, entry, seen=application)
    return application


def take_back(name: str, count: int, seen: int, book: Path, now: datetime) -> tuple[Application, str]:
    """Take back the last `count` entries of an application's log; gives it as it now is, and the notes they held."""
    path = book / f"{name}.toml"
    application = _unchanged(path, seen)
    last = application.log[-count:] if 0 < count <= 2 else ()
    if not last or any(entry.outcome == "undone" for entry in last):
        raise UsageError(message("There is nothing to take back."))
    for entry in reversed(last):
        undone = LogEntry(at=now, step=entry.step, outcome="undone", round=round_of(application, entry))
        application = append_log(path, undone, seen=application)
    return application, "\n".join(entry.note for entry in last if entry.note)


def _unchanged(path: Path, seen: int) -> Application:
    application = read_application(path)
    if len(application.log) != seen:
        raise MeanwhileError(message("Something was logged since this page was shown."))
    return application


def _entries(step: Step, pressed: Pressed, application: Application, look: Look, now: datetime) -> Sequence[LogEntry]:
    at = now.astimezone(zone_of(look.timezone)).replace(microsecond=0)
    note = clean_lines(pressed.note)
    entry = LogEntry(at=at, step=step.kind.value, outcome=pressed.outcome, to=step.to, note=note)
    if round_of(application, entry) != step.round:
        entry = replace(entry, round=step.round)
    if step.kind not in CALLS:
        if pressed.outcome not in {"done", "skipped"} or step.kind not in DONE:
            raise UsageError(message("There is no such button."))
        name, outcome = DONE[step.kind]
        return [replace(entry, step=name, outcome=outcome if pressed.outcome == "done" else "skipped")]
    if pressed.outcome in _TOLD:
        told = replace(entry, step=pressed.outcome, outcome=None, to=(), by="phone", note="")
        return [replace(entry, outcome="reached", date=pressed.promised), told]
    if pressed.outcome not in FIRST + OTHERS:
        raise UsageError(message("There is no such button."))
    if pressed.outcome == "bad-moment" and pressed.again is not None:
        again = pressed.again.replace(tzinfo=zone_of(step.timezone))
        if again <= now:
            raise UsageError(message("The time to call again has passed already."))
        entry = replace(entry, time=again)
    if pressed.outcome in {"reached", "gatekeeper", "voicemail"}:
        entry = replace(entry, date=pressed.promised)
    return [entry]
