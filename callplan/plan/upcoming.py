"""Which step comes first: of one application, and of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from callplan.plan.step import Status, Step, StepKind

#: Steps still ahead of the user.
PENDING = frozenset({Status.PLANNED, Status.TENTATIVE, Status.DUE, Status.LATE})

#: Steps with an hour of their own, which cannot wait for what is merely late.
HOURLY = frozenset({StepKind.INTERVIEW, StepKind.CALL, StepKind.SECOND_CALL, StepKind.ANSWER})

#: Those of them whose hour does not wait.
_FLEETING = HOURLY - {StepKind.ANSWER}

_NOW = frozenset({Status.LATE, Status.DUE})
_NEVER = datetime.max.replace(tzinfo=UTC)

#: Within so long of its hour, such a step goes before everything else.
_VERY_SOON = timedelta(hours=3)


def next_step(steps: Iterable[Step], now: datetime) -> Step | None:
    """The one thing to do next, of one application or of the whole book: the same answer wherever it is asked."""
    return next(iter(in_turn(steps, now)), None)


def next_of_each(steps: Iterable[Step], now: datetime) -> list[Step]:
    """The next step of each application, in the order in which they have their turn in the whole book."""
    by_name: dict[str, list[Step]] = {}
    turns: dict[str, int] = {}
    for turn, step in enumerate(in_turn(steps, now)):
        by_name.setdefault(step.application, []).append(step)
        turns[step.uid] = turn
    firsts = [first for some in by_name.values() if (first := next_step(some, now)) is not None]
    return sorted(firsts, key=lambda first: turns[first.uid])


def in_turn(steps: Iterable[Step], now: datetime) -> list[Step]:
    """All that is to be done and has a time, what is next first.

    What has its hour now or very soon, or before what is late can be done; else what is due first (`due`), else what
    begins first.
    """
    acts = _without_doubles([step for step in steps if step.status in PENDING and step.start is not None])
    waiting = due(acts, now)
    until = max([now + _VERY_SOON, *map(_start, waiting[:1])])
    now_due = {step.uid for step in waiting}
    later = sorted((step for step in acts if step.uid not in now_due), key=lambda one: (_start(one), one.application))
    soon = [step for step in later if step.kind in HOURLY and step.status not in _NOW and _start(step) <= until]
    hourly = [step for step in waiting if step.kind in HOURLY]
    return list({step.uid: step for step in (*hourly, *soon, *waiting, *later)}.values())


def due(steps: Iterable[Step], now: datetime) -> list[Step]:
    """The steps whose time is now or past, those with an hour of their own first, then the one due the longest.

    A call that is to be made this very minute goes before an answer that has until tomorrow.

    Of several notes those on the latest interview come first: they are the ones that are being forgotten. A letter is
    not among them while thanks to the same person or the follow-up e-mail are waiting, nor where it is put off to a
    later day.
    """
    waiting = [step for step in steps if step.status in _NOW and not is_missed_deadline(step)]
    first = [step for step in waiting if step.kind in (StepKind.THANK_YOU, StepKind.FOLLOW_UP)]

    def waits(letter: Step) -> bool:
        """Whether another message to them comes first, or has only just gone."""
        here = _start(letter)
        return here.date() > now.astimezone(here.tzinfo).date() or any(
            (one.application, one.round) == (letter.application, letter.round)
            and (one.kind is StepKind.FOLLOW_UP or not letter.to or not {*letter.to}.isdisjoint(one.to))
            for one in first
        )

    acts = sorted(
        (step for step in _without_doubles(waiting) if step.kind is not StepKind.LETTER or not waits(step)),
        key=lambda step: (step.kind not in HOURLY, not _is_on(step, now), _due(step), step.application),
    )
    freshest = iter(sorted((step for step in acts if step.kind is StepKind.NOTES), key=_due, reverse=True))
    return [next(freshest) if step.kind is StepKind.NOTES else step for step in acts]


def _is_on(step: Step, now: datetime) -> bool:
    """Whether its hour is this one, and gone in a few minutes."""
    return step.kind in _FLEETING and step.end is not None and _start(step) <= now < step.end


def is_missed_deadline(step: Step) -> bool:
    """Whether it is a deadline that has passed: the late thank-you beside it says all there is to do."""
    return step.kind is StepKind.THANK_YOU_DEADLINE and step.status is Status.LATE


def _without_doubles(steps: Sequence[Step]) -> list[Step]:
    """Without the deadlines that stand beside their thank-you: it says all there is to do."""
    thanks = {(step.application, step.round) for step in steps if step.kind is StepKind.THANK_YOU}
    return [
        step
        for step in steps
        if step.kind is not StepKind.THANK_YOU_DEADLINE or (step.application, step.round) not in thanks
    ]


def _due(step: Step) -> datetime:
    return step.due or _start(step)


def _start(step: Step) -> datetime:
    return step.start or _NEVER
