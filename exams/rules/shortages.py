"""Why a bank cannot fill a blueprint: what each row wants and finds, and which constraint stands in the way. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from .blueprints import Bank, Plan
from .places import Places
from .pools import Pool
from .selection import Chosen, case_counts, choose, single_counts


class Lack(StrEnum):
    """What a bank lacks."""

    ROW = "row"  # a row finds too few questions, or cases
    TOGETHER = "together"  # rows draw from the same questions, and these are too few for all of them
    POINT = "point"  # a point that must be covered has no question that any row would draw
    NEAR_DUPLICATES = "near_duplicates"  # without two near-duplicates on a paper too few are left
    COVERAGE = "coverage"  # the rows cannot take a question of every point at once


@dataclass(frozen=True)
class Shortage:
    """``rows`` (from 0) want so many and find so many ``there``; ``points`` are those that cannot be covered."""

    lack: Lack
    wanted: int
    there: int
    rows: tuple[int, ...] = ()
    points: tuple[int, ...] = ()


class BankTooSmall(Exception):
    """The bank cannot fill the blueprint; ``shortages`` say why."""

    def __init__(self, shortages: Sequence[Shortage]):
        super().__init__(
            "; ".join(f"{one.lack} {one.rows}: {one.wanted} wanted, {one.there} there" for one in shortages)
        )
        self.shortages = tuple(shortages)


def found(pool: Pool) -> list[int]:
    """Return how many questions, or cases, each row may draw from."""
    there = [0] * len(pool.plan.rows)
    for rows in [*pool.fits.values(), *(whole.rows for whole in pool.wholes)]:
        for row in rows:
            there[row] += 1
    return there


def shortages(plan: Plan, bank: Bank) -> list[Shortage]:
    """Return what is missing, the plainest reason first; empty if a paper can be drawn."""
    pool = Pool(plan, bank)
    lacking = [
        Shortage(Lack.ROW, row.count, there, (number,))
        for number, (row, there) in enumerate(zip(plan.rows, found(pool), strict=True))
        if there < row.count
    ]
    lacking += [] if lacking else _together(pool)
    lacking += _uncovered(pool)
    if lacking or _try(pool):
        return lacking
    alone = Pool(replace(plan, covers=frozenset()), bank)
    wanted = sum(row.count for row in plan.rows)
    if not _try(alone):
        return [Shortage(Lack.NEAR_DUPLICATES, wanted, _most(alone))]
    return [Shortage(Lack.COVERAGE, len(plan.covers), 0, points=tuple(sorted(plan.covers)))]


def _try(pool: Pool) -> Chosen | None:
    questions = [*pool.single, *(one.question for whole in pool.wholes for one in whole.members)]
    return choose(pool, {question: float(place) for place, question in enumerate(questions)}, Random(0))


def _together(pool: Pool) -> list[Shortage]:
    singles = [pool.fits[question] for question in pool.single]
    return [
        *_crowded(single_counts(pool), singles),
        *_crowded(case_counts(pool), [whole.rows for whole in pool.wholes]),
    ]


def _crowded(counts: list[int], things: Sequence[tuple[int, ...]]) -> list[Shortage]:
    places = _filled(counts, things)
    if not places.missing:
        return []
    rows = tuple(sorted(places.short()))
    return [Shortage(Lack.TOGETHER, sum(counts[row] for row in rows), sum(len(places.held[row]) for row in rows), rows)]


def _filled(counts: list[int], things: Sequence[tuple[int, ...]]) -> Places:
    places = Places(counts)
    for number, rows in enumerate(things):
        places.add(number, rows)
    return places


def _uncovered(pool: Pool) -> list[Shortage]:
    reached = {one.point for one in pool.single.values()}
    reached |= {one.point for whole in pool.wholes for one in whole.members}
    lacking = tuple(sorted(pool.plan.covers - reached))
    return (
        [Shortage(Lack.POINT, len(pool.plan.covers), len(pool.plan.covers) - len(lacking), points=lacking)]
        if (lacking)
        else []
    )


def _most(pool: Pool) -> int:
    """Return how many a paper could hold at most, cases left aside where they do not matter."""
    groups = [group.rows for group in pool.groups]
    groups += [pool.fits[one.question] for knot in pool.knots for one in pool.independent(knot)]
    singles = _filled(single_counts(pool), groups)
    cases = _filled(case_counts(pool), [whole.rows for whole in pool.wholes])
    return sum(len(held) for places in (singles, cases) for held in places.held)
