"""Answering them: an offer or an invitation at once (4.4), a rejection politely and not in anger (4.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from callplan.book.types import LogEntry
from callplan.message import message
from callplan.plan.business_days import business_days_after
from callplan.plan.case import Case
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.timing import at, end_of_day, next_open_hour, next_sensible, next_waking
from callplan.plan.whom import contacts, workdays_of, zone_name

_ANSWERED = ("offer", "invitation")


def reply_steps(case: Case) -> Iterator[Step]:
    """What is owed to them in this round: an answer to the latest offer or invitation, a reply to a rejection."""
    entries = case.history.entries
    incoming = next((e for e in reversed(entries) if e.step in _ANSWERED), None)
    if incoming is not None and not _withdrawn(case):
        yield _answer(case, incoming)
    rejection = next((e for e in reversed(entries) if e.step == "rejection"), None)
    if rejection is not None and not _withdrawn(case):
        yield _rejection_reply(case, rejection)


def _withdrawn(case: Case) -> bool:
    return case.decided is not None and case.decided.step == "withdrawn"


def _answer(case: Case, incoming: LogEntry) -> Step:
    rules, me, history = case.world.rules, case.world.me, case.history
    person = next((p for p in contacts(case.application, case.one) if not incoming.to or p.name in incoming.to), None)
    channel = incoming.by or case.one.decision.channel
    by_phone = channel == "phone" and person is not None
    zone = zone_name(person, case.application, case.world, case.world.now) if by_phone and person else None
    workdays = workdays_of(person, case.application, case.world)

    def next_moment(after: datetime) -> datetime:
        return next_open_hour(after, ZoneInfo(zone), workdays, me) if zone else next_waking(after, me)

    start = history.moved(StepKind.ANSWER) or next_moment(incoming.at)
    due = incoming.at + timedelta(hours=rules.answer_hours)
    if due < start + timedelta(minutes=20):  # nobody is in the office before
        due = end_of_day(start.astimezone(case.my_zone).date(), case.my_zone)
    status = _standing(case, StepKind.ANSWER, incoming, start, due)
    made = message("They made an offer on {day}", day=incoming.at.date())
    if incoming.step == "invitation":
        made = message("They made an invitation on {day}", day=incoming.at.date())
    how = message(" by {channel}: answer the same way", channel=message(channel)) if channel else None
    why = made + (how or message(": answer the way they wrote"))
    why += message(", within {hours} hours.", hours=rules.answer_hours)
    if status is Status.LATE:
        start = next_moment(case.world.now)
        why = message("It is late; answer now.") + " " + why
    return case.step(
        StepKind.ANSWER,
        start,
        20,
        due,
        status,
        why,
        "4.4.b2" if channel == "phone" else "4.4.b1" if channel == "email" else "4.4.0",
        to=(person.name,) if person else (),
        phone=person.phone if by_phone and person else None,
        timezone=zone,
        whom=incoming.step,
    )


def _rejection_reply(case: Case, rejection: LogEntry) -> Step:
    rules, me, history = case.world.rules, case.world.me, case.history
    person = next((p for p in contacts(case.application, case.one) if not rejection.to or p.name in rejection.to), None)
    workdays = workdays_of(person, case.application, case.world)
    day = business_days_after(rejection.at.astimezone(case.my_zone).date(), 1, workdays)
    cooled = rejection.at + timedelta(hours=rules.rejection_after_hours)
    start = history.moved(StepKind.REJECTION_REPLY) or max(at(day, 9, me), next_waking(cooled, me))
    due = rejection.at + timedelta(hours=rules.rejection_hours)
    if due < start + timedelta(minutes=20):  # said before a weekend: the first business day is still in good time
        due = end_of_day(start.astimezone(case.my_zone).date(), case.my_zone)
    status = _standing(case, StepKind.REJECTION_REPLY, rejection, start, due)
    why = message(
        "They said no on {day}: thank them, ask what you could learn, stay interested.", day=rejection.at.date()
    )
    if status is Status.LATE:
        if case.world.now > due + timedelta(days=rules.rejection_days):
            status = Status.SKIPPED
        else:
            start = next_sensible(case.world.now, me)
            why = message("It is late, and still worth sending.") + " " + why
    to = (person.name,) if person else ()
    return case.step(StepKind.REJECTION_REPLY, start, 20, due, status, why, "4.6.0b", to=to)


def _standing(case: Case, kind: StepKind, incoming: LogEntry, start: datetime, due: datetime) -> Status:
    """The status of a reply: done or skipped by an entry after what it replies to."""
    after = [e for e in case.history.entries if e.step == kind and e.at >= incoming.at and e.outcome != "moved"]
    if after:
        return Status.SKIPPED if after[-1].outcome == "skipped" else Status.DONE
    return case.status(start, due)
