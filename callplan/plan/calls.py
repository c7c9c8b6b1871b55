"""The call after the follow-up, and the second and last one (parts 4.1 and 4.5).

Calls are only *asked for* here (`CallWish`); `callplan.plan.cadence` gives out the slots over the whole book.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from callplan.book.types import Person
from callplan.message import Message, message
from callplan.plan.business_days import business_days_after, counted_day, first_business_day
from callplan.plan.case import Case
from callplan.plan.hours import CallingRule, Half, calling_rule, openings
from callplan.plan.step import Status, Step, StepKind, step_uid
from callplan.plan.timing import end_of_day, evening_before, next_waking
from callplan.plan.whom import Callee, NoCall, callee, country_of, workdays_of
from callplan.plan.world import Workdays

CALL_MINUTES = 15

#: The permitted calls of a round, in order.
CALLS = (StepKind.CALL, StepKind.SECOND_CALL)

ADVICE = {StepKind.CALL: "4.1.0", StepKind.SECOND_CALL: "4.5.0"}

#: A time somebody chose for a call stands until this long after it.
_STALE = timedelta(minutes=30)

#: After a failed try, nobody is called again sooner than this.
_PAUSE = timedelta(hours=1)

#: How long before its call a rehearsal still is one.
_REHEARSED_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class CallWish:
    """A call that wants a slot between the days `earliest` and `latest`, best on `target` (in the callee's zone).

    Not before `not_before`. `avoid` is the half of the day that was tried in vain; `fixed` a time that stands
    because the user or the callee chose it.
    """

    case: Case
    kind: StepKind
    callee: Callee
    rule: CallingRule
    earliest: date
    target: date
    latest: date
    not_before: datetime
    avoid: Half | None
    fixed: datetime | None
    late: bool
    tentative: bool
    assumed: bool
    why: Message
    due: datetime
    uid: str  # of the call's step


def can_rehearse(start: datetime, call: datetime) -> bool:
    """Whether what is said aloud then is a rehearsal of the call: it comes before it, and not weeks before."""
    return call - _REHEARSED_WITHIN <= start < call


class Calls:
    """The calls of one round: wishes for those ahead, steps for those made, refused or placed."""

    def __init__(self, case: Case) -> None:
        self.case = case
        found = callee(case.application, case.one, case.histories, case.world)
        self.callee: Callee | None = found if isinstance(found, Callee) else None
        self.no_call: NoCall | None = found if isinstance(found, NoCall) else None

    def first_call(self, follow_up: Step | None) -> CallWish | None:
        """The wish for the call after the follow-up; None when it is made, needless or impossible."""
        case, rules, history = self.case, self.case.world.rules, self.case.history
        whom = self._open(StepKind.CALL)
        if whom is None or history.calls:
            return None
        zone, workdays = ZoneInfo(whom.zone), self._workdays(whom.person)
        sent = history.follow_up
        if sent is not None:
            base = counted_day(sent.at, zone, workdays)
            counted = message("the follow-up e-mail of {day}", day=sent.at.date())
        elif follow_up is not None and follow_up.start is not None:
            base = counted_day(max(follow_up.start, case.world.now), zone, workdays)
            counted = message("the follow-up e-mail planned for {day}", day=base)
        else:
            return None
        earliest = business_days_after(base, rules.call_after_days, workdays)
        why = message(
            "{days} business days after {event}, if they stay silent", days=rules.call_after_days, event=counted
        )
        decision, named, assumed = case.decision_day()
        waited = business_days_after(decision, 1, workdays)
        if not assumed and waited > earliest:  # the e-mail went out early: nobody is asked before they have decided
            earliest, why = waited, message("the business day after {day}, {named}", day=decision, named=named)
        promise = history.promise
        if promise is not None and sent is not None:
            agreed = business_days_after(promise.day, rules.grace_days, workdays)
            if agreed > earliest:
                earliest = agreed
                why = _after(rules.grace_days, promise.day)
        latest = business_days_after(earliest, rules.call_within_days, workdays)
        days = (earliest, earliest, latest)
        return self._wish(whom, StepKind.CALL, days, tentative=sent is None, assumed=sent is None and assumed, why=why)

    def second_call(self, first: Step | None) -> CallWish | None:
        """The wish for the second and last call, counted from the call that happened, else from the planned one."""
        rules, history = self.case.world.rules, self.case.history
        whom = self._open(StepKind.SECOND_CALL)
        if whom is None or rules.max_calls < 2 or len(history.calls) > 1:
            return None
        zone, workdays = ZoneInfo(whom.zone), self._workdays(whom.person)
        made = history.calls[0] if history.calls else None
        if made is not None:
            called = made.at.astimezone(zone).date()
            counted = message("the call of {day}", day=called)
        elif first is not None and first.start is not None and first.in_calendar:
            called = first.start.astimezone(zone).date()
            counted = message("the call planned for {day}", day=called)
        else:
            return None
        earliest = called + timedelta(days=rules.second_call_min_days)
        target = called + timedelta(days=rules.second_call_target_days)
        latest = called + timedelta(days=rules.second_call_max_days)
        why = message(
            "{least} to {most} days after {event}, best after {best}, if they stay silent",
            least=rules.second_call_min_days,
            most=rules.second_call_max_days,
            best=rules.second_call_target_days,
            event=counted,
        )
        promise = history.promise
        if promise is not None and made is not None and promise.day >= called:
            earliest = target = business_days_after(promise.day, rules.grace_days, workdays)  # it wins over the week
            latest = max(latest, business_days_after(promise.day, rules.grace_days + rules.call_within_days, workdays))
            why = _after(rules.grace_days, promise.day)
        days = (earliest, target, latest)
        assumed = made is None and first is not None and first.assumed
        why += message("; it is the last one")
        return self._wish(whom, StepKind.SECOND_CALL, days, tentative=made is None, assumed=assumed, why=why)

    def _open(self, kind: StepKind) -> Callee | None:
        """Whom to call, if a call of this kind is still to be made."""
        skipped = self.case.history.skipped(kind) or self.case.history.skipped(StepKind.CALL)
        return self.callee if self.case.chasing and not skipped else None

    def _workdays(self, person: Person) -> Workdays:
        return workdays_of(person, self.case.application, self.case.world)

    def _rule(self, whom: Callee) -> CallingRule:
        country, _ = country_of(whom.person, self.case.application, self.case.world.number_countries)
        return calling_rule(whom.person, whom.zone, country, self._workdays(whom.person), self.case.world)

    def _wish(
        self,
        whom: Callee,
        kind: StepKind,
        days: tuple[date, date, date],
        *,
        tentative: bool,
        assumed: bool,
        why: Message,
    ) -> CallWish:
        """A wish for the days (earliest, target, latest), put off by what is in the way of them."""
        case, rules, history = self.case, self.case.world.rules, self.case.history
        earliest, target, latest = days
        zone, workdays, now = ZoneInfo(whom.zone), self._workdays(whom.person), self.case.world.now
        away = history.away_until
        if away is not None and not tentative and earliest <= away:
            earliest = first_business_day(away + timedelta(days=1), workdays)
            latest = max(latest, business_days_after(earliest, rules.call_within_days, workdays))
            why += message("; they are away until {day}", day=away)
        due = end_of_day(latest, zone)
        not_before, avoid, tried = now, None, message("")
        pending = kind is StepKind.CALL or bool(history.calls)
        if history.tries and pending:
            last = history.tries[-1].at.astimezone(zone)
            today_so_far = [t for t in history.tries if t.at.astimezone(zone).date() == last.date()]
            not_before = max(now, history.tries[-1].at + _PAUSE)
            if len(today_so_far) >= rules.tries_a_day:
                not_before = max(now, datetime.combine(last.date() + timedelta(days=1), time.min, zone))
            avoid = Half.EARLY if last.hour < 12 else Half.LATE
            tried = message("; not reached {count} of {tries} times", count=len(history.tries), tries=rules.tries)
            if len(history.tries) == rules.tries - 1:
                tried += message(", so this is the last try: leave a message if nobody answers")
        rule, today = self._rule(whom), now.astimezone(zone).date()
        late = today > latest or (
            today >= earliest and _is_over(rule, earliest, latest, not_before, again=avoid is not None)
        )
        if late:
            earliest, latest = today, business_days_after(today, rules.call_within_days, workdays)
            why = message("It is late, and still worth doing:") + " " + why
        why += tried
        fixed = self.chosen().get(kind)
        if fixed is not None and fixed + _STALE <= now:
            fixed = None
        if fixed is not None:
            theirs = fixed == history.call_back
            why = (message("They asked to be called then.") if theirs else message("You moved it here.")) + " " + why
        return CallWish(
            case=case,
            kind=kind,
            callee=whom,
            rule=rule,
            earliest=earliest,
            target=max(target, earliest),
            latest=latest,
            not_before=not_before,
            avoid=avoid,
            fixed=fixed,
            late=late,
            tentative=tentative,
            assumed=assumed,
            why=why,
            due=due,
            uid=step_uid(case.application.id, case.number, kind),
        )

    def chosen(self) -> dict[StepKind, datetime]:
        """The times that the user or the callee chose for the calls that are not made yet."""
        history = self.case.history
        times: dict[StepKind, datetime] = {}
        for kind in CALLS[len(history.calls) :]:
            # A time to call back is about the call whose turn it is.
            asked_for = history.call_back if kind is CALLS[len(history.calls)] else None
            moment = asked_for or history.moved(kind)
            if moment is not None:
                times[kind] = moment
        return times

    def made(self) -> list[Step]:
        """The calls that happened or were decided against, as done and skipped steps."""
        case, steps = self.case, []
        for kind, entry in zip(CALLS, case.history.calls, strict=False):
            why = message("Made.")
            if entry.outcome == "voicemail":
                why = message("A message was left; that counts as the call.")
            steps.append(
                self._step(kind, entry.at, entry.at, Status.DONE, why, **({"to": entry.to} if entry.to else {}))
            )
        for kind in CALLS[len(steps) :]:
            if case.history.skipped(kind):
                why = message("You decided against this call.")
                steps.append(self._step(kind, None, None, Status.SKIPPED, why))
        return steps

    def impossible(self) -> Step | None:
        """The next call as refused or unplaced, when there is nobody who can or may be called."""
        made = len(self.case.history.calls)
        if self.no_call is None or not self.case.chasing or made >= self.case.world.rules.max_calls:
            return None
        if any(self.case.history.skipped(kind) for kind in CALLS[: made + 1]):
            return None
        status = Status.REFUSED if self.no_call.refused else Status.UNPLACED
        return self._step(CALLS[made], None, None, status, self.no_call.reason + ".")

    def _step(
        self, kind: StepKind, start: datetime | None, due: datetime | None, status: Status, why: Message, **more: Any
    ) -> Step:
        whom = self.callee or self.no_call
        person = whom.person if whom else None
        more.setdefault("to", (person.name,) if person else ())
        return self.case.step(
            kind,
            start,
            CALL_MINUTES,
            due,
            status,
            why,
            ADVICE[kind],
            phone=person.phone if person else None,
            timezone=self.callee.zone if self.callee else None,
            **more,
        )

    def placed(self, wish: CallWish, start: datetime, warning: Message | None) -> Step:
        """The call of a wish that got a slot."""
        status = self.case.status(start, None, tentative=wish.tentative)
        if wish.late:
            status = Status.LATE
        return self._step(wish.kind, start, wish.due, status, wish.why + ".", assumed=wish.assumed, warning=warning)

    def unplaced(self, wish: CallWish, obstacle: Message) -> Step:
        """The call of a wish that got none, with what is in the way."""
        why = obstacle + " (" + wish.why + ".)"
        return self._step(wish.kind, None, wish.due, Status.UNPLACED, why, assumed=wish.assumed)

    def rehearsal(self, call: Step) -> Step | None:
        """The rehearsal on the evening before a call; none for a further try on the day of the last."""
        case, history = self.case, self.case.history
        if call.start is None or not call.in_calendar or case.world.now >= call.start:
            return None
        evening = evening_before(call.start, case.world.me)
        if history.tries and evening <= history.tries[-1].at:
            return None
        since = history.calls[-1].at if history.calls else None
        rehearsed = [e for e in history.entries if e.step == StepKind.REHEARSE and (since is None or e.at > since)]
        if (call.kind is StepKind.SECOND_CALL) is not bool(history.calls):
            rehearsed = []  # what is logged of a rehearsal is about that of the call whose turn it is
        moved = next((e.time for e in reversed(rehearsed) if e.outcome == "moved" and e.time), None)
        if moved is not None and not can_rehearse(moved, call.start):
            moved = None  # the call has been moved since
        start = moved or self._rehearsed_in_time(call.start, evening)
        if start is None:
            return None
        status = case.status(start, None, tentative=call.status is Status.TENTATIVE)
        if any(e.outcome not in ("moved", "skipped") for e in rehearsed):
            status = Status.DONE
        elif any(e.outcome == "skipped" for e in rehearsed):
            status = Status.SKIPPED
        day = call.start.date()
        why = message("The evening before the call on {day}, to say the script aloud a few times.", day=day)
        return case.step(
            StepKind.REHEARSE, start, 15, call.start, status, why, "4.2.0b", to=call.to, assumed=call.assumed,
            whom=call.kind.value,
        )  # fmt: skip

    def _rehearsed_in_time(self, call: datetime, evening: datetime) -> datetime | None:
        """The evening before the call; where the call was moved since, right after that, if there is time for it."""
        moves = [e.at for e in self.case.history.entries if e.step in CALLS and e.time == call and e.at > evening]
        if not moves:
            return evening
        start = next_waking(moves[-1], self.case.world.me)
        return start if start < call else None


def _is_over(rule: CallingRule, first: date, last: date, not_before: datetime, *, again: bool) -> bool:
    """Whether the last of the hours in which somebody may be called on these days has gone by, the evening before the
    days have. A quarter that is running is still good for a first try.
    """
    zone = ZoneInfo(rule.zone)
    ends = [
        datetime.combine(first + timedelta(days=number), opening.hours.end, zone)
        for number in range((last - first).days + 1)
        for opening in openings(rule, first + timedelta(days=number))
    ]
    quarter = timedelta(minutes=CALL_MINUTES)
    return bool(ends) and (max(ends) - quarter < not_before if again else max(ends) <= not_before)


def _after(days: int, promised: date) -> Message:
    named = message("the date they named")
    return message("{days} business days after {day}, {named}", days=days, day=promised, named=named)
