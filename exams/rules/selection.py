"""Choose a paper's questions: those wanted most, such that every row is filled and every constraint holds. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from random import Random

from .blueprints import Candidate
from .places import Places
from .pools import Group, Pool, Whole

TRIES = 500  # fillings tried before a paper is given up; one suffices unless near-duplicates and cases are entangled

MOST_CASE_CHOICES = 20_000

Priority = Mapping[int, float]


@dataclass(frozen=True)
class Chosen:
    """Which row takes which questions and cases."""

    singles: list[tuple[int, Candidate]]
    wholes: list[tuple[int, Whole]]


class _Budget:
    def __init__(self, tries: int):
        self.left = tries

    def spend(self) -> bool:
        self.left -= 1
        return self.left >= 0


def choose(pool: Pool, priority: Priority, random: Random) -> Chosen | None:
    """Return what to draw, the lowest ``priority`` first; None if nothing satisfies the blueprint."""
    budget = _Budget(TRIES)
    for wholes in _cases(pool, priority, random):
        inside = [one for _row, whole in wholes for one in whole.members]
        banned = {other for one in inside for other in pool.near.get(one.question, ())}
        need = sorted(pool.plan.covers - {one.point for one in inside})
        for groups in _ways(pool, banned, need, priority, budget):
            singles = fill(pool, groups, need, priority)
            if singles is not None:
                return Chosen(singles, wholes)
        if budget.left <= 0:
            return None
    return None


def fill(
    pool: Pool, groups: Sequence[Group], need: Sequence[int], priority: Priority
) -> list[tuple[int, Candidate]] | None:
    """Fill the rows for questions from independent ``groups``, with one of each point in ``need``; None if in vain."""
    keys = [_key(group, priority) for group in groups]
    places = Places(single_counts(pool))
    missing = places.missing
    first = _of_each_point(groups, keys, need, places)
    if first is None:
        return None
    missing -= len(first)
    for number in sorted(range(len(groups)), key=keys.__getitem__):
        if not missing:
            break
        if number not in first and places.add(number, groups[number].rows):
            missing -= 1
    if missing:
        return None
    return [
        (row, _best(pool, groups[number], row, priority))
        for row, held in enumerate(places.held)
        for number, _rows in held
    ]


def _key(group: Group, priority: Priority) -> float:
    if len(group.members) == 1:
        return priority[group.members[0].question]
    return min(priority[one.question] for one in group.members)


def _of_each_point(
    groups: Sequence[Group], keys: Sequence[float], need: Sequence[int], places: Places
) -> set[int] | None:
    """Place one group of each point; return which. They keep their places when the rest is added."""
    if not need:
        return set()
    by_point: dict[int, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        by_point[group.members[0].point].append(number)
    rows_of_points = Places(places.free)
    for point in need:
        fitting = {groups[number].rows for number in by_point.get(point, ())}
        if not rows_of_points.add(point, tuple(sorted({row for rows in fitting for row in rows}))):
            return None
    first = set()
    for row, held in enumerate(rows_of_points.held):
        for point, _rows in held:
            fitting = [number for number in by_point[point] if row in groups[number].rows]
            number = min(fitting, key=keys.__getitem__)
            places.put(number, groups[number].rows, row)
            first.add(number)
    return first


def _best(pool: Pool, group: Group, row: int, priority: Priority) -> Candidate:
    fitting = (one for one in group.members if row in pool.fits[one.question])
    return min(fitting, key=lambda one: priority[one.question])


def single_counts(pool: Pool) -> list[int]:
    """Return how many single questions each row takes; a row of cases takes none."""
    return [0 if row.cases else row.count for row in pool.plan.rows]


def case_counts(pool: Pool) -> list[int]:
    """Return how many cases each row takes; a row of questions takes none."""
    return [row.count if row.cases else 0 for row in pool.plan.rows]


def _ways(pool: Pool, banned: set[int], need: Sequence[int], priority: Priority, budget) -> Iterator[list[Group]]:
    """Yield sets of independent groups: the one wanted most, then the others, knot by knot, cut off where in vain."""
    groups = pool.groups if not banned else [rest for group in pool.groups if (rest := _without(pool, group, banned))]
    knots = [rest for knot in pool.knots if (rest := [one for one in knot if one.question not in banned])]
    if budget.spend():
        wanted = (sorted(knot, key=lambda one: priority[one.question]) for knot in knots)
        yield [*groups, *(pool.group([one]) for knot in wanted for one in pool.independent(knot))]

    def deeper(depth: int, chosen: list[Group]) -> Iterator[list[Group]]:
        if depth == len(knots):
            yield [*groups, *chosen]
            return
        later = [pool.group([one]) for knot in knots[depth + 1 :] for one in knot]
        for option in islice(pool.all_independent(knots[depth]), TRIES):
            here = [*chosen, *(pool.group([one]) for one in option)]
            if not budget.spend():
                return
            if fill(pool, [*groups, *here, *later], need, priority) is not None:
                yield from deeper(depth + 1, here)

    if knots:
        yield from deeper(0, [])


def _without(pool: Pool, group: Group, banned: set[int]) -> Group | None:
    rest = [one for one in group.members if one.question not in banned]
    if len(rest) == len(group.members):
        return group
    return pool.group(rest) if rest else None


def _cases(pool: Pool, priority: Priority, random: Random) -> Iterator[list[tuple[int, Whole]]]:
    """Yield choices of cases that fill their rows: the one wanted most, then any other, at random."""
    counts = case_counts(pool)
    if not any(counts):
        yield []
        return
    order = sorted(pool.wholes, key=lambda whole: max(priority[one.question] for one in whole.members))
    if wanted := _place(pool, order, counts):
        yield wanted
    mixed = sorted(order, key=lambda _whole: random.random())
    for some in islice(combinations(mixed, sum(counts)), MOST_CASE_CHOICES):
        if placed := _place(pool, some, counts):
            yield placed


def _place(pool: Pool, wholes: Sequence[Whole], counts: Sequence[int]) -> list[tuple[int, Whole]] | None:
    places, banned = Places(counts), set()
    for whole in wholes:
        if not places.missing:
            break
        if any(one.question in banned for one in whole.members) or not places.add(whole, whole.rows):
            continue
        banned |= {other for one in whole.members for other in pool.near.get(one.question, ())}
    if places.missing:
        return None
    return [(row, whole) for row, held in enumerate(places.held) for whole, _rows in held]
