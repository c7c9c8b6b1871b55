"""The assignment problem: rows to columns at the least total cost, a row may stay without a column at a price.

Successive shortest paths with potentials (Jonker and Volgenant 1987; Kuhn's Hungarian method), rows as sparse mappings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappop, heappush


def least_cost(rows: Sequence[Mapping[int, int]], columns: int, without: int) -> tuple[list[int | None], int]:
    """The column of each row (None: it goes without, for `without`), and the total cost.

    `rows` map columns (0 to `columns` - 1) to costs, which are not negative.
    """
    count = len(rows)
    # A column of its own for every row that goes without.
    prices = [{**row, columns + index: without} for index, row in enumerate(rows)]
    row_of: list[int | None] = [None] * (columns + count)
    column_of: list[int | None] = [None] * count
    potential = [0] * (columns + count)
    row_potential = [0] * count
    for start in range(count):
        distance: dict[int, int] = {}
        came_from: dict[int, int] = {}  # column -> row
        settled: dict[int, int] = {}
        heap: list[tuple[int, int]] = []
        row, base = start, 0
        while True:
            for column, price in prices[row].items():
                if column in settled:
                    continue
                reached = base + price - row_potential[row] - potential[column]
                if column not in distance or reached < distance[column]:
                    distance[column] = reached
                    came_from[column] = row
                    heappush(heap, (reached, column))
            base, column = heappop(heap)
            while column in settled:
                base, column = heappop(heap)
            settled[column] = base
            holder = row_of[column]
            if holder is None:
                break
            row = holder
        end, shortest = column, base
        row_potential[start] += shortest
        for column, reached in settled.items():
            holder = row_of[column]
            if holder is not None:
                row_potential[holder] += shortest - reached
            potential[column] -= shortest - reached
        column = end
        while True:
            row = came_from[column]
            row_of[column], column_of[row], following = row, column, column_of[row]
            if row == start:
                break
            assert following is not None  # noqa: S101 -- only the first row of the path had no column
            column = following
    chosen = [column if column is not None and column < columns else None for column in column_of]
    total = sum(prices[index][column] for index, column in enumerate(column_of) if column is not None)
    return chosen, total
