"""The figures of one evaluation, and the questions that missed."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from kb import calibration

from . import metrics
from .trials import Trial


@dataclass(frozen=True)
class Report:
    """Shares between 0 and 1; ``misses`` is topic → (missed, asked), ``missed`` (question, expected, found first)."""

    questions: int
    out_of_scope: int
    recall_at_1: float
    recall_at_3: float
    recall_at_5: float
    ndcg_at_10: float
    auroc: float
    calibration_error: float
    answered_at_95: float
    misses: dict[str, tuple[int, int]]
    missed: tuple[tuple[str, str, str], ...]


def report(results: list[Trial]) -> Report:
    """Return the figures of ``results``; each chance comes from a logistic that did not see the trial's fold."""
    known = [trial for trial in results if trial.expected]
    ranks = [metrics.rank_of(trial.expected, trial.found) for trial in known]
    right = np.array([trial.right for trial in results])
    folds = [trial.fold for trial in results]
    chances = calibration.cross_chances([trial.evidence for trial in results], right.tolist(), folds)
    threshold = calibration.threshold(chances, right, calibration.PRECISION)
    asked, missed = Counter(trial.topic for trial in known), [trial for trial in known if not trial.right]
    wrong = Counter(trial.topic for trial in missed)
    return Report(
        questions=len(known),
        out_of_scope=len(results) - len(known),
        recall_at_1=metrics.recall(ranks, 1),
        recall_at_3=metrics.recall(ranks, 3),
        recall_at_5=metrics.recall(ranks, 5),
        ndcg_at_10=metrics.ndcg(ranks),
        auroc=metrics.auroc(chances, right),
        calibration_error=metrics.calibration_error(chances, right),
        answered_at_95=metrics.answered_at(chances, right, np.array([bool(t.expected) for t in results]), threshold),
        misses={topic: (wrong[topic], asked[topic]) for topic in sorted(asked)},
        missed=tuple((trial.question, trial.expected, trial.found[0]) for trial in missed),
    )
