"""Figures of merit for retrieval and for confidence. Pure."""

import math
from collections.abc import Collection, Sequence

import numpy as np


def rank_of(expected: Collection[str], found: Sequence[str]) -> int | None:
    """Return the place from 0 of the first of ``found`` that is ``expected``, or None."""
    return next((place for place, each in enumerate(found) if each in expected), None)


def recall(ranks: list[int | None], depth: int) -> float:
    """Return the share of questions whose answer is among the first ``depth``."""
    return sum(rank is not None and rank < depth for rank in ranks) / len(ranks)


def mrr(ranks: list[int | None]) -> float:
    """Return the mean of 1 / place (from 1), 0 where nothing right was found."""
    return sum(1 / (rank + 1) for rank in ranks if rank is not None) / len(ranks)


def ndcg(ranks: list[int | None], depth: int = 10) -> float:
    """Return normalised discounted cumulative gain with one right answer each."""
    return sum(1 / math.log2(rank + 2) for rank in ranks if rank is not None and rank < depth) / len(ranks)


def auroc(chances: np.ndarray, right: np.ndarray) -> float:
    """Return the probability that a right answer has a higher chance than a wrong one, ties counting half."""
    good, bad = chances[right], chances[~right]
    if not len(good) or not len(bad):
        return 1.0
    wins = (good[:, None] > bad[None, :]).sum() + 0.5 * (good[:, None] == bad[None, :]).sum()
    return float(wins / (len(good) * len(bad)))


def calibration_error(chances: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error over equal-width bins (Naeini et al. 2015)."""
    places = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = (abs(right[places == n].mean() - chances[places == n].mean()) * (places == n).mean() for n in set(places))
    return float(sum(gaps))


def answered_at(chances: np.ndarray, right: np.ndarray, known: np.ndarray, threshold: float) -> float:
    """Return the share of ``known`` questions (those that have an answer) answered rightly from ``threshold`` on."""
    return float((right & (chances >= threshold)).sum() / known.sum())
