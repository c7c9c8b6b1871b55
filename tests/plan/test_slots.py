"""Slots are optimal: as many calls as possible, nobody moved without need, at the least cost."""

from __future__ import annotations

from itertools import pairwise, product
from random import Random

import pytest
from callplan.plan.assignment import least_cost
from callplan.plan.competition import SPACING, Candidate, Request
from callplan.plan.slots import assign
from hypothesis import given
from hypothesis import strategies as st

from tests.plan.instances import measure, random_instance, solved_by_cp_sat


def request(uid: str, *quarters: int, published: int | None = None, day: int = 44) -> Request:
    """A call that can have these quarters; waiting a `day` costs one."""
    return Request(uid, tuple(Candidate(quarter, quarter // day) for quarter in quarters), published)


def test_calls_keep_a_quarter_between_them() -> None:
    placed = assign([request("a", 0, 1, 2), request("b", 0, 1, 2)])
    assert placed == {"a": 0, "b": 2}


def test_a_greedy_choice_gives_way_when_more_calls_can_be_placed() -> None:
    requests = [request("a", 0, 10), request("b", 0), request("c", 10, 20)]
    assert assign(requests) == {"a": 10, "b": 0, "c": 20}


def test_a_published_slot_is_moved_only_if_it_must() -> None:
    kept = [request("a", 0, 10, published=10), request("b", 0, 1, 2, 3)]
    assert assign(kept)["a"] == 10
    crowded = [request("a", 0, 10, published=10), request("b", 9, 10, 11)]
    assert assign(crowded) == {"a": 0, "b": 9}


def test_slots_that_are_given_are_respected() -> None:
    assert assign([request("a", 0, 1, 2)], given=[0]) == {"a": 2}
    assert assign([request("a", 0, 1)], given=[0]) == {}


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=6, unique=True), max_size=5), st.randoms())
def test_as_many_as_trying_everything_would_place(choices: list[list[int]], order: Random) -> None:
    requests = [request(f"u{i}", *quarters, day=4) for i, quarters in enumerate(choices)]
    best = max((measure(requests, dict(picked)) for picked in _every_way(requests)), key=lambda m: (m[0], -m[1], -m[2]))
    placed = assign(requests)
    assert all(abs(a - b) >= SPACING for i, a in enumerate(placed.values()) for b in list(placed.values())[:i])
    assert measure(requests, placed) == best
    order.shuffle(requests)
    assert assign(requests) == placed


def _every_way(requests: list[Request]) -> list[list[tuple[str, int]]]:
    options = [[None, *(c.quarter for c in r.candidates)] for r in requests]
    ways = []
    for combination in product(*options):
        picked = [(r.uid, q) for r, q in zip(requests, combination, strict=True) if q is not None]
        starts = sorted(q for _, q in picked)
        if all(b - a >= SPACING for a, b in pairwise(starts)):
            ways.append(picked)
    return ways


@given(st.lists(st.dictionaries(st.integers(0, 3), st.integers(0, 20)), max_size=4))
def test_the_assignment_is_the_cheapest(rows: list[dict[int, int]]) -> None:
    columns, total = least_cost(rows, 4, 100)
    cheapest = min(
        sum(100 if column is None else row[column] for row, column in zip(rows, picked, strict=True))
        for picked in product(*([None, *row] for row in rows))
        if len({c for c in picked if c is not None}) == sum(c is not None for c in picked)
    )
    assert total == cheapest
    assert total == sum(100 if c is None else row[c] for row, c in zip(rows, columns, strict=True))


@pytest.mark.parametrize("block", range(8))
def test_the_solver_of_the_trade_finds_nothing_better(block: int) -> None:
    """Against OR-tools' CP-SAT: 8 x 30 instances; the number placed equal every time, the cost within 2 %."""
    for seed in range(block * 30, block * 30 + 30):
        requests = random_instance(seed)
        placed = assign(requests)
        number, moved, cost = measure(requests, placed)
        best_number, best_moved, best_cost = solved_by_cp_sat(requests)
        assert (number, moved) == (best_number, best_moved), seed
        assert cost <= best_cost * 1.02 + 1e-9, seed
