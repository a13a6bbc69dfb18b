"""Statistics of a test and of its questions as Moodle's quiz statistics define them. Pure, over numpy arrays.

Source: docs.moodle.org/dev/Quiz_statistics_calculations. Its units are kept: facility and random guess score are shares
of the marks (0 to 1), standard deviations and the standard error are marks, all weights, indices, the coefficient of
internal consistency and the error ratio are per cent. What cannot be computed (nobody differs, one candidate) is None.

Sums are taken over whole hundredths of marks in exact arithmetic, so that no variance is a rounding error.

A question is compared with the rest of the test, X = T − x, among those who had it. Where papers are drawn at random,
a *position* is, as in Moodle, a question that everybody had, or else the first, second, … place that was drawn: the
coefficient of internal consistency and the effective weights are over positions, so a drawn question has no weight.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import sqrt

import numpy as np

from .breakdown import DTYPE
from .moments import Moments, grouped, shape_of

PLACES_OF_OPTIONS = 12
PLACE_BITS = 16
EXTREME = 0.27  # the best and the weakest of which item analysis speaks (Kelley 1939)


@dataclass(frozen=True)
class Marks:
    """One element a slot of a graded attempt, int64; ``attempt`` counts from 0, marks are hundredths."""

    attempt: np.ndarray
    version: np.ndarray
    slot: np.ndarray
    marks: np.ndarray
    awarded: np.ndarray
    chosen: np.ndarray
    attempts: int

    @cached_property
    def totals(self) -> np.ndarray:
        """Each attempt's mark, in hundredths."""
        return _sum(self.attempt, self.awarded, self.attempts)

    @cached_property
    def rest(self) -> np.ndarray:
        """What the attempt got without the slot, in hundredths."""
        return self.totals[self.attempt] - self.awarded

    @cached_property
    def versions(self) -> tuple[np.ndarray, np.ndarray]:
        """The versions there are, and for each slot the place of its version among them."""
        return np.unique(self.version, return_inverse=True)

    @cached_property
    def common(self) -> np.ndarray:
        """Which of the versions everybody had."""
        versions, group = self.versions
        return np.bincount(group, minlength=len(versions)) == self.attempts

    @cached_property
    def positions(self) -> list[Moments]:
        """The moments of each position: first the versions everybody had, in their order, then the drawn places."""
        position, count = _positions(self)
        return grouped(position, self.awarded, self.rest, count)

    @property
    def full(self) -> np.ndarray:
        """Each paper's full marks, in hundredths."""
        return _sum(self.attempt, self.marks, self.attempts)


def gather(breakdowns: Sequence[bytes]) -> Marks:
    """Return the slots of many results, each as ``exams.rules.breakdown`` packs them."""
    dtype = np.dtype(DTYPE)
    rows = np.frombuffer(b"".join(breakdowns), dtype)
    lengths = np.array([len(packed) // dtype.itemsize for packed in breakdowns], dtype=np.int64)
    columns = {name: rows[name].astype(np.int64) for name in ("version", "slot", "marks", "awarded", "chosen")}
    return Marks(attempt=np.repeat(np.arange(len(lengths)), lengths), attempts=len(lengths), **columns)


@dataclass(frozen=True)
class WholeTest:
    """Figures of a whole test. Mean, median, deviation and error are marks."""

    attempts: int
    mean: float | None
    median: float | None
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    cic: float | None
    error_ratio: float | None
    standard_error: float | None


def whole_test(marks: Marks) -> WholeTest:
    """Return the figures of the test as a whole."""
    totals = marks.totals
    count = len(totals)
    if not count:
        return WholeTest(0, *[None] * 8)
    shape = shape_of(totals.tolist())
    sd = None if shape.variance is None else sqrt(shape.variance) / 100
    cic = _consistency(marks, shape.variance) if count > 2 else None
    ratio = None if cic is None else 100 * sqrt(max(1 - cic / 100, 0))
    error = None if ratio is None else ratio * sd / 100
    return WholeTest(
        count,
        float(int(totals.sum()) / count / 100),
        float(np.median(totals)) / 100,
        sd,
        shape.skewness,
        shape.kurtosis,
        None if cic is None else float(cic),
        ratio,
        error,
    )


def _consistency(marks: Marks, variance: Fraction | None) -> Fraction | None:
    """Return Cronbach's alpha in per cent, exactly."""
    items = marks.positions
    count = len(items)
    if count < 2 or not variance:
        return None
    summed = sum(item.variance or 0 for item in items)
    return 100 * count * (1 - summed / variance) / (count - 1)


@dataclass(frozen=True)
class QuestionFigures:
    """Figures of one question version over those who had it."""

    version: int
    attempts: int
    marks: float | None  # None: papers gave it different marks
    facility: float
    sd: float | None
    random_guess: float | None
    intended_weight: float | None
    effective_weight: float | None
    discrimination_index: float | None
    discriminative_efficiency: float | None


def questions(marks: Marks, *, guesses: Mapping[int, float | None]) -> list[QuestionFigures]:
    """Return the figures of every version; ``guesses`` are their random guess scores."""
    versions, group = marks.versions
    full = marks.full[marks.attempt]
    items = grouped(group, marks.awarded, marks.rest, len(versions))
    weights = _effective_weights(marks)
    possible = _sum(group, marks.marks, len(versions))
    constant = [_constant(group, values, len(versions)) for values in (marks.marks, full)]
    found = []
    for at, (version, item) in enumerate(zip(versions.tolist(), items, strict=True)):
        own, whole = (values[at] for values in constant)
        found.append(
            QuestionFigures(
                version=version,
                attempts=item.count,
                marks=None if own is None else own / 100,
                facility=item.sum_x / int(possible[at]) if possible[at] else 0.0,
                sd=None if item.variance is None else sqrt(item.variance) / 100,
                random_guess=guesses.get(version),
                intended_weight=100 * own / whole if own is not None and whole else None,
                effective_weight=weights.get(version),
                discrimination_index=item.correlation,
                discriminative_efficiency=item.efficiency,
            )
        )
    return found


def _effective_weights(marks: Marks) -> dict[int, float]:
    """Return the weights of the versions that everybody had; of a negative covariance there is none."""
    items = marks.positions
    roots = [sqrt(max(item.covariance_with_total or 0, 0)) for item in items]
    if not sum(roots):
        return {}
    common = marks.versions[0][marks.common].tolist()
    return {
        version: 100 * root / sum(roots)
        for version, item, root in zip(common, items, roots, strict=False)
        if (item.covariance_with_total or 0) >= 0
    }


def _positions(marks: Marks) -> tuple[np.ndarray, int]:
    """Return each slot's position and how many there are."""
    _, group = marks.versions
    place = (marks.attempt << PLACE_BITS) + marks.slot
    order = np.arange(len(place)) if (np.diff(place) > 0).all() else np.argsort(place)
    attempt = marks.attempt[order]
    drawn = ~marks.common[group[order]]
    before = np.cumsum(drawn) - drawn  # drawn places before this one, in all attempts
    first = np.searchsorted(attempt, np.arange(marks.attempts)).clip(max=max(len(order) - 1, 0))
    within = before - before[first][attempt] if len(order) else before
    position = np.empty(len(order), dtype=np.int64)
    position[order] = np.where(drawn, marks.common.sum() + within, (np.cumsum(marks.common) - 1)[group[order]])
    return position, int(position.max(initial=-1)) + 1


@dataclass(frozen=True)
class PointFigures:
    """How candidates did in one knowledge point."""

    point: int
    versions: int
    attempts: int
    facility: float
    discrimination_index: float | None


def points(marks: Marks, *, point_of: Mapping[int, int]) -> list[PointFigures]:
    """Return the figures of each knowledge point: its questions of a paper together are one."""
    versions, group = marks.versions
    names, of_version = np.unique([point_of[version] for version in versions.tolist()], return_inverse=True)
    cell = of_version[group] * marks.attempts + marks.attempt if len(versions) else group
    cells, inverse = np.unique(cell, return_inverse=True)
    awarded, possible = _sum(inverse, marks.awarded, len(cells)), _sum(inverse, marks.marks, len(cells))
    attempt, point = cells % max(marks.attempts, 1), cells // max(marks.attempts, 1)
    items = grouped(point, awarded, marks.totals[attempt] - awarded, len(names))
    totals = _sum(point, possible, len(names))
    count = np.bincount(of_version, minlength=len(names)) if len(names) else []
    return [
        PointFigures(int(name), int(count[at]), item.count, item.sum_x / int(totals[at]), item.correlation)
        for at, (name, item) in enumerate(zip(names, items, strict=True))
    ]


@dataclass(frozen=True)
class OptionCount:
    """How many chose an option: of all who had the question, of the best and of the weakest 27 % of all candidates."""

    chosen: int
    best: int
    weakest: int


def options(marks: Marks) -> dict[int, list[OptionCount]]:
    """Return for each version how often each bank position was chosen; nothing but zeros where blanks are filled in."""
    versions, group = marks.versions
    totals = marks.totals
    if not len(totals):
        return {}
    ranked = np.sort(totals)
    few = max(1, round(EXTREME * len(ranked)))
    inside = [np.ones(len(group), dtype=bool), (totals >= ranked[-few])[marks.attempt]]
    inside.append((totals <= ranked[few - 1])[marks.attempt])
    counts = np.zeros((len(versions), PLACES_OF_OPTIONS, 3), dtype=np.int64)
    for place in range(PLACES_OF_OPTIONS):
        hit = (marks.chosen >> place & 1).astype(bool)
        for which, some in enumerate(inside):
            counts[:, place, which] = np.bincount(group[hit & some], minlength=len(versions))
    return {
        version: [OptionCount(*row) for row in table]
        for version, table in zip(versions.tolist(), counts.tolist(), strict=True)
    }


def _sum(group: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    """Return the sums by group; whole numbers below 2**53, so that they are exact."""
    return np.bincount(group, weights=values, minlength=count).astype(np.int64)


def _constant(group: np.ndarray, values: np.ndarray, count: int) -> list[int | None]:
    """Return for each group the one value it has, or None where there are several."""
    least, most = np.full(count, np.iinfo(np.int64).max), np.zeros(count, dtype=np.int64)
    np.minimum.at(least, group, values)
    np.maximum.at(most, group, values)
    return [low if low == high else None for low, high in zip(least.tolist(), most.tolist(), strict=True)]
