"""The places of a paper's rows, filled one thing at a time: a bipartite matching grown by augmenting paths. Pure.

What has a place may be moved to another row that it fits, yet never loses its place; so things offered in the order in
which they are wanted give the best set that the rows can hold (the greedy algorithm on a transversal matroid, Edmonds
and Fulkerson 1965), and no blueprint that can be filled is refused because rows overlap.
"""

from collections import deque
from collections.abc import Sequence
from typing import Any


class Places:
    """``held[row]`` lists what stands in each row, as (thing, the rows it fits)."""

    def __init__(self, counts: Sequence[int]):
        self.free = list(counts)
        self.held: list[list[tuple[Any, tuple[int, ...]]]] = [[] for _ in counts]
        self._closed: set[tuple[int, ...]] = set()

    @property
    def missing(self) -> int:
        """Return how many places are empty."""
        return sum(self.free)

    def add(self, thing: Any, rows: tuple[int, ...]) -> bool:
        """Give ``thing`` a place in one of ``rows``, moving others if need be; False where there is none."""
        if rows in self._closed:  # what found no place once finds none later
            return False
        for row in rows:
            if self.free[row]:
                self.put(thing, rows, row)
                return True
        if self._make_room(thing, rows):
            return True
        self._closed.add(rows)
        return False

    def put(self, thing: Any, rows: tuple[int, ...], row: int) -> None:
        """Place ``thing`` in this very row, which must have room."""
        self.free[row] -= 1
        self.held[row].append((thing, rows))

    def short(self) -> set[int]:
        """Return the rows with empty places and those that hold what would fit there: together they lack things."""
        lacking = {row for row, free in enumerate(self.free) if free}
        queue = deque(sorted(lacking))
        while queue:
            row = queue.popleft()
            for other, things in enumerate(self.held):
                if other not in lacking and any(row in rows for _thing, rows in things):
                    lacking.add(other)
                    queue.append(other)
        return lacking

    def _make_room(self, thing: Any, rows: tuple[int, ...]) -> bool:
        came: dict[int, tuple[int, int] | None] = dict.fromkeys(rows)
        queue = deque(rows)
        while queue:
            row = queue.popleft()
            for place, (_thing, others) in enumerate(self.held[row]):
                for other in others:
                    if other in came:
                        continue
                    came[other] = (row, place)
                    if self.free[other]:
                        self._shift(other, came, (thing, rows))
                        return True
                    queue.append(other)
        return False

    def _shift(self, free: int, came: dict[int, tuple[int, int] | None], newcomer) -> None:
        row, place = came[free]
        self.free[free] -= 1
        self.held[free].append(self.held[row][place])
        while came[row] is not None:
            before, its_place = came[row]
            self.held[row][place] = self.held[before][its_place]
            row, place = before, its_place
        self.held[row][place] = newcomer
