"""Slots: which call gets which quarter hour, over the whole book.

As many calls as possible; among those, as few as possible moved away from a slot that stands in somebody's calendar;
among those, the least total cost; ties go to the earlier quarter. Two calls keep 15 minutes between them, so their
starts are at least two quarters apart.

A greedy choice is proved best when everybody gets their cheapest quarter, which is nearly always. Where calls compete,
the calls that could be involved in a better exchange are solved exactly (`callplan.plan.competition`), as long as they
are not more than `COMPETING` at once; beyond that the greedy choice stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence

from callplan.plan.competition import SPACING, Candidate, Request, best_assignment

#: So many calls are weighed against each other exactly; more never compete in one person's fortnight.
COMPETING = 40

#: So many competitions are solved in one plan, so that a book of ten thousand is planned in good time too.
_COMPETITIONS = 60

__all__ = ["Candidate", "Request", "assign"]


def assign(requests: Sequence[Request], given: Collection[int] = ()) -> dict[str, int]:
    """The quarter of each call that could be placed, by UID. The order of `requests` does not matter.

    `given` are the quarters of calls that have their slot already; the same distance is kept from them.
    """
    blocked = {near for quarter in given for near in _near(quarter)}
    wishes = {
        request.uid: _Wish(request, blocked) for request in sorted(requests, key=lambda r: r.uid) if request.candidates
    }
    placed = _greedy(wishes.values())
    solved: set[str] = set()
    for _ in range(_COMPETITIONS):
        unhappy = next((w for w in wishes.values() if w.uid not in solved and not w.happy_with(placed)), None)
        if unhappy is None:
            break
        rivals = _rivals(unhappy, wishes, placed)
        solved.update(rivals)
        if len(rivals) > COMPETING:
            continue
        fixed = {q for uid, quarter in placed.items() if uid not in rivals for q in _near(quarter)}
        contest = [wishes[uid].without(fixed) for uid in sorted(rivals)]
        for uid in rivals:
            placed.pop(uid, None)
        placed.update(best_assignment(contest))
    return placed


def _near(quarter: int) -> range:
    """The quarters in which no other call may start when one starts in this."""
    return range(quarter - SPACING + 1, quarter + SPACING)


class _Wish:
    """A request without the candidates that are impossible anyway, cheapest first."""

    def __init__(self, request: Request, blocked: Collection[int]) -> None:
        self.uid = request.uid
        self.request = request
        self.choices = sorted(
            (c for c in request.candidates if c.quarter not in blocked), key=lambda c: (c.cost, c.quarter)
        )
        self.quarters = {c.quarter: c.cost for c in self.choices}
        published = request.published
        self.published = published if published in self.quarters else None

    def happy_with(self, placed: dict[str, int]) -> bool:
        """Whether nothing better than the slot it has can be thought of for this call alone."""
        if not self.choices:
            return True
        quarter = placed.get(self.uid)
        if quarter is None:
            return False
        if self.published is not None:
            return quarter == self.published
        return self.quarters[quarter] == self.choices[0].cost

    def without(self, fixed: Collection[int]) -> Request:
        """The request, confined to what calls outside the competition leave free."""
        return Request(self.uid, tuple(c for c in self.choices if c.quarter not in fixed), self.published)


def _greedy(wishes: Iterable[_Wish]) -> dict[str, int]:
    """Published slots stay; then who has to be called soonest chooses first, then who has the least choice."""
    placed: dict[str, int] = {}
    taken: set[int] = set()
    waiting = []
    for wish in wishes:
        if wish.published is not None and wish.published not in taken:
            placed[wish.uid] = wish.published
            taken.update(_near(wish.published))
        elif wish.choices:
            waiting.append(wish)
    for wish in sorted(waiting, key=lambda w: (max(w.quarters), len(w.choices), w.uid)):
        for choice in wish.choices:
            if choice.quarter not in taken:
                placed[wish.uid] = choice.quarter
                taken.update(_near(choice.quarter))
                break
    return placed


def _rivals(unhappy: _Wish, wishes: dict[str, _Wish], placed: dict[str, int]) -> set[str]:
    """Every call that an exchange to the advantage of `unhappy` could involve; more than `COMPETING`: cut off.

    Whoever sits where one of them would like to, and so on; and whoever else is unhappy about the same quarters.
    """
    seats = sorted((quarter, uid) for uid, quarter in placed.items())
    found = {unhappy.uid}
    waiting = [unhappy]
    longing = [w for w in wishes.values() if w.uid != unhappy.uid and not w.happy_with(placed)]
    while waiting and len(found) <= COMPETING:
        wish = waiting.pop()
        neighbours = {
            uid
            for quarter in wish.quarters
            for _, uid in seats[bisect_left(seats, (quarter - 1, "")) : bisect_left(seats, (quarter + 2, ""))]
        }
        near = {q for quarter in wish.quarters for q in _near(quarter)}
        neighbours.update(other.uid for other in longing if not near.isdisjoint(other.quarters))
        for uid in sorted(neighbours - found):
            found.add(uid)
            waiting.append(wishes[uid])
    return found
