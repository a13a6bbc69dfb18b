"""Which questions and cases fit which rows of a blueprint, and which of them exclude each other. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .blueprints import Bank, Candidate, Plan, Row


@dataclass(frozen=True)
class Group:
    """Near-duplicates of which a paper holds one, or a question alone; ``rows`` are those that any of them fits."""

    members: tuple[Candidate, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Whole:
    """A case with all of its questions, in their order."""

    case: int
    members: tuple[Candidate, ...]
    rows: tuple[int, ...]


class Pool:
    """What may be drawn for ``plan`` from ``bank``, made once and used for every paper.

    ``groups`` are independent of each other. A ``knot`` is a set of questions of which some, not all, exclude each
    other (a ≈ b ≈ c, yet a and c differ), or near-duplicates of different points where every point must be covered.
    """

    def __init__(self, plan: Plan, bank: Bank):
        self.plan = plan
        self.counts = [row.count for row in plan.rows]
        singles = [row if not row.cases else None for row in plan.rows]
        self.fits: dict[int, tuple[int, ...]] = {}
        self.single: dict[int, Candidate] = {}
        for one in bank.candidates:
            if one.case is None and (rows := tuple(_rows_for(one, singles))):
                self.single[one.question], self.fits[one.question] = one, rows
        self.wholes = _wholes(plan, bank)
        in_play = self.single.keys() | {one.question for whole in self.wholes for one in whole.members}
        self.near = _neighbours(bank, in_play) if plan.no_near_duplicates else {}
        self.groups: list[Group] = []
        self.knots: list[list[Candidate]] = []
        for component in _components(self.single, self.near):
            if self._is_one_group(component):
                self.groups.append(self.group(component))
            else:
                self.knots.append(component)

    def group(self, members: Iterable[Candidate]) -> Group:
        """Return ``members`` as alternatives."""
        members = tuple(members)
        if len(members) == 1:
            return Group(members, self.fits[members[0].question])
        return Group(members, tuple(sorted({row for one in members for row in self.fits[one.question]})))

    def _is_one_group(self, component: list[Candidate]) -> bool:
        if len(component) == 1:
            return True
        if self.plan.covers and len({one.point for one in component}) > 1:
            return False
        return all(len(self.near[one.question] & self.single.keys()) == len(component) - 1 for one in component)

    def independent(self, order: Iterable[Candidate]) -> list[Candidate]:
        """Return as many of a knot as may stand together, taken in the given order."""
        taken, banned = [], set()
        for one in order:
            if one.question not in banned:
                taken.append(one)
                banned |= self.near[one.question]
        return taken

    def all_independent(self, knot: list[Candidate]) -> Iterable[list[Candidate]]:
        """Yield each largest-as-can-be set of a knot that may stand together (Bron and Kerbosch 1973, complement)."""
        apart = {
            one.question: {two.question for two in knot} - self.near[one.question] - {one.question} for one in knot
        }

        def grow(taken: list[int], open_: list[int], done: set[int]):
            if not open_:
                if not done:
                    yield [self.single[question] for question in taken]
                return
            for question in list(open_):
                yield from grow(
                    [*taken, question],
                    [other for other in open_ if other in apart[question]],
                    done & apart[question],
                )
                open_ = [other for other in open_ if other != question]
                done = done | {question}

        yield from grow([], [one.question for one in knot], set())


def _rows_for(one: Candidate, rows: Iterable[Row | None]) -> Iterable[int]:
    return (number for number, row in enumerate(rows) if row is not None and _fits(one, row, one.point))


def _fits(one: Candidate, row: Row, point: int) -> bool:
    return (
        (not row.kind or one.kind == row.kind)
        and row.easiest <= one.difficulty <= row.hardest
        and (row.points is None or point in row.points)
    )


def _wholes(plan: Plan, bank: Bank) -> list[Whole]:
    rows = [(number, row) for number, row in enumerate(plan.rows) if row.cases]
    if not rows:
        return []
    cases: dict[int, list[Candidate]] = defaultdict(list)
    for one in bank.candidates:
        if one.case is not None:
            cases[one.case].append(one)
    wholes = []
    for case, members in cases.items():
        point = bank.case_points[case]
        fitting = tuple(number for number, row in rows if all(_fits(one, row, point) for one in members))
        if fitting:
            wholes.append(Whole(case, tuple(members), fitting))
    return wholes


def _neighbours(bank: Bank, in_play: set[int]) -> Mapping[int, set[int]]:
    """Return each question's near-duplicates; two of the same case were written to stand together."""
    case_of = {one.question: one.case for one in bank.candidates}
    near: dict[int, set[int]] = defaultdict(set)
    for first, second in bank.near:
        same_case = case_of.get(first) is not None and case_of.get(first) == case_of.get(second)
        if first in in_play and second in in_play and not same_case:
            near[first].add(second)
            near[second].add(first)
    return near


def _components(single: Mapping[int, Candidate], near: Mapping[int, set[int]]) -> Iterable[list[Candidate]]:
    seen: set[int] = set()
    for question in single:
        if question in seen:
            continue
        seen.add(question)
        found, waiting = [], [question]
        while waiting:
            here = waiting.pop()
            found.append(single[here])
            for other in sorted(near.get(here, ())):
                if other in single and other not in seen:
                    seen.add(other)
                    waiting.append(other)
        yield found
