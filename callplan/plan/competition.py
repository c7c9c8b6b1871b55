"""Calls that compete for the same quarter hours, solved exactly by branch and bound.

The bound: neighbouring quarters are put in pairs, of which each can hold one start at the most; who gets which pair at
the least cost is an assignment problem (`callplan.plan.assignment`). Its answer is usually a plan already; where two
starts in neighbouring pairs come too close, one of them is tried as certain and as impossible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from callplan.plan.assignment import least_cost

#: A call and the pause after it, in quarters.
SPACING = 2

#: Costs are halves of a business day; counted in whole halves they add up exactly.
_HALVES = 2

_MOVED = 10_000  # outweighs any saving in days
_UNPLACED = 10_000_000  # outweighs any number of moves

#: A bound on the search; what is best so far is taken then.
_NODES = 3000


class Candidate(NamedTuple):
    """A quarter (`callplan.plan.hours`) a call could have, and what it costs. Made by the hundred thousand."""

    quarter: int
    cost: float


@dataclass(frozen=True, slots=True)
class Request:
    """A call that wants a slot. `published` is the quarter it already has in the calendar."""

    uid: str
    candidates: tuple[Candidate, ...]
    published: int | None = None


#: For each call, in order: quarter -> price.
_Prices = list[dict[int, int]]


def best_assignment(requests: Sequence[Request]) -> dict[str, int]:
    """The quarter of each call that can be placed, by UID; the best there is in the sense of `callplan.plan.slots`."""
    prices: _Prices = [
        {
            c.quarter: round(c.cost * _HALVES) + (_MOVED if r.published not in (None, c.quarter) else 0)
            for c in r.candidates
        }
        for r in requests
    ]
    search = _Search(len(requests))
    search.explore(prices, {}, 0)
    chosen = _earlier(search.best, prices)
    return {requests[index].uid: quarter for index, quarter in chosen.items()}


class _Search:
    """Depth first: the state is what is still possible (`prices`), what is settled, and its cost."""

    def __init__(self, calls: int) -> None:
        self.calls = calls
        self.best: dict[int, int] = {}
        self.best_cost = calls * _UNPLACED + 1
        self.nodes = 0

    def explore(self, prices: _Prices, settled: dict[int, int], cost: int) -> None:
        """Look for something better than the best so far under this state."""
        self.nodes += 1
        if self.nodes > _NODES:
            return
        waiting = [index for index in range(self.calls) if index not in settled]
        pairs = _pairs(prices, waiting)
        rows = [_pair_prices(prices[index], pairs) for index in waiting]
        columns, bound = least_cost(rows, len(set(pairs.values())), _UNPLACED)
        if cost + bound >= self.best_cost:
            return
        seats = {column: waiting[row] for row, column in enumerate(columns) if column is not None}
        chosen, clash = _seat(seats, pairs, prices)
        total = cost + sum(prices[index][quarter] for index, quarter in chosen.items())
        total += _UNPLACED * (len(waiting) - len(chosen))
        if total < self.best_cost:
            self.best, self.best_cost = settled | chosen, total
        if clash is None:
            return
        index, quarter = clash
        certain = [
            {q: p for q, p in price.items() if abs(q - quarter) >= SPACING} if other != index else {}
            for other, price in enumerate(prices)
        ]
        self.explore(certain, settled | {index: quarter}, cost + prices[index][quarter])
        impossible = list(prices)
        impossible[index] = {q: p for q, p in prices[index].items() if q != quarter}
        self.explore(impossible, settled, cost)


def _pairs(prices: _Prices, waiting: list[int]) -> dict[int, int]:
    """The number of the pair each quarter belongs to: runs of neighbouring quarters, cut in twos."""
    pairs: dict[int, int] = {}
    last, number, full = None, -1, True
    for quarter in sorted({q for index in waiting for q in prices[index]}):
        if last is None or quarter != last + 1 or full:
            number, full = number + 1, False
        else:
            full = True
        pairs[quarter] = number
        last = quarter
    return pairs


def _pair_prices(price: dict[int, int], pairs: dict[int, int]) -> dict[int, int]:
    """What each pair costs a call: its cheaper quarter."""
    row: dict[int, int] = {}
    for quarter, cost in price.items():
        pair = pairs[quarter]
        if pair not in row or cost < row[pair]:
            row[pair] = cost
    return row


def _seat(
    seats: dict[int, int], pairs: dict[int, int], prices: _Prices
) -> tuple[dict[int, int], tuple[int, int] | None]:
    """Choose a quarter within each pair, left to right. Also the first (call, quarter) that forced a worse choice.

    Calls that find no quarter far enough from their left neighbour are left out of the choice.
    """
    quarters: dict[int, list[int]] = {}
    for quarter, pair in pairs.items():
        quarters.setdefault(pair, []).append(quarter)
    chosen: dict[int, int] = {}
    clash: tuple[int, int] | None = None
    last: tuple[int, int] | None = None
    for pair in sorted(seats):
        index = seats[pair]
        options = sorted((prices[index][q], q) for q in quarters[pair] if q in prices[index])
        possible = [(p, q) for p, q in options if last is None or q - last[1] >= SPACING]
        if last is not None and (not possible or possible[0][0] > options[0][0]):
            clash = clash or last
        if possible:
            chosen[index] = possible[0][1]
            last = (index, possible[0][1])
    return chosen, clash


def _earlier(chosen: dict[int, int], prices: _Prices) -> dict[int, int]:
    """The same cost, each call as early as the others let it."""
    result = dict(chosen)
    for index in sorted(result, key=lambda i: (result[i], i)):
        others = [quarter for other, quarter in result.items() if other != index]
        for quarter in sorted(prices[index]):
            same = prices[index][quarter] == prices[index][result[index]]
            if quarter < result[index] and same and all(abs(quarter - o) >= SPACING for o in others):
                result[index] = quarter
                break
    return result
