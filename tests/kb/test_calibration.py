"""Confidence, thresholds and figures of merit."""

from dataclasses import replace

import numpy as np
import pytest

from kb import calibration
from kb.calibration import CAUTIOUS, NEVER, Calibration, Evidence
from kb.enums import Decision
from kb.evaluation import metrics

ZEROS = (0.0,) * 9  # of the other pieces of evidence
STRONG = Evidence(coverage=1.0, bm25=4.0, cosine=0.95, margin=0.6)
WEAK = Evidence(coverage=0.1, bm25=0.5, cosine=0.1, margin=0.02)


def labelled(count=100):
    """Evidence that grows from trial to trial, right in its upper half."""
    shares = np.linspace(0, 1, count)
    evidence = [Evidence(share, 4 * share, share, share / 2) for share in shares]
    right = [bool(share > 0.5) for share in shares]
    folds = [at % 4 for at in range(count)]
    return {"evidence": evidence, "right": right, "known": right, "folds": folds}


def test_confidence_is_the_logistic_of_the_evidence():
    fitted = Calibration((0.0, 1.0, *ZEROS), answer_from=0.7, offer_from=0.5)
    assert fitted.confidence(STRONG) == pytest.approx(1 / (1 + np.exp(-1)))


@pytest.mark.parametrize(
    ("confidence", "decision"),
    [(0.9, Decision.ANSWER), (0.7, Decision.ANSWER), (0.69, Decision.CHOICE), (0.5, Decision.CHOICE)],
)
def test_decision_follows_the_thresholds(confidence, decision):
    assert Calibration((0.0, 0.0, *ZEROS), answer_from=0.7, offer_from=0.5).decision(confidence) is decision


def test_below_the_lower_threshold_nothing_is_known():
    assert Calibration((0.0, 0.0, *ZEROS), answer_from=0.7, offer_from=0.5).decision(0.49) is Decision.UNKNOWN


def test_a_repeated_question_is_at_least_sure_enough_to_answer():
    fitted = Calibration((-5.0, 1.0, *ZEROS), answer_from=0.8, offer_from=0.5)
    assert fitted.confidence(replace(STRONG, repeats=True)) == 0.8
    assert fitted.decision(fitted.confidence(replace(STRONG, repeats=True))) is Decision.ANSWER


def test_extreme_evidence_stays_between_0_and_1():
    fitted = Calibration((0.0, 1e6, *ZEROS), answer_from=0.7, offer_from=0.5)
    assert 0.0 <= fitted.confidence(Evidence(-5, 0, 0, 0)) < fitted.confidence(Evidence(5, 0, 0, 0)) <= 1.0


def test_fit_tells_strong_from_weak_and_keeps_the_thresholds_in_order():
    fitted = calibration.fit(**labelled())
    assert fitted.confidence(STRONG) > 0.95
    assert fitted.confidence(WEAK) < 0.05
    assert 0 < fitted.offer_from <= fitted.answer_from < 1


def test_fit_on_too_few_trials_is_cautious():
    assert calibration.fit(**labelled(calibration.FEWEST_TRIALS - 1)) is CAUTIOUS


def test_fit_where_every_trial_is_right_is_cautious():
    trials = labelled() | {"right": [True] * 100}
    assert calibration.fit(**trials) is CAUTIOUS


def test_a_calibration_survives_being_stored():
    fitted = calibration.fit(**labelled())
    assert Calibration.from_stored(fitted.stored()) == fitted


def test_threshold_is_the_lowest_chance_that_keeps_the_precision():
    chances, good = np.array([0.9, 0.8, 0.7, 0.6]), np.array([1.0, 1.0, 0.0, 1.0])
    assert calibration.threshold(chances, good, 0.95) == 0.8
    assert calibration.threshold(chances, good, 0.75) == 0.6


def test_threshold_where_nothing_is_precise_enough_is_never():
    assert calibration.threshold(np.array([0.9, 0.8]), np.array([0.0, 1.0]), 0.95) == NEVER


def test_threshold_counts_by_weight():
    chances, good = np.array([0.9, 0.8]), np.array([1.0, 0.0])
    assert calibration.threshold(chances, good, 0.75, np.array([4.0, 1.0])) == 0.8


def test_metrics_are_what_they_say():
    ranks = [0, 1, None, 4]
    assert metrics.recall(ranks, 1) == 0.25
    assert metrics.recall(ranks, 5) == 0.75
    assert metrics.ndcg(ranks) == pytest.approx((1 + 1 / np.log2(3) + 1 / np.log2(6)) / 4)
    assert metrics.rank_of({"b", "c"}, ("a", "b")) == 1
    assert metrics.rank_of({"c"}, ("a", "b")) is None


def test_auroc_counts_ties_half():
    chances, right = np.array([0.9, 0.5, 0.5, 0.1]), np.array([True, True, False, False])
    assert metrics.auroc(chances, right) == 0.875


def test_calibration_error_is_the_gap_between_said_and_true():
    chances, right = np.array([0.95, 0.95, 0.15, 0.15]), np.array([True, False, False, False])
    assert metrics.calibration_error(chances, right) == pytest.approx(0.5 * 0.45 + 0.5 * 0.15)
