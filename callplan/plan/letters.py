"""The letters: one to each interviewer, some days after the interview and before they decide (parts 3.1 and 3.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from callplan.book.types import Application, LogEntry
from callplan.message import Message, message
from callplan.plan.business_days import business_days_after
from callplan.plan.case import Case
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.timing import at, end_of_day, next_sensible
from callplan.plan.whom import interviewers

#: How long the post takes, counted for a hand-written letter (reference: 1 to 5 business days).
_POST_DAYS = 3

_DAY = timedelta(days=1)


def by_hand(application: Application) -> bool:
    """Whether a hand-written letter suits them: a family firm that did not write to us electronically (3.2)."""
    return application.kind == "family" and application.invited_by not in ("email", "message")


def letters(case: Case, thanks: Step, follow_up: Step | None) -> Iterator[Step]:
    """The letters of this round. `thanks` is its thank-you, after which they come: nobody gets both on one day.

    Nor do they crowd the `follow_up`, which takes the place of those that are not written by then.
    """
    for name in interviewers(case.application, case.one) or ("",):
        yield _letter(case, name, thanks, follow_up)


@dataclass(frozen=True, slots=True)
class _Time:
    """When a letter is written: on `day`, of the user's; None where there is no room for one before `decision`.

    `put_off` is the date they named when the letter's time had passed already: it comes after that.
    """

    decision: date
    day: date | None
    start: datetime
    due: datetime
    put_off: date | None = None


def _letter(case: Case, name: str, thanks: Step, follow_up: Step | None) -> Step:
    me, history = case.world.me, case.history
    moved = history.moved(StepKind.LETTER, name)
    planned = _time(case, name, moved)
    thanked = _day_after_the_thanks(case, name, thanks)
    start, due, warning = planned.start, planned.due, None
    if thanked is not None and moved is None:
        start = max(start, at(thanked, 9, me))
    thanked_at = start
    if moved is None:
        start = _clear_of(follow_up, start, case)
    status = case.status(start, planned.due)
    if any(not entry.to or name in entry.to for entry in history.acts(StepKind.LETTER)):
        status = Status.DONE
    elif history.skipped(StepKind.LETTER, name or None):
        status = Status.SKIPPED
    why = _why(case, planned, late=status is Status.LATE)
    open_still = status not in (Status.DONE, Status.SKIPPED)
    if open_still and planned.day is None:
        status, start = Status.SKIPPED, planned.start
        why = message(
            "They decide on {day}, before there is time for a letter on another day than the thank-you: one message "
            "is enough.",
            day=planned.decision,
        )
    elif open_still and history.contacted is not None and not _chosen_since(case, name, history.contacted):
        status, start = Status.SKIPPED, planned.start
        asked = history.contacted
        day = asked.at.astimezone(case.my_zone).date()
        taken = message("The follow-up e-mail of {day} has taken its place", day=day)
        if asked.step != StepKind.FOLLOW_UP:
            taken = message("The call of {day} has taken its place", day=day)
        why = taken + message(": another message would be one too many.")
    elif status is Status.LATE:
        late = max(next_sensible(case.world.now, me), start)
        start = _clear_of(follow_up, late, case)
        why = message("It is late, and still worth sending.") + " " + why
    elif open_still:
        due = max(due, start)
        if thanked_at > planned.start:
            why += " " + message("It comes on another day than the thank-you.")
        if start > thanked_at:
            why += " " + message("It waits behind the follow-up e-mail, which takes its place.")
        warning = _too_slow(case, planned)
    return case.step(
        StepKind.LETTER,
        start,
        30,
        due,
        status,
        why,
        "3.1.b" if len(case.one.panel) > 1 else "3.1.0",
        to=(name,) if name else (),
        assumed=case.one.end_assumed,
        whom=name,
        warning=warning,
    )


def _met(case: Case) -> date:
    """The day of the interview, of the user's: its end is what counts."""
    return case.one.end.astimezone(UTC).astimezone(case.my_zone).date()


def _usual_day(case: Case) -> date:
    """The day of a letter where nothing is in its way."""
    days = 1 if by_hand(case.application) else case.world.rules.letter_after_days
    return business_days_after(_met(case), days, case.site_workdays)


def _time(case: Case, name: str, moved: datetime | None) -> _Time:
    """When the letter is written, as the days they meant to decide by were named one after the other.

    A date they name when its time has passed gives it a new one, and never one that has passed already.
    """
    asked = case.history.contacted
    found: _Time | None = None
    before: datetime | None = None  # its time by the decision date before, as if nothing had passed
    for named_at, decision in case.decisions:
        if found and named_at and asked is not None and found.due < asked.at < named_at:
            break  # the follow-up had taken its place
        day = _day(case, name, decision)
        start = moved or at(day or _met(case), 9, case.world.me)
        day = moved.astimezone(case.my_zone).date() if moved else day
        one = _Time(decision, day, start, max(end_of_day(decision, case.my_zone), start))
        if found and named_at and start < named_at:
            if start == before and named_at <= found.due:
                one = replace(one, start=found.start, due=max(one.due, found.start), put_off=found.put_off)
            else:
                again = next_sensible(named_at, case.world.me)
                one = replace(one, start=again, due=max(one.due, again), put_off=decision)
        found, before = one, start
    assert found is not None  # noqa: S101 - the first decision day is always there, if only assumed
    return found


def _day(case: Case, name: str, decision: date) -> date | None:
    """The day of the letter: the usual one, else the next business day after the thanks, before they decide."""
    thanked = _thanked(case, name)
    after = max(thanked, _met(case)) if thanked is not None and thanked <= decision else _met(case)
    soon = business_days_after(after, 1, case.site_workdays)
    return next((day for day in (max(_usual_day(case), soon), soon) if day < decision), None)


def _thanked(case: Case, name: str) -> date | None:
    """The day they were thanked, of the user's."""
    acts = [entry for entry in case.history.acts(StepKind.THANK_YOU) if not entry.to or not name or name in entry.to]
    return acts[-1].at.astimezone(case.my_zone).date() if acts else None


def _day_after_the_thanks(case: Case, name: str, thanks: Step) -> date | None:
    """The first day on which the letter is no second message of the day; None where nobody is to be thanked."""
    thanked = _thanked(case, name)
    owing = thanks.status not in (Status.DONE, Status.SKIPPED) and (not name or name in thanks.to)
    if owing and thanks.start is not None:  # what is due is sent today at the earliest
        thanked = max(thanks.start, case.world.now).astimezone(case.my_zone).date()
    return thanked + _DAY if thanked is not None else None


def _clear_of(follow_up: Step | None, start: datetime, case: Case) -> datetime:
    """`start`, or the day after the follow-up where it would be on its day or the day before.

    What is due is written today at the earliest.
    """
    if follow_up is None or follow_up.start is None or not follow_up.in_calendar:
        return start
    asked = follow_up.start.astimezone(case.my_zone).date()
    crowded = asked - _DAY <= max(start, case.world.now).astimezone(case.my_zone).date() <= asked
    return at(asked + _DAY, 9, case.world.me) if crowded else start


def _chosen_since(case: Case, name: str, asked: LogEntry) -> bool:
    """Whether the user gave the letter a time after they had asked: then it is meant."""
    return any(
        entry.step == StepKind.LETTER and entry.outcome == "moved" and entry.at > asked.at
        for entry in case.history.entries
        if not entry.to or name in entry.to
    )


def _why(case: Case, planned: _Time, late: bool) -> Message:
    met, days = _met(case), case.world.rules.letter_after_days
    if by_hand(case.application):
        why = message("A hand-written letter is posted the next business day after the interview on {day}", day=met)
    elif planned.day is None or planned.day >= _usual_day(case):
        why = message("A letter follows {days} business days after the interview on {day}", days=days, day=met)
    elif late:
        why = message("A letter goes out before they decide, here soon after the interview on {day}", day=met)
    else:
        day = planned.decision
        why = message("The letter has to arrive before they decide on {day}, so it goes out early", day=day)
    why += message(", one to each interviewer.") if len(case.one.panel) > 1 else "."
    if late:
        by = message("They meant to decide by {day}", day=planned.decision)
        if case.decision_day()[2]:
            by = message("They named no date, and would usually have decided by {day}", day=planned.decision)
        why += " " + by + message(", and no decision is known; once you have followed up, the letter is left out.")
    elif planned.put_off is not None:
        why += " " + message("Its day had passed when they named {day}, so it has a new one.", day=planned.put_off)
    return why


def _too_slow(case: Case, planned: _Time) -> Message | None:
    """A warning when the post does not bring it before they decide."""
    arrival = business_days_after(planned.day or _met(case), _POST_DAYS, case.site_workdays)
    if not by_hand(case.application) or arrival < planned.decision or case.decision_day()[2]:
        return None
    return message("The post may take until {day}, after they decide: send an e-mail as well.", day=arrival)
