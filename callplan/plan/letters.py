"""The letters: one to each interviewer, some days after the interview and before they decide (parts 3.1 and 3.2)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from callplan.book.types import Application
from callplan.message import Message, joined, message
from callplan.plan.business_days import business_days_after, first_business_day
from callplan.plan.case import Case
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.timing import APART, at, end_of_day, next_sensible
from callplan.plan.whom import interviewers, workdays_of
from callplan.plan.world import Workdays

#: How long the post takes, counted for a hand-written letter (reference: 1 to 5 business days).
_POST_DAYS = 3

_DAY = timedelta(days=1)


def by_hand(application: Application) -> bool:
    """Whether a hand-written letter suits them: a family firm that did not write to us electronically (3.2)."""
    return application.kind == "family" and application.invited_by not in ("email", "message")


def letters(case: Case, thanks: Step, asked: Sequence[Step]) -> Iterator[Step]:
    """The letters of this round. `thanks` is its thank-you, after which they come: nobody gets both on one day.

    Nor do they crowd what asks how it stands, `asked`: the follow-up e-mail and the calls, as they are planned.
    """
    for name in interviewers(case.application, case.one) or ("",):
        yield _letter(case, name, thanks, asked)


@dataclass(frozen=True, slots=True)
class _Time:
    """When a letter is written: on `day`, of the user's; `in_time` where that is not after `decision`.

    `put_off` is the date they named when the letter's time had passed already: it comes after that.
    """

    decision: date
    day: date
    in_time: bool
    start: datetime
    due: datetime
    put_off: date | None = None


def _letter(case: Case, name: str, thanks: Step, asked: Sequence[Step]) -> Step:
    me, history, now = case.world.me, case.history, case.world.now
    moved = history.moved(StepKind.LETTER, name)
    planned = _time(case, name, moved)
    start, due, warning = planned.start, planned.due, None
    late = now > planned.due
    why = _why(case, name, planned, late=late)
    if any(not entry.to or name in entry.to for entry in history.acts(StepKind.LETTER)):
        status = Status.DONE
    elif history.skipped(StepKind.LETTER, name or None):
        status = Status.SKIPPED
    else:
        if late:
            start = max(next_sensible(now, me), start)
            why = message("It is late, and still worth sending.") + " " + why
        if late or moved is None:
            start, reasons = _with_room(case, name, start, thanks, asked, late=late)
            why = joined(" ", (why, *reasons))
        status = case.status(start, planned.due)
        if not late:
            due = max(due, start)
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
        assumed=case.one.end_assumed or case.decision_day()[2],
        whom=name,
        warning=warning,
    )


def _workdays(case: Case, name: str) -> Workdays:
    """The working days of whoever gets it."""
    return workdays_of(case.application.person(name), case.application, case.world)


def _met(case: Case) -> date:
    """The day of the interview, of the user's: its end is what counts."""
    return case.one.end.astimezone(UTC).astimezone(case.my_zone).date()


def _usual_day(case: Case, name: str) -> date:
    """The day of a letter where nothing is in its way."""
    days = 1 if by_hand(case.application) else case.world.rules.letter_after_days
    return business_days_after(_met(case), days, _workdays(case, name))


def _time(case: Case, name: str, moved: datetime | None) -> _Time:
    """When the letter is written, as the days they meant to decide by were named one after the other.

    A date they name when its time has passed gives it a new one, and never one that has passed already.
    """
    found: _Time | None = None
    before: datetime | None = None  # its time by the decision date before, as if nothing had passed
    for named_at, decision in case.decisions:
        day = moved.astimezone(case.my_zone).date() if moved else _day(case, name, decision)
        start = moved or at(day, 9, case.world.me)
        due = end_of_day(decision, case.my_zone)
        one = _Time(decision, day, day <= decision, start, max(due, start) if moved else due)
        if found and named_at and start < named_at:
            if start == before and named_at <= found.due:
                one = replace(one, start=found.start, due=max(one.due, found.start), put_off=found.put_off)
            else:
                again = next_sensible(named_at, case.world.me)
                one = replace(one, start=again, due=max(one.due, again), put_off=decision)
        found, before = one, start
    assert found is not None  # noqa: S101 - the first decision day is always there, if only assumed
    return found


def _day(case: Case, name: str, decision: date) -> date:
    """The usual day before they decide, else the first business day after the interview and the thanks."""
    thanked = _thanked(case, name)
    after = max(thanked, _met(case)) if thanked is not None and thanked <= decision else _met(case)
    soon = business_days_after(after, 1, _workdays(case, name))
    usual = max(_usual_day(case, name), soon)
    return usual if usual < decision else soon


def _thanked(case: Case, name: str) -> date | None:
    """The day they were thanked, of the user's."""
    acts = [entry for entry in case.history.acts(StepKind.THANK_YOU) if not entry.to or not name or name in entry.to]
    return acts[-1].at.astimezone(case.my_zone).date() if acts else None


def _day_of_the_thanks(case: Case, name: str, thanks: Step) -> date | None:
    """The day they are thanked, or were; None where nobody is to be thanked."""
    owing = thanks.status not in (Status.DONE, Status.SKIPPED) and (not name or name in thanks.to)
    if owing and thanks.start is not None:  # what is due is sent today at the earliest
        return max(thanks.start, case.world.now).astimezone(case.my_zone).date()
    return _thanked(case, name)


def _with_room(
    case: Case, name: str, start: datetime, thanks: Step, asked: Sequence[Step], *, late: bool
) -> tuple[datetime, list[Message]]:
    """`start`, or the first business day after it with room for one more message to them; and what was in the way.

    A letter in its time goes out on the day after the thanks, a late one with a day free between, as everything else.
    """
    zone, workdays = case.my_zone, _workdays(case, name)
    today = case.world.now.astimezone(zone).date()
    day = wanted = start.astimezone(zone).date()
    reasons: list[Message] = []
    thanked = _day_of_the_thanks(case, name, thanks)
    if thanked is not None and day < thanked + (APART if late else _DAY):
        day = thanked + (APART if late else _DAY)
        reasons.append(message("It comes on another day than the thank-you."))
    history = case.history
    past = [entry.at for entry in (history.follow_up, *history.calls, *history.tries) if entry is not None]
    if past and day < max(past).astimezone(zone).date() + APART:
        last = max(past).astimezone(zone).date()
        day = last + APART
        about = message("It leaves a day free after your call of {day}.", day=last)
        if history.follow_up is not None and history.follow_up.at == max(past):
            about = message("It leaves a day free after your message of {day}.", day=last)
        reasons.append(about)
    day = first_business_day(day, workdays)
    # What is due is done today at the earliest, this letter too.
    ahead = {max(one.start, case.world.now).astimezone(zone).date() for one in asked if one.start and one.in_calendar}
    free = first_business_day(max(day, today), workdays)
    if _crowds(free, ahead):
        while _crowds(free, ahead):
            free = first_business_day(free + _DAY, workdays)
        day = free
        reasons.append(message("It keeps a day free before and after the follow-up e-mail and the calls."))
    return (start if day == wanted else at(day, 9, case.world.me)), reasons


def _crowds(day: date, others: Collection[date]) -> bool:
    """Whether something on `day` would be the same day as one of these, or the next to it."""
    return any(abs(day - other) < APART for other in others)


def _why(case: Case, name: str, planned: _Time, *, late: bool) -> Message:
    met, days = _met(case), case.world.rules.letter_after_days
    if by_hand(case.application):
        why = message("A hand-written letter is posted the next business day after the interview on {day}", day=met)
    elif planned.day >= _usual_day(case, name):
        why = message("A letter follows {days} business days after the interview on {day}", days=days, day=met)
    elif late:
        why = message("A letter goes out before they decide, here soon after the interview on {day}", day=met)
    elif planned.day == planned.decision:
        why = message("They decide on {day}, so the letter goes out on that very day", day=planned.decision)
    elif planned.in_time:
        day = planned.decision
        why = message("The letter has to arrive before they decide on {day}, so it goes out early", day=day)
    else:
        why = message(
            "They decide on {day}, before there is a business day for a letter, so it goes out on the first one after",
            day=planned.decision,
        )
    why += message(", one to each interviewer.") if len(case.one.panel) > 1 else "."
    if late:
        by = message("They meant to decide by {day}", day=planned.decision)
        if case.decision_day()[2]:
            by = message("They named no date, and would usually have decided by {day}", day=planned.decision)
        why += " " + by + message(", and no decision is known; skip it if you would rather send none.")
    elif planned.put_off is not None:
        why += " " + message("Its day had passed when they named {day}, so it has a new one.", day=planned.put_off)
    return why


def _too_slow(case: Case, planned: _Time) -> Message | None:
    """A warning when the post does not bring it before they decide."""
    arrival = business_days_after(planned.day, _POST_DAYS, case.site_workdays)
    if not by_hand(case.application) or arrival < planned.decision or case.decision_day()[2]:
        return None
    return message("The post may take until {day}, after they decide: send an e-mail as well.", day=arrival)
