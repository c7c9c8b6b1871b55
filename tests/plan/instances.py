"""Random competitions for slots, how an answer to one is measured, and the answer of OR-tools' CP-SAT."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from callplan.plan.competition import Candidate, Request

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


def measure(requests: list[Request], placed: dict[str, int]) -> tuple[int, int, float]:
    """(placed, moved away from a published slot, cost)."""
    prices = {r.uid: {c.quarter: c.cost for c in r.candidates} for r in requests}
    published = {r.uid: r.published for r in requests if r.published in prices[r.uid]}
    moved = sum(1 for uid, quarter in placed.items() if published.get(uid, quarter) != quarter)
    return len(placed), moved, sum(prices[uid][quarter] for uid, quarter in placed.items())


def random_instance(seed: int) -> list[Request]:
    """Up to 30 calls that compete within a fortnight: hours of several zones, full diaries, published slots."""
    random = Random(seed)
    busy = {q for _ in range(random.randrange(12)) for q in _stretch(random)}
    requests = []
    for number in range(random.randint(5, 30)):
        shift = random.choice((0, 0, 0, 2, 4, -4, 9, 22))
        first, days = random.randrange(4), random.randint(1, 6)
        early, late = random.choice(((6, 5), (6, 5), (4, 0), (0, 3), (7, 6)))
        candidates = []
        for waited in range(days):
            edge = 0.5 if (first + waited) % 5 in (0, 4) else 0.0
            base = (first + waited) * 96 + 34 + shift
            quarters = [*range(base, base + early), *range(base + 28, base + 28 + late)]
            candidates += [Candidate(q, waited + edge) for q in quarters if q not in busy and random.random() > 0.1]
        published = random.choice(candidates).quarter if candidates and random.random() < 0.3 else None
        requests.append(Request(f"uid-{number:02}", tuple(candidates), published))
    return requests


def _stretch(random: Random) -> range:
    start = random.randrange(8) * 96 + random.randrange(30, 70)
    return range(start, start + random.randint(1, 20))


def solved_by_cp_sat(requests: list[Request]) -> tuple[int, int, float]:
    """The same question, put to CP-SAT."""
    from ortools.sat.python import cp_model  # noqa: PLC0415 - takes a second, in every process that collects

    model = cp_model.CpModel()
    starts: dict[int, list[cp_model.IntVar]] = {}
    placed, moved, cost = [], [], []
    for r in requests:
        choices = []
        published = r.published if r.published in {c.quarter for c in r.candidates} else None
        for c in r.candidates:
            choice = model.new_bool_var(f"{r.uid}/{c.quarter}")
            choices.append(choice)
            starts.setdefault(c.quarter, []).append(choice)
            cost.append(round(c.cost * 2) * choice)
            if published not in (None, c.quarter):
                moved.append(choice)
        model.add_at_most_one(choices)
        placed += choices
    for quarter, here in starts.items():
        model.add_at_most_one([*here, *starts.get(quarter + 1, [])])
    model.minimize(sum(cost) + 10_000 * sum(moved) - 10_000_000 * sum(placed))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    total = round(-solver.objective_value)
    number = -(-total // 10_000_000)
    rest = number * 10_000_000 - total
    return number, rest // 10_000, (rest % 10_000) / 2
