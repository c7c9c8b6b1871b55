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


class Past:
    """The events that an application wanted in the calendar as its log grew, entry by entry in the order of the file.

    Each length of the log is planned once, and only when it is asked about.
    """

    def __init__(self, application: Application, world: World) -> None:
        self._application, self._world = application, world
        self._planned: dict[int, set[str]] = {}

    def was_out(self, uid: str, seen: int) -> bool:
        """Whether this event, which the calendar should hold now, should not have at some time since.

        `seen` is how many entries the log had when the event was wanted and looked at last; those written later are
        replayed.
        """
        now = len(self._application.log)
        return any(uid not in self._wanted(end) for end in range(seen + 1, now)) and uid in self._wanted(now)

    def was_wanted(self, uid: str) -> bool:
        """Whether the calendar should ever have held this event, as far as this log goes."""
        return any(uid in self._wanted(end) for end in range(len(self._application.log) + 1))

    def _wanted(self, end: int) -> set[str]:
        """The UIDs of its events when the log was that long."""
        if end not in self._planned:
            earlier = replace(self._application, log=self._application.log[:end])
            self._planned[end] = wanted(earlier, self._world)
        return self._planned[end]


def wanted(application: Application, world: World) -> set[str]:
    """The UIDs of the events that an application wants in the calendar, as its log stands."""
    steps = make_plan((application,), world)
    out = reviews(application, steps, world.me, world.now)
    return {step.uid for step in steps if step.in_calendar} | {review.uid for review in out}
