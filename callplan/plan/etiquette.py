"""Good manners, enforced: one follow-up e-mail a round, two calls, nobody called who asked not to be, then stop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from callplan.book.types import Application
from callplan.errors import EtiquetteError
from callplan.message import Message, joined, message
from callplan.plan.calls import CALLS, Calls
from callplan.plan.case import Case
from callplan.plan.history import REMARKS, histories
from callplan.plan.step import Status, Step, StepKind
from callplan.plan.whom import interviewers
from callplan.plan.world import World

#: What can be the next thing that is still allowed, when something is not.
_ALLOWED = (StepKind.FOLLOW_UP, *CALLS, StepKind.ANSWER, StepKind.REJECTION_REPLY, StepKind.REFLECT)

#: Said once to each of them in a round.
_ONCE = (StepKind.THANK_YOU, StepKind.LETTER)

_DEEDS = {
    StepKind.FOLLOW_UP: message("send the follow-up e-mail"),
    StepKind.CALL: message("the call"),
    StepKind.SECOND_CALL: message("the second call"),
    StepKind.ANSWER: message("answer them"),
    StepKind.REJECTION_REPLY: message("thank them and ask what you could learn"),
    StepKind.REFLECT: message("ask yourself whether this is still the right job"),
}

_DECIDED = {
    "offer": lambda day: message("they made you an offer on {day}", day=day),
    "rejection": lambda day: message("they said no on {day}", day=day),
    "withdrawn": lambda day: message("you withdrew on {day}", day=day),
}


def check(
    application: Application,
    world: World,
    step: str,
    outcome: str | None,
    round_number: int,
    to: Sequence[str] = (),
    plan: Iterable[Step] = (),
) -> None:
    """Raise `EtiquetteError` if doing `step` (again) in this round goes against the etiquette.

    `outcome` is what is about to be logged; skipping, moving and taking back are always allowed. `plan` is used to
    name what is allowed instead. The message gives the number of the advice.
    """
    if outcome in ("skipped", "moved", "undone", *REMARKS) or not 1 <= round_number <= len(application.rounds):
        return
    past = histories(application, world.now, world.rules.tries)
    case = Case(application, round_number, application.rounds[round_number - 1], past, world)
    refusal = None
    if step == StepKind.FOLLOW_UP:
        refusal = _second_e_mail(case)
    elif step in CALLS and outcome != "asked-not-to-call":
        refusal = _third_call(case) or _call_too_soon(case) or _unwanted_call(case, to)
    elif step in _ONCE:
        refusal = _said_already(case, StepKind(step), to)
    if refusal is None and (step == StepKind.FOLLOW_UP or step in CALLS):
        refusal = _needless(case)
    if refusal is not None:
        allowed = allowed_now(application, plan, world.me.timezone)
        raise EtiquetteError(joined("", (f"{application.company}: ", refusal, " ", allowed)))


def allowed_now(application: Application, plan: Iterable[Step], timezone: str) -> Message:
    """What good manners allow next, in a sentence, from the plan of this application; times in `timezone`."""
    open_states = (Status.PLANNED, Status.TENTATIVE, Status.DUE, Status.LATE)
    for step in sorted(
        (s for s in plan if s.application == application.name and s.kind in _ALLOWED and s.status in open_states),
        key=lambda s: (s.start is None, s.start or datetime.max),
    ):
        deed = _DEEDS[step.kind]
        if step.to and step.kind in (StepKind.FOLLOW_UP, *CALLS):
            deed += message(" to {names}", names=step.to)
        if step.start:
            start = step.start.astimezone(ZoneInfo(timezone))
            deed += message(" on {day} at {time}, {zone} time", day=start.date(), time=start.time(), zone=timezone)
        return message("What you can do instead: {deed}.", deed=deed)
    return message("What you can do instead: answer if they write, and look on for other jobs.")


def _second_e_mail(case: Case) -> Message | None:
    sent = case.history.follow_up
    if sent is None:
        return None
    return message(
        "the follow-up e-mail was sent on {day}; a second one would look desperate (advice 3.5.a).", day=sent.at.date()
    )


def _third_call(case: Case) -> Message | None:
    permitted, calls = case.world.rules.max_calls, case.history.calls
    if len(calls) < permitted:
        return None
    times = message("once") if permitted == 1 else message("twice")
    return message(
        "you have called {times} (last on {day}); after that the advice is to stop (3.5.c).",
        times=times,
        day=calls[-1].at.date(),
    )


def _call_too_soon(case: Case) -> Message | None:
    """A call within a week of the one that was made, unless a date has passed since that they named."""
    calls, rules = case.history.calls, case.world.rules
    if not calls or case.history.tries:
        return None
    promise, now = case.history.promise, case.world.now
    first = calls[-1].at
    named = promise is not None and promise.day >= first.astimezone(case.my_zone).date()
    if named and promise is not None and now.astimezone(case.my_zone).date() > promise.day:
        return None
    if now - first >= timedelta(days=rules.second_call_min_days):
        return None
    return message(
        "the call of {day} is logged; another one within {days} days would be pressing them (advice 4.5.0).",
        day=first.astimezone(case.my_zone).date(),
        days=rules.second_call_min_days,
    )


def _said_already(case: Case, kind: StepKind, to: Sequence[str]) -> Message | None:
    """A second thank-you or letter to somebody who has had one in this round."""
    acts = case.history.acts(kind)
    whom = tuple(to) or interviewers(case.application, case.one)
    if not acts or case.history.remaining(kind, whom):
        return None
    return message(
        "{names} had it on {day}; a second one would be too much of it (advice 3.5.a).",
        names=whom or message("they"),
        day=acts[-1].at.astimezone(case.my_zone).date(),
    )


def _unwanted_call(case: Case, to: Sequence[str]) -> Message | None:
    for name in to:
        person = case.application.person(name)
        if person is not None and not person.calls:
            return message("{name} does not want to be called, and that is respected (advice 4.2.b2).", name=name)
    no_call = Calls(case).no_call
    if no_call is not None and no_call.refused and (not to or (no_call.person and no_call.person.name in to)):
        return no_call.reason + message(" (advice 4.2.b2).")
    return None


def _needless(case: Case) -> Message | None:
    decided = case.decided
    if decided is None:
        return None
    return _DECIDED[decided.step](decided.at.date()) + message("; there is nothing to chase (advice 3.5.c).")
