"""Means, variances and covariances by group, from exact sums of whole numbers. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

import numpy as np

BITS = 24  # a paper of 167,772 marks still fits


@dataclass(frozen=True)
class Moments:
    """Sums over one group of pairs (x, y); ``sum_sorted`` is of x × y when both are sorted."""

    count: int
    sum_x: int
    sum_y: int
    sum_xx: int
    sum_yy: int
    sum_xy: int
    sum_sorted: int

    def _co(self, product: int, one: int, other: int) -> Fraction | None:
        if self.count < 2:
            return None
        return Fraction(self.count * product - one * other, self.count * (self.count - 1))

    @property
    def variance(self) -> Fraction | None:
        """The unbiased variance of x; None of a single one."""
        return self._co(self.sum_xx, self.sum_x, self.sum_x)

    @property
    def covariance(self) -> Fraction | None:
        """The covariance of x and y."""
        return self._co(self.sum_xy, self.sum_x, self.sum_y)

    @property
    def covariance_with_total(self) -> Fraction | None:
        """The covariance of x and x + y."""
        return None if self.count < 2 else self.variance + self.covariance

    @property
    def correlation(self) -> float | None:
        """100 r(x, y); None where one of them never varies."""
        other = self._co(self.sum_yy, self.sum_y, self.sum_y)
        if not self.variance or not other:
            return None
        return 100 * float(self.covariance) / sqrt(self.variance * other)

    @property
    def efficiency(self) -> float | None:
        """The covariance in per cent of the greatest that the same values could have."""
        greatest = self._co(self.sum_sorted, self.sum_x, self.sum_y)
        return float(100 * self.covariance / greatest) if greatest else None


def grouped(group: np.ndarray, x: np.ndarray, y: np.ndarray, count: int) -> list[Moments]:
    """Return the moments of each group 0 … count − 1, none of which is empty; x and y are whole and not negative."""
    if not count:
        return []
    narrow = group.astype(np.uint16) if count <= np.iinfo(np.uint16).max else group
    order = np.argsort(narrow, kind="stable")  # of short numbers by their digits, in linear time
    starts = np.searchsorted(group[order], np.arange(count))
    by_x, by_y = (np.sort((group << BITS) + values) & ((1 << BITS) - 1) for values in (x, y))
    x, y = x[order], y[order]
    sizes = np.diff(np.append(starts, len(group))).tolist()
    sums = [np.add.reduceat(values, starts).tolist() for values in (x, y, x * x, y * y, x * y, by_x * by_y)]
    return [Moments(size, *row) for size, row in zip(sizes, zip(*sums, strict=True), strict=True)]


@dataclass(frozen=True)
class Shape:
    """How values spread: unbiased variance, skewness and kurtosis from k-statistics."""

    variance: Fraction | None
    skewness: float | None
    kurtosis: float | None


def shape_of(values: Sequence[int]) -> Shape:
    """Return the shape of whole numbers; None for what needs more of them, or any spread."""
    n, total = len(values), sum(values)
    if n < 2:
        return Shape(None, None, None)
    away = [n * value - total for value in values]  # n times the distance to the mean: whole numbers
    m2, m3, m4 = (Fraction(sum(one**power for one in away), n ** (power + 1)) for power in (2, 3, 4))
    k2 = n * m2 / (n - 1)
    if not k2 or n < 3:
        return Shape(k2, None, None)
    k3 = n * n * m3 / ((n - 1) * (n - 2))
    skewness = float(k3) / sqrt(k2) ** 3
    if n < 4:
        return Shape(k2, skewness, None)
    k4 = n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2) / ((n - 1) * (n - 2) * (n - 3))
    return Shape(k2, skewness, float(k4 / (k2 * k2)))
