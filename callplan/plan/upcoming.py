"""Which step comes first: of one application, and of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from callplan.plan.step import Status, Step, StepKind

#: Steps still ahead of the user.
PENDING = frozenset({Status.PLANNED, Status.TENTATIVE, Status.DUE, Status.LATE})

#: Steps with an hour of their own, which cannot wait for what is merely late.
HOURLY = frozenset({StepKind.INTERVIEW, StepKind.CALL, StepKind.SECOND_CALL, StepKind.ANSWER})

_NOW = frozenset({Status.LATE, Status.DUE})
_NEVER = datetime.max.replace(tzinfo=UTC)

#: Within so long of its hour, such a step goes before what is late: in its own application, and in the whole book.
_SOON, _VERY_SOON = timedelta(days=1), timedelta(hours=3)


def next_step(steps: Iterable[Step]) -> Step | None:
    """The step to take next: the earliest one pending, but what has its hour today goes before what is merely late.

    The deadline is no step of its own while the thanks are.
    """
    pending = [step for step in steps if step.status in PENDING and step.start is not None]
    acts = [step for step in pending if step.kind is not StepKind.THANK_YOU_DEADLINE] or pending
    earliest = min(acts, key=_start, default=None)
    if earliest is None or earliest.status is not Status.LATE or earliest.start is None:
        return earliest
    soon = earliest.start + _SOON
    return min((step for step in acts if step.kind in HOURLY and _start(step) <= soon), key=_start, default=earliest)


def due(steps: Sequence[Step]) -> list[Step]:
    """The steps whose time is now or past, those with an hour of their own first, then the one due the longest."""
    now = [step for step in steps if step.status in _NOW and not is_missed_deadline(step)]
    acts = [step for step in now if step.kind is not StepKind.THANK_YOU_DEADLINE or _stands_alone(step, now)]
    return sorted(acts, key=lambda step: (step.kind not in HOURLY, step.due or _start(step), step.application))


def first_of_all(upcoming: Sequence[Step], steps: Sequence[Step], now: datetime) -> Step | None:
    """The one thing: what has its hour now or very soon, else what is due the longest, else what is next.

    `upcoming` are the next steps of the applications, `steps` all there are.
    """
    waiting = due(steps)
    soon = [step for step in upcoming if step.kind in HOURLY and _start(step) <= now + _VERY_SOON]
    for some in ([step for step in waiting if step.kind in HOURLY], sorted(soon, key=_start), waiting):
        if some:
            return some[0]
    return next_step(upcoming)


def is_missed_deadline(step: Step) -> bool:
    """Whether it is a deadline that has passed: the late thank-you beside it says all there is to do."""
    return step.kind is StepKind.THANK_YOU_DEADLINE and step.status is Status.LATE


def _stands_alone(deadline: Step, steps: Iterable[Step]) -> bool:
    return not any(
        step.kind is StepKind.THANK_YOU and (step.application, step.round) == (deadline.application, deadline.round)
        for step in steps
    )


def _start(step: Step) -> datetime:
    return step.start or _NEVER
