"""The steps right after an interview: the interview itself, the notes, the thanks (parts 1 and 2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from callplan.message import message
from callplan.plan.case import Case
from callplan.plan.letters import letters
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.timing import end_of_day, next_sensible
from callplan.plan.whom import interviewers

#: The deadline's event: it *ends* at the deadline.
_DEADLINE_MINUTES = 30


def courtesy_steps(case: Case, asked: Sequence[Step]) -> Iterator[Step]:
    """The interview and what courtesy asks for after it, whatever the answer will be. Letters mind what is `asked`."""
    yield _interview(case)
    withdrawn = case.decided is not None and case.decided.step == "withdrawn"
    if withdrawn or case.cancelled:
        return
    yield _notes(case)
    thanks = tuple(_thanks(case))
    if case.decided is None and not _overtaken(case):
        yield from thanks
        if case.history.settled is None:
            yield from letters(case, thanks[0], asked)
    else:
        past = (*thanks, *letters(case, thanks[0], asked))
        yield from (step for step in past if step.status in (Status.DONE, Status.SKIPPED))


def _overtaken(case: Case) -> bool:
    """Whether the next round has been held: thanks for that one have taken the place of thanks for this one."""
    later = zip(case.application.rounds[case.number :], case.histories[case.number :], strict=True)
    return any(one.end <= case.world.now and not past.skipped(StepKind.INTERVIEW) for one, past in later)


def _interview(case: Case) -> Step:
    one, now = case.one, case.world.now
    withdrawn = case.decided is not None and case.decided.step == "withdrawn" and case.decided.at < one.start
    if withdrawn or case.cancelled:
        status = Status.SKIPPED
    else:
        status = Status.DONE if now >= one.end else Status.DUE if now >= one.start else Status.PLANNED
    why = message("The interview, as given.")
    if one.end_assumed:
        why = message("The interview, as given; its end is assumed to be an hour after its start.")
    step = case.step(
        StepKind.INTERVIEW,
        one.start,
        0,
        None,
        status,
        why,
        "1.1.a1",
        to=one.panel,
        assumed=one.end_assumed,
    )
    return replace(step, end=one.end.astimezone(case.my_zone))


def _notes(case: Case) -> Step:
    rules, now = case.world.rules, case.world.now
    end = one_end(case)
    start = case.history.moved(StepKind.NOTES) or end + timedelta(minutes=rules.notes_after_minutes)
    finish = start + timedelta(minutes=rules.notes_minutes)
    due = max(end_of_day(start.astimezone(case.my_zone).date(), case.my_zone), finish)
    status = case.status(start, due)
    written = bool(case.one.notes.topics or case.one.notes.valued or case.one.notes.questions)
    if written or case.history.acts(StepKind.NOTES):
        status = Status.DONE
    elif case.history.skipped(StepKind.NOTES):
        status = Status.SKIPPED
    why = message(
        "Notes are best {minutes} minutes after the interview on {day}, while you remember the words.",
        minutes=rules.notes_after_minutes,
        day=end.astimezone(case.my_zone).date(),
    )
    if status is Status.LATE:
        start = next_sensible(now, case.world.me)
        why = message("The notes are late; better late than never.") + " " + why
    return case.step(
        StepKind.NOTES, start, rules.notes_minutes, due, status, why, "2.2.0", assumed=case.one.end_assumed
    )


def one_end(case: Case) -> datetime:
    """The end of the interview, in UTC: what the 48 hours are counted from."""
    return case.one.end.astimezone(UTC)


def _thanks(case: Case) -> Iterator[Step]:
    rules, now, history = case.world.rules, case.world.now, case.history
    everybody = interviewers(case.application, case.one)
    left = history.remaining(StepKind.THANK_YOU, everybody)
    end = one_end(case)
    deadline = end + timedelta(hours=rules.thank_you_hours)
    moved = history.moved(StepKind.THANK_YOU)
    start = moved or end + timedelta(minutes=rules.thank_you_after_minutes)
    status = deadline_status = case.status(start, deadline)
    if now < deadline:
        deadline_status = Status.PLANNED
    if not left and (everybody or history.acts(StepKind.THANK_YOU) or history.skipped(StepKind.THANK_YOU)):
        status = deadline_status = Status.DONE if history.acts(StepKind.THANK_YOU) else Status.SKIPPED
    if history.skipped(StepKind.THANK_YOU_DEADLINE):
        deadline_status = Status.SKIPPED
    ended = end.astimezone(case.my_zone).date()
    why = message(
        "A thank-you goes out on your way home and at the latest {hours} hours after, counted from the interview's end "
        "on {day}.",
        hours=rules.thank_you_hours,
        day=ended,
    )
    if status is Status.LATE:
        start = moved if moved is not None and moved > now else next_sensible(now, case.world.me)
        why = message("It is late, and still worth sending.") + " " + why
    done_by = everybody if status in (Status.DONE, Status.SKIPPED) else left
    assumed = case.one.end_assumed
    yield case.step(
        StepKind.THANK_YOU, start, rules.thank_you_minutes, deadline, status, why, "2.1.a1", to=done_by, assumed=assumed
    )
    yield case.step(
        StepKind.THANK_YOU_DEADLINE,
        deadline - timedelta(minutes=_DEADLINE_MINUTES),
        _DEADLINE_MINUTES,
        deadline,
        deadline_status,
        message(
            "{hours} hours, counted from the interview's end on {day}: the latest moment for the thank-you.",
            hours=rules.thank_you_hours,
            day=ended,
        ),
        "2.1.a3",
        to=done_by,
        assumed=assumed,
    )
