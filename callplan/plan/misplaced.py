"""Times at which a step makes no sense, whoever chose them."""

from __future__ import annotations

from datetime import datetime, tzinfo

from callplan.message import Message, message
from callplan.plan.calls import can_rehearse
from callplan.plan.history import RoundHistory
from callplan.plan.step import StepKind


def misplaced(
    kind: StepKind, start: datetime, history: RoundHistory, call: datetime | None, zone: tzinfo
) -> Message | None:
    """Why the plan cannot have the step at that time (aware), as a sentence; None where it can.

    `call` is when the call of a rehearsal begins, if it has a time. Times are told in `zone`.
    """
    if not history.allows(kind, start):
        return message("It comes after the interview, which begins at {time}.", time=history.began.astimezone(zone))
    if kind is StepKind.REHEARSE and call is not None and not can_rehearse(start, call):
        return message(
            "It comes before its call, and at most two weeks: that begins at {time}.", time=call.astimezone(zone)
        )
    return None
