"""Slots: which call gets which quarter hour, over the whole book.

As many calls as possible; among those, as few as possible moved away from a slot that stands in somebody's calendar;
among those, the least total cost; ties go to the earlier quarter. Two calls keep 15 minutes between them, so their
starts are at least two quarters apart.

A greedy choice is proved best when everybody gets their cheapest quarter, which is nearly always. Where calls compete,
the calls that could be involved in a better exchange are solved exactly (`callplan.plan.competition`), as long as they
are not more than `COMPETING` at once; beyond that the greedy choice stands.
"""

from __future__ import annotations

from collections import defaultdict
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
    seating = _Seating(wishes)
    solved: set[str] = set()
    competitions = 0
    for wish in wishes.values():
        if wish.uid in solved or seating.content(wish):
            continue
        if competitions == _COMPETITIONS:
            break
        competitions += 1
        rivals = seating.rivals(wish)
        solved.update(rivals)
        if len(rivals) <= COMPETING:
            seating.seat_anew(rivals)
    return seating.placed


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


class _Seating:
    """Who has which quarter. Who sits in a quarter, and who else would like it, is looked up, not searched for."""

    def __init__(self, wishes: dict[str, _Wish]) -> None:
        self._wishes = wishes
        self.placed = _greedy(wishes.values())
        self._holders = {quarter: uid for uid, quarter in self.placed.items()}
        self._longing: defaultdict[int, set[str]] = defaultdict(set)  # quarter -> who was not content at some time
        self._remember_longing(wishes.values())

    def content(self, wish: _Wish) -> bool:
        """Whether the call has nothing better to wish for."""
        return wish.happy_with(self.placed)

    def rivals(self, unhappy: _Wish) -> set[str]:
        """Every call that an exchange to the advantage of `unhappy` could involve; more than `COMPETING`: cut off.

        Whoever sits where one of them would like to, and so on; and whoever else is unhappy about the same quarters.
        """
        found = {unhappy.uid}
        waiting = [unhappy]
        while waiting and len(found) <= COMPETING:
            near = {q for quarter in waiting.pop().quarters for q in _near(quarter)}
            neighbours = {self._holders[quarter] for quarter in near if quarter in self._holders}
            longing = {uid for quarter in near if quarter in self._longing for uid in self._longing[quarter]}
            neighbours.update(uid for uid in longing - found if not self.content(self._wishes[uid]))
            for uid in sorted(neighbours - found):
                found.add(uid)
                waiting.append(self._wishes[uid])
        return found

    def seat_anew(self, rivals: Collection[str]) -> None:
        """Give these calls the best quarters that the others leave free."""
        for uid in rivals:
            if uid in self.placed:
                del self._holders[self.placed.pop(uid)]
        near = {q for uid in rivals for quarter in self._wishes[uid].quarters for q in _near(quarter)}
        fixed = {q for quarter in near if quarter in self._holders for q in _near(quarter)}
        found = best_assignment([self._wishes[uid].without(fixed) for uid in sorted(rivals)])
        self.placed.update(found)
        self._holders.update((quarter, uid) for uid, quarter in found.items())
        self._remember_longing(self._wishes[uid] for uid in rivals)

    def _remember_longing(self, wishes: Iterable[_Wish]) -> None:
        for wish in wishes:
            if not self.content(wish):
                for quarter in wish.quarters:
                    self._longing[quarter].add(wish.uid)
