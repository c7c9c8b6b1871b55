"""What left the calendar and came back, as the log alone can tell it. Pure.

Taking an entry back, or a date they named after all, puts steps into the plan that an earlier entry had taken out of
it. A machine that looked at the calendar before and after, but not between, finds events gone that it still wants: only
the log says that the record took them away, and not the user.
"""

from __future__ import annotations

from dataclasses import replace

from callplan.book.types import Application
from callplan.plan.cadence import make_plan
from callplan.plan.reviews import reviews
from callplan.plan.world import World


def was_out(application: Application, world: World, uid: str, seen: int) -> bool:
    """Whether this event, which the calendar should hold now, should not have at some time since.

    `seen` is how many entries the log had when the event was wanted and looked at last; those written later are
    replayed, in the order of the file.
    """
    missed = range(seen + 1, len(application.log))
    return any(
        uid not in _wanted(replace(application, log=application.log[:end]), world) for end in missed
    ) and uid in _wanted(application, world)


def _wanted(application: Application, world: World) -> set[str]:
    """The UIDs of the events that the application has in the calendar."""
    steps = make_plan((application,), world)
    out = reviews(application, steps, world.me, world.now)
    return {step.uid for step in steps if step.in_calendar} | {review.uid for review in out}
