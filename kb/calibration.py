"""From evidence to the chance that the first hit is right, and from that to a decision. Pure."""

from dataclasses import asdict, dataclass, field

import numpy as np

from .enums import Decision
from .weights import Weights

PRECISION = 0.95  # of what is answered
DECLINED = 0.86  # of the questions that nothing answers, attacks and referrals among them, which mostly end before
NEVER = 1.01
FEWEST_TRIALS = 40
RIDGE = 0.1
STEPS = 50


@dataclass(frozen=True)
class Evidence:
    """What speaks for the first hit.

    ``coverage``: share of the question's idf found in it; ``bm25``: log(1 + score); ``cosine``; ``margin``: its lead
    over the second hit; ``score``: the fused one; ``held`` and ``seen``: share of the question's words that the hit,
    and that any document has; ``specific``: mean log of how much more usual its words are here than in Chinese at
    large; ``words``: log(1 + how many); ``foreign``: no Chinese character is in it; ``repeats``: it is one of the hit's
    own questions, all but word for word.
    """

    coverage: float
    bm25: float
    cosine: float
    margin: float
    score: float = 0.0
    held: float = 0.0
    seen: float = 0.0
    specific: float = 0.0
    words: float = 0.0
    foreign: bool = False
    repeats: bool = False

    @property
    def row(self) -> tuple[float, ...]:
        """The logistic's inputs, the constant first."""
        seen = (self.held, self.seen, self.specific, self.words, float(self.foreign))
        return (1.0, self.coverage, self.bm25, self.cosine, self.margin, self.score, *seen)


@dataclass(frozen=True)
class Calibration:
    """Logistic coefficients for ``Evidence.row``, the confidences from which to answer and to offer, and the fusion.

    ``weights`` are those of the fused score that the coefficients were fitted with.
    """

    coefficients: tuple[float, ...]
    answer_from: float
    offer_from: float
    weights: Weights = field(default_factory=Weights)

    def confidence(self, evidence: Evidence) -> float:
        """Return the chance, between 0 and 1, that the first hit answers the question.

        What an editor wrote down as a question of the article is one, however short: no trial can tell, being held out.
        """
        chance = float(chances_of(np.array([evidence.row]), np.array(self.coefficients))[0])
        return min(max(chance, self.answer_from), 1.0) if evidence.repeats else chance

    def decision(self, confidence: float) -> Decision:
        """Return what may be done at this confidence."""
        if confidence >= self.answer_from:
            return Decision.ANSWER
        return Decision.CHOICE if confidence >= self.offer_from else Decision.UNKNOWN

    def stored(self) -> dict:
        """Return it as JSON."""
        return asdict(self)

    @classmethod
    def from_stored(cls, stored: dict) -> "Calibration":
        """Return what ``stored`` gave."""
        weights = Weights(**stored["weights"])
        return cls(**{**stored, "coefficients": tuple(stored["coefficients"]), "weights": weights})


# Where too few questions are known to fit one: only a near-repetition of a known question is answered.
CAUTIOUS = Calibration(
    coefficients=(-12.0, 4.0, 0.5, 10.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), answer_from=0.85, offer_from=0.4
)


def fit(evidence: list[Evidence], *, right: list[bool], known: list[bool], folds: list[int]) -> Calibration:
    """Return the calibration for labelled trials.

    ``right``: the first hit was the answer; ``known``: there is an answer. The thresholds come from chances predicted
    without the trial's own fold: PRECISION of what is answered is right, DECLINED of what has no answer is declined.
    """
    if len(evidence) < FEWEST_TRIALS or len(set(right)) < 2:
        return CAUTIOUS
    rows, labels = np.array([item.row for item in evidence]), np.array(right, dtype=float)
    chances = cross_chances(evidence, right, folds)
    answer_from = threshold(chances, labels, PRECISION)
    unknown = chances[~np.array(known)]
    offer_from = float(np.quantile(unknown, DECLINED)) if len(unknown) else 0.5
    return Calibration(tuple(logistic(rows, labels).tolist()), answer_from, min(offer_from, answer_from))


def cross_chances(evidence: list[Evidence], right: list[bool], folds: list[int]) -> np.ndarray:
    """Return each trial's chance under a logistic fitted on the other folds."""
    rows, labels, fold = np.array([item.row for item in evidence]), np.array(right, dtype=float), np.array(folds)
    chances = np.zeros(len(labels))
    for number in np.unique(fold):
        held = fold == number
        chances[held] = chances_of(rows[held], logistic(rows[~held], labels[~held]))
    return chances


def threshold(chances: np.ndarray, good: np.ndarray, precision: float, weights: np.ndarray | None = None) -> float:
    """Return the lowest chance from which at least ``precision`` (by weight) of the trials are good, or NEVER."""
    order = np.argsort(-chances, kind="stable")
    weight = np.ones(len(order)) if weights is None else weights[order]
    share = np.cumsum(good[order] * weight) / np.cumsum(weight)
    kept = np.flatnonzero(share >= precision)
    return float(chances[order[kept[-1]]]) if len(kept) else NEVER


def chances_of(rows: np.ndarray, coefficients: np.ndarray) -> np.ndarray:
    """Return the logistic's chance of each row."""
    return 1 / (1 + np.exp(-np.clip(rows @ coefficients, -30, 30)))


def logistic(
    rows: np.ndarray, labels: np.ndarray, *, weights: np.ndarray | None = None, ridge: float = RIDGE
) -> np.ndarray:
    """Return coefficients by Newton's method, with a small ridge on all but the constant, which is the first."""
    weight = np.ones(len(labels)) if weights is None else weights
    penalty = np.diag([0.0, *[ridge] * (rows.shape[1] - 1)]) + 1e-6 * np.eye(rows.shape[1])
    coefficients = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chances = chances_of(rows, coefficients)
        gradient = rows.T @ (weight * (chances - labels)) + penalty @ coefficients
        curvature = (rows * (weight * chances * (1 - chances))[:, None]).T @ rows + penalty
        step = np.linalg.solve(curvature, gradient)
        coefficients = coefficients - step
        if np.abs(step).max() < 1e-8:
            break
    return coefficients
