"""Where an application stands, in a word or two, derived from its log and the clock."""

from __future__ import annotations

from callplan.book.types import Application
from callplan.plan.case import Case
from callplan.plan.history import histories
from callplan.plan.step import StepKind
from callplan.plan.whom import interviewers
from callplan.plan.world import World

_SETTLED = {
    "offer": "offer",
    "rejection": "rejected",
    "withdrawn": "withdrawn",
    "invitation": "invited again",
}


def stage(application: Application, world: World) -> str:
    """One of: no interview, scheduled, interviewed, thanked, lettered, waiting, followed up, called, called twice,
    closed, they answered, on hold, invited again, offer, rejected, withdrawn.
    """
    if not application.rounds:
        return "no interview"
    past = histories(application, world.now, world.rules.tries)
    number = len(application.rounds)
    case = Case(application, number, application.rounds[-1], past, world)
    if case.decided is not None:
        return _SETTLED[case.decided.step]
    history = case.history
    if history.settled is not None:
        return _SETTLED[history.settled.step]
    if case.cancelled:
        return "no interview"
    if world.now < case.one.end:
        return "scheduled"
    if history.acts(StepKind.REFLECT):
        return "closed"
    if history.answers:
        return "on hold" if history.answers[-1].step == "on-hold" else "they answered"
    if history.calls:
        return "called" if len(history.calls) == 1 else "called twice"
    if history.follow_up is not None:
        return "followed up"
    if history.acts(StepKind.LETTER):
        return "lettered"
    if world.now.date() > case.decision_day()[0]:
        return "waiting"
    if history.acts(StepKind.THANK_YOU) and not history.remaining(
        StepKind.THANK_YOU, interviewers(application, case.one)
    ):
        return "thanked"
    return "interviewed"
