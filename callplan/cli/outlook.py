"""The plan as the commands see it: the book, the world it was made against, the steps, and how to speak of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from callplan.book.folder import Book
from callplan.book.types import Application
from callplan.cli import when
from callplan.cli.frame import Frame
from callplan.cli.language import told
from callplan.cli.terminal import Styled, say_notice
from callplan.plan.cadence import make_plan
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.timing import is_end_of_day
from callplan.plan.upcoming import PENDING
from callplan.plan.world import World
from callplan.sync.world import gather, notes

CALLS = frozenset({StepKind.CALL, StepKind.SECOND_CALL})

#: A step in a sentence.
TITLES = {
    StepKind.INTERVIEW: "interview",
    StepKind.NOTES: "notes on the interview",
    StepKind.THANK_YOU: "thank-you e-mail",
    StepKind.THANK_YOU_DEADLINE: "last hour for the thanks",
    StepKind.LETTER: "letter",
    StepKind.FOLLOW_UP: "follow-up e-mail",
    StepKind.REHEARSE: "rehearsal of the call",
    StepKind.CALL: "status call",
    StepKind.SECOND_CALL: "second call",
    StepKind.ANSWER: "your answer",
    StepKind.REJECTION_REPLY: "rejection reply",
    StepKind.REFLECT: "looking back: is this job still right for you?",
}

_COLOURS = {Status.LATE: "red", Status.DUE: "yellow", Status.UNPLACED: "red", Status.DONE: "green"}


@dataclass(frozen=True, slots=True)
class Outlook:
    """A book, the world around it and the plan for both."""

    book: Book
    world: World
    steps: tuple[Step, ...]

    def of(self, application: Application) -> tuple[Step, ...]:
        """The application's own steps, by start."""
        return tuple(step for step in self.steps if step.application == application.name)

    def application(self, step: Step) -> Application:
        """The application a step belongs to."""
        return next(one for one in self.book.applications if one.name == step.application)


def look_ahead(frame: Frame, book: Book, *, notices: bool = True) -> Outlook:
    """Plan the whole book: calls of different applications must not collide, so none is planned alone.

    Without `notices` what is not known of the world is not told: a command that changes the record tells it afterwards.
    """
    world = gather(book, frame.settings, frame.places, frame.now)
    for text in notes(world) if notices else ():
        say_notice(text)
    return Outlook(book, world, tuple(make_plan(book.applications, world)))


def nothing_to_plan(book: Book) -> str:
    """Why there is nothing to plan in a book without a readable application, and what to do about it."""
    if book.faulty:
        return told("No file of the book can be read. What is wrong stands below; callplan edit NAME opens a file.")
    return told("The book is empty. Start with: callplan add")


def when_of(step: Step, zone: ZoneInfo, now: datetime, brief: bool = False) -> str:
    """When the step is, in the user's zone: ``Wed 2 Dec 08:30``; "no time" where it has none.

    An interview is given with its end, unless `brief`.
    """
    if step.start is None:
        return told("no time")
    start = step.start.astimezone(zone)
    if step.kind is StepKind.THANK_YOU_DEADLINE and step.end is not None:
        return told("by {time}").format(time=when.span(step.end.astimezone(zone), None, now.astimezone(zone).date()))
    end = step.end.astimezone(zone) if step.end and step.kind is StepKind.INTERVIEW and not brief else None
    return when.span(start, end, now.astimezone(zone).date())


def their_time(step: Step, zone: ZoneInfo) -> str:
    """``02:30 in New York`` for a call to another zone than the user's; empty where the clocks agree."""
    if step.kind not in CALLS or step.start is None:
        return ""
    ours, theirs = step.start.astimezone(zone), step.start.astimezone(ZoneInfo(step.timezone))
    if ours.utcoffset() == theirs.utcoffset():
        return ""
    other_day = "" if ours.date() == theirs.date() else f"{when.day(theirs.date(), theirs.date())} "
    return told("{time} in {place}").format(time=other_day + when.clock(theirs), place=when.place_name(step.timezone))


def status_of(step: Step) -> Styled:
    """The step's status as a cell, starred when assumed: the word says all, the colour only repeats it."""
    text = told(step.status.value) + ("*" if step.assumed else "")
    return Styled(text, _COLOURS.get(step.status), dim=step.status in (Status.TENTATIVE, Status.SKIPPED))


def whom_of(step: Step) -> str:
    """The people a step is for, in one line."""
    return ", ".join(step.to)


def sentence(step: Step, zone: ZoneInfo, now: datetime) -> str:
    """``status call to Mette Holm on Wed 2 Dec 08:30 (02:30 in New York)``."""
    text = told(TITLES[step.kind])
    people = whom_of(step)
    if people and step.kind not in (StepKind.NOTES, StepKind.REHEARSE, StepKind.REFLECT, StepKind.THANK_YOU_DEADLINE):
        joined = told(" with {names}") if step.kind is StepKind.INTERVIEW else told(" to {names}")
        text += joined.format(names=people)
    if step.start is None:
        return told("{step}: no time found").format(step=text)
    text += f", {when_of(step, zone, now)}"
    there = their_time(step, zone)
    return f"{text} ({there})" if there else text


#: What only silence makes necessary, in the order of the advice.
_AFTER_SILENCE = (StepKind.FOLLOW_UP, StepKind.CALL, StepKind.SECOND_CALL, StepKind.REFLECT)


def until_when(step: Step, zone: ZoneInfo, now: datetime) -> str:
    """``Until Mon 7 Dec.``: the latest time of a step that is still open; empty where it has none of its own."""
    if step.due is None or step.status not in PENDING or step.kind is StepKind.THANK_YOU_DEADLINE:
        return ""
    text = _latest(step, step.due, zone, now)
    return (
        told("It should have been done by {day}.").format(day=text)
        if step.due < now
        else told("Until {day}.").format(day=text)
    )


def was_due(step: Step, zone: ZoneInfo, now: datetime) -> str:
    """`` (was due Tue 24 Nov)`` for a late step: the time beside it is still to come. Empty for every other."""
    if step.status is not Status.LATE or step.due is None:
        return ""
    return " " + told("(was due {day})").format(day=_latest(step, step.due, zone, now))


def _latest(step: Step, due: datetime, zone: ZoneInfo, now: datetime) -> str:
    theirs, today = ZoneInfo(step.timezone), now.astimezone(zone).date()
    if is_end_of_day(due, theirs):
        return when.day(due.astimezone(theirs).date(), today)
    return when.span(due.astimezone(zone), None, today)


def if_they_stay_silent(step: Step, steps: Iterable[Step], zone: ZoneInfo, now: datetime) -> str:
    """What comes after this step when nobody answers: ``If they stay silent: status call to …``; else empty."""
    following = [
        one
        for one in steps
        if one.application == step.application
        and one.round == step.round
        and one.kind in _AFTER_SILENCE
        and one.status in PENDING
        and one.uid != step.uid
        and one.start is not None
        and (step.start is None or one.start > step.start)
    ]
    if not following or step.kind in (StepKind.ANSWER, StepKind.REJECTION_REPLY, StepKind.REFLECT):
        return ""
    then = min(following, key=lambda one: one.start or datetime.max)
    return told("If they stay silent: {step}.").format(step=sentence(then, zone, now))
