"""The steps right after an interview: the interview itself, the notes, the thanks, the letters (parts 1 to 3.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from callplan.book.types import Application
from callplan.message import message
from callplan.plan.business_days import business_days_after
from callplan.plan.case import Case
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.timing import at, end_of_day, next_sensible
from callplan.plan.whom import interviewers

#: The deadline's event: it *ends* at the deadline.
_DEADLINE_MINUTES = 30

#: How long the post takes, counted for a hand-written letter (reference: 1 to 5 business days).
_POST_DAYS = 3


def courtesy_steps(case: Case) -> Iterator[Step]:
    """The interview and what courtesy asks for after it, whatever the answer will be."""
    yield _interview(case)
    withdrawn = case.decided is not None and case.decided.step == "withdrawn"
    if withdrawn:
        return
    yield _notes(case)
    if case.decided is None and not _overtaken(case):
        yield from _thanks(case)
        if case.history.settled is None:
            yield from _letters(case)
    else:
        yield from (step for step in (*_thanks(case), *_letters(case)) if step.status in (Status.DONE, Status.SKIPPED))


def _overtaken(case: Case) -> bool:
    """Whether the next round has been held: thanks for that one have taken the place of thanks for this one."""
    later = case.application.rounds[case.number :]
    return any(one.end <= case.world.now for one in later)


def _interview(case: Case) -> Step:
    one, now = case.one, case.world.now
    withdrawn = case.decided is not None and case.decided.step == "withdrawn" and case.decided.at < one.start
    if withdrawn or case.history.skipped(StepKind.INTERVIEW):
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
        "Notes are best {minutes} minutes after the interview, while you remember the words.",
        minutes=rules.notes_after_minutes,
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
    start = history.moved(StepKind.THANK_YOU) or end + timedelta(minutes=rules.thank_you_after_minutes)
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
        start, why = next_sensible(now, case.world.me), message("It is late, and still worth sending.") + " " + why
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


def by_hand(application: Application) -> bool:
    """Whether a hand-written letter suits them: a family firm that did not write to us electronically (3.2)."""
    return application.kind == "family" and application.invited_by not in ("email", "message")


def _letters(case: Case) -> Iterator[Step]:
    names = interviewers(case.application, case.one) or ("",)
    for name in names:
        yield _letter(case, name)


def _letter(case: Case, name: str) -> Step:
    rules, me, history = case.world.rules, case.world.me, case.history
    to = (name,) if name else ()
    end = one_end(case)
    met = end.astimezone(case.my_zone).date()
    decision, _, assumed_decision = case.decision_day()
    handwritten = by_hand(case.application)
    normal = business_days_after(met, 1 if handwritten else rules.letter_after_days, case.site_workdays)
    soon = business_days_after(met, 1, case.site_workdays)
    day = next((d for d in (normal, soon) if d < decision), met)
    start = history.moved(StepKind.LETTER, name) or max(at(day, 9, me), end + timedelta(hours=2))
    due = max(end_of_day(decision, case.my_zone), start)
    status = case.status(start, due)
    acts = [entry for entry in history.acts(StepKind.LETTER) if not entry.to or name in entry.to]
    if acts:
        status = Status.DONE
    elif history.skipped(StepKind.LETTER, name or None):
        status = Status.SKIPPED
    if handwritten:
        why = message("A hand-written letter is posted the next business day after the interview on {day}", day=met)
    elif day == normal:
        why = message(
            "A letter follows {days} business days after the interview on {day}", days=rules.letter_after_days, day=met
        )
    else:
        why = message("The letter has to arrive before they decide on {day}, so it goes out early", day=decision)
    why += message(", one to each interviewer.") if len(case.one.panel) > 1 else "."
    warning = None
    arrival = business_days_after(day, _POST_DAYS, case.site_workdays)
    if handwritten and arrival >= decision and not assumed_decision:
        warning = message("The post may take until {day}, after they decide: send an e-mail as well.", day=arrival)
    if status is Status.LATE:
        start, why = next_sensible(case.world.now, me), message("It is late, and still worth sending.") + " " + why
    return case.step(
        StepKind.LETTER,
        start,
        30,
        due,
        status,
        why,
        "3.1.b" if len(case.one.panel) > 1 else "3.1.0",
        to=to,
        assumed=case.one.end_assumed,
        whom=name,
        warning=warning,
    )
