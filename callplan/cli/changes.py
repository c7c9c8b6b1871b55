"""What an entry in the log did to the plan, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from callplan.book.types import Application
from callplan.cli.frame import Frame
from callplan.cli.language import told
from callplan.cli.outlook import Outlook, sentence, when_of
from callplan.cli.terminal import say, say_prose
from callplan.plan.stage import stage
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.upcoming import PENDING, next_step

#: What is left to do where an application ends.
_CLOSING = (StepKind.REJECTION_REPLY, StepKind.REFLECT)


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between two plans: a mark (``+ - > ! =``), the step and the sentence."""

    mark: str
    step: Step
    text: str


def changes(before: Sequence[Step], after: Sequence[Step], zone: ZoneInfo, now: datetime) -> list[Change]:
    """The differences between two plans of one application, in order of time, those in `after` last."""
    old = {step.uid: step for step in before}
    new = {step.uid: step for step in after}
    withdrawn = [
        Change("-", step, told("Off the plan: {step}.").format(step=sentence(step, zone, now)))
        for step in before
        if step.status in PENDING and (step.uid not in new or new[step.uid].status is Status.REFUSED)
    ]
    return withdrawn + [
        change for step in after if (change := _difference(old.get(step.uid), step, zone, now)) is not None
    ]


def _difference(old: Step | None, new: Step, zone: ZoneInfo, now: datetime) -> Change | None:
    was_pending = old is not None and old.status in PENDING
    if new.status in (Status.DONE, Status.SKIPPED):
        if old is not None and old.status is new.status and old.to == new.to:
            return None
        word = told("Done: {step}.") if new.status is Status.DONE else told("Skipped: {step}.")
        people = told(" to {names}").format(names=", ".join(new.to)) if new.to else ""
        return Change("=", new, word.format(step=told(new.kind.value) + people))
    if new.status is Status.UNPLACED:
        if old is not None and old.status is Status.UNPLACED:
            return None
        text = told("No time found: {step}.").format(step=sentence(new, zone, now))
        return Change("!", new, f"{text} {told(new.why)}")
    if new.status not in PENDING:
        return None
    if old is None or not was_pending:
        return Change("+", new, told("New: {step}.").format(step=sentence(new, zone, now)))
    if old.start != new.start:
        return Change(
            ">",
            new,
            told("Moved: {step} (was {before}).").format(step=sentence(new, zone, now), before=when_of(old, zone, now)),
        )
    if old.status is Status.TENTATIVE and new.status is not Status.TENTATIVE:
        return Change("!", new, told("Now certain: {step}.").format(step=sentence(new, zone, now)))
    if old.to != new.to and new.kind is not StepKind.THANK_YOU_DEADLINE:
        return Change(">", new, told("Still to do: {step}.").format(step=sentence(new, zone, now)))
    return None


def tell_changes(frame: Frame, before: Outlook, after: Outlook, application: Application) -> None:
    """Print what has changed in the plan of one application, and what is next in it."""
    old = [step for step in before.steps if step.application == application.name]
    new = after.of(application)
    for change in changes(old, new, frame.zone, frame.now):
        say_prose(f"{change.mark} {change.text}", indent="  ", hanging="    ")
        if change.mark in "+>" and change.step.warning:
            say_prose(told("Careful: {warning}").format(warning=told(change.step.warning)), indent="    ")
    upcoming = next_step(new, frame.now)
    if upcoming is not None:
        say_prose(told("Next: {sentence}.").format(sentence=sentence(upcoming, frame.zone, frame.now)))
        say_prose(told(upcoming.why), indent="      ")
    waiting = upcoming is None and stage(application, after.world) in ("they answered", "on hold")
    if waiting:
        say(told("Next: nothing, until you know a date."))
    elif upcoming is None:
        say(told("Next: nothing; this application needs no more from you."))
    if not waiting and (upcoming is None or upcoming.kind in _CLOSING):
        _tell_the_others(frame, after, application)
    say(told("callplan sync brings the calendar up to date."))


def _tell_the_others(frame: Frame, after: Outlook, application: Application) -> None:
    """Where one application ends the search goes on: what is next in another, or the next one to write (4.5.b2)."""
    elsewhere = next_step((step for step in after.steps if step.application != application.name), frame.now)
    if elsewhere is None:
        say_prose(told("No other application is open: a good moment to write the next one."))
        return
    what = sentence(elsewhere, frame.zone, frame.now)
    say_prose(told("Elsewhere it goes on: {name}, {step}.").format(name=elsewhere.application, step=what))
