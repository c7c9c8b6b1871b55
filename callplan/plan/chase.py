"""What only silence makes necessary besides the calls: the one follow-up e-mail (3.3), and letting go (4.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from callplan.message import Message, joined, message
from callplan.plan.business_days import business_days_after, first_business_day
from callplan.plan.case import Case
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.timing import APART, at, end_of_day, next_office_hour, next_sensible, office_morning
from callplan.plan.whom import contacts, interviewers, workdays_of

#: What is sent before this hour there is read in the morning.
_MORNING = 6

#: What asks them how it stands, the last of it first.
_CONTACTS = (StepKind.SECOND_CALL, StepKind.CALL, StepKind.FOLLOW_UP)


def follow_up(case: Case) -> Step | None:
    """The one follow-up e-mail, or what became of it. None when an answer made it needless."""
    history, rules, me = case.history, case.world.rules, case.world.me
    addressee = next(iter(contacts(case.application, case.one)), None)
    to: tuple[str, ...] = (addressee.name,) if addressee else ()
    zone = case.zone_of(addressee)
    day, start, why = _follow_up_day(case, zone)
    due = end_of_day(
        business_days_after(day, rules.follow_up_within_days, workdays_of(addressee, case.application, case.world)),
        zone,
    )
    sent = history.follow_up
    if sent is not None:
        status, start = Status.DONE, sent.at
        to = sent.to or to
        why = message("The one follow-up e-mail was sent; there is no second one (3.5).")
    elif history.skipped(StepKind.FOLLOW_UP):
        status = Status.SKIPPED
    elif not case.chasing or history.calls:
        return None
    else:
        waiting = case.world.now <= end_of_day(case.decision_day()[0], zone)
        status = case.status(start, due, tentative=waiting)
        if status is Status.LATE:
            workdays = workdays_of(addressee, case.application, case.world)
            start = next_office_hour(_after_the_thanks(case), zone, workdays, me)
            why = message("It is late, and still worth sending.") + " " + why
        local = start.astimezone(zone)
        if local.hour < _MORNING:
            day = local.date()
            why += " " + message("Written in your evening, it lies there in the morning of {day}.", day=day)
    if not to:
        why += " " + message("Nobody to write to is on file: add a [[people]] entry.")
    return case.step(
        StepKind.FOLLOW_UP,
        start,
        30,
        due,
        status,
        why,
        "3.3.0",
        to=to,
        assumed=case.decision_day()[2] and sent is None,
    )


def _after_the_thanks(case: Case) -> datetime:
    """From when something late may be sent: after the thanks when they are late too, or it would be two at once."""
    everybody = interviewers(case.application, case.one)
    owing = case.history.remaining(StepKind.THANK_YOU, everybody)
    now = case.world.now
    return next_sensible(now, case.world.me) + timedelta(minutes=1) if owing else now


def _follow_up_day(case: Case, zone: ZoneInfo) -> tuple[date, datetime, Message]:
    """The day the follow-up is for, the moment it is planned at, and why."""
    rules, history = case.world.rules, case.history
    addressee = next(iter(contacts(case.application, case.one)), None)
    workdays = workdays_of(addressee, case.application, case.world)
    decision, named, assumed = case.decision_day()
    if assumed:
        day = first_business_day(decision, workdays)
        why = message(
            "They named no date, so {days} business days are given them after the interview on {day} (assumed).",
            days=rules.follow_up_after_days,
            day=case.one.start.astimezone(case.site_zone).date(),
        )
    else:
        day = business_days_after(decision, rules.grace_days, workdays)
        why = (
            message("{days} business days after {day}, {named}", days=rules.grace_days, day=decision, named=named) + "."
        )
    away = history.away_until
    if away is not None and day <= away and not history.calls:
        day = first_business_day(away + timedelta(days=1), workdays)
        why += " " + message("They are away until {day}.", day=away)
    moved = history.moved(StepKind.FOLLOW_UP)
    if moved is not None:
        return moved.astimezone(zone).date(), moved, message("You moved it here.") + " " + why
    written = [entry.at for step in (StepKind.THANK_YOU, StepKind.LETTER) for entry in history.acts(step)]
    if written:
        last = max(written).astimezone(zone).date()
        free = first_business_day(last + APART, workdays)
        if free > day:
            day = free
            why += " " + message("It leaves a day free after your message of {day}.", day=last)
    return day, office_morning(day, zone, case.world.me), why


def reflection(case: Case, steps: Sequence[Step]) -> Step | None:
    """The end of the chain: two weeks after the last permitted contact, ask whether this is still the job."""
    history, rules = case.history, case.world.rules
    last = _last_contact(steps)
    done, skipped = history.acts(StepKind.REFLECT), history.skipped(StepKind.REFLECT)
    if last is None or not (case.chasing or done or skipped):
        return None
    counted = last.astimezone(case.my_zone).date()
    day = counted + timedelta(days=rules.reflect_after_days)
    avoided: list[Message] = []
    promise = history.promise
    if promise is not None and promise.day >= day:
        day = promise.day + timedelta(days=1)
        avoided.append(message("It waits for {day}, the date they named.", day=promise.day))
    mine = case.world.workdays_of(case.world.me.country)
    if day in mine.holidays:
        holiday = message(mine.holidays[day])
        avoided.append(message("Not {day}, which is {holiday}.", day=day, holiday=holiday))
        day = first_business_day(day, mine)
    given_up = _given_up(case, steps)
    if given_up is not None and at(day, 10, case.world.me) < given_up:  # what was left out was the last contact so far
        day = given_up.astimezone(case.my_zone).date()
        avoided = [message("You left out the next contact on {day}.", day=day)]
        day += timedelta(days=1)
    moved = history.moved(StepKind.REFLECT)
    start = moved or at(day, 10, case.world.me)
    final = len(history.calls) >= rules.max_calls
    status = case.status(start, None, tentative=not final)
    status = Status.DONE if done else Status.SKIPPED if skipped else status
    why = message(
        "{days} days after the last contact that good manners allow, on {day}: is this still the right job for you? "
        "Look on.",
        days=rules.reflect_after_days,
        day=counted,
    )
    why = joined(" ", (why, *avoided) if moved is None else (message("You moved it here."), why))
    return case.step(StepKind.REFLECT, start, 20, None, status, why, "4.5.b1", assumed=case.decision_day()[2])


def _given_up(case: Case, steps: Sequence[Step]) -> datetime | None:
    """When the user last decided against the follow-up e-mail or a call."""
    left_out = {step.kind for step in steps if step.kind in _CONTACTS and step.status is Status.SKIPPED}
    skipped = [e.at for e in case.history.entries if e.step in left_out and e.outcome == "skipped"]
    return max(skipped, default=None)


def _last_contact(steps: Sequence[Step]) -> datetime | None:
    """When the last permitted contact is or was, as far as it is known."""
    for kind in _CONTACTS:
        for step in steps:
            moment = step.start or step.due
            if step.kind is kind and step.status is not Status.SKIPPED and moment is not None:
                return moment
    skipped = [step.start for step in steps if step.kind is StepKind.FOLLOW_UP and step.start]
    return skipped[0] if skipped else None
