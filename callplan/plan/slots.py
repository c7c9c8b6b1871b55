"""Slots: which call gets which quarter hour, over the whole book.

As many calls as possible; among those, a slot that is already in somebody's calendar stays; among those, the least
total cost; ties go to the earlier quarter. Two calls keep 15 minutes between them, so their starts are at least two
quarters apart.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

#: A call and the pause after it, in quarters.
SPACING = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quarter (`callplan.plan.hours`) a call could have, and what it costs."""

    quarter: int
    cost: float


@dataclass(frozen=True, slots=True)
class Request:
    """A call that wants a slot. `published` is the quarter it already has in the calendar."""

    uid: str
    candidates: tuple[Candidate, ...]
    published: int | None = None


def assign(requests: Sequence[Request], given: Collection[int] = ()) -> dict[str, int]:
    """The quarter of each call that could be placed, by UID. The order of `requests` does not matter.

    `given` are the quarters of calls that have their slot already; the same distance is kept from them.
    """
    placed: dict[str, int] = {}
    taken: set[int] = set(given)

    def free(quarter: int) -> bool:
        return not any(near in taken for near in range(quarter - SPACING + 1, quarter + SPACING))

    def place(uid: str, quarter: int) -> None:
        placed[uid] = quarter
        taken.add(quarter)

    for request in sorted(requests, key=lambda r: (r.published or 0, r.uid)):
        if any(c.quarter == request.published for c in request.candidates) and free(request.published or 0):
            place(request.uid, request.published or 0)
    # Who has the least choice chooses first.
    waiting = [request for request in requests if request.uid not in placed]
    for request in sorted(waiting, key=lambda r: (len(r.candidates), r.uid)):
        for candidate in sorted(request.candidates, key=lambda c: (c.cost, c.quarter)):
            if free(candidate.quarter):
                place(request.uid, candidate.quarter)
                break
    return placed
