"""How much BM25 and cosine of a document's three texts count; fitted on labelled questions. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

ROUNDS = 2
SHARES = tuple(step / 20 for step in range(4, 18))
CHINESE = ("lexical", "asked_bm25", "asked_cosine")
FOREIGN = ("foreign_lexical", "foreign_english", "foreign_asked")


@dataclass(frozen=True)
class Fields:
    """``lexical``: share of BM25 in the whole; the others: shares of (questions, passages, English), adding up to 1."""

    lexical: float
    bm25: np.ndarray
    cosine: np.ndarray


@dataclass(frozen=True)
class Weights:
    """The share of BM25 in the fused score, and of the questions, against the passages, in each part.

    A question with a Chinese character has the first three, any other one the last three, whose second text is the
    English summary as far as ``english`` says.
    """

    lexical: float = 0.35
    asked_bm25: float = 0.6
    asked_cosine: float = 0.6
    foreign_lexical: float = 0.6
    foreign_english: float = 0.5
    foreign_asked: float = 0.5

    def fields(self, *, chinese: bool) -> Fields:
        """Return what each text counts for a question in Chinese, or in another language."""
        if chinese:
            return Fields(self.lexical, _pair(self.asked_bm25), _pair(self.asked_cosine))
        rest = 1 - self.foreign_english
        shares = np.array([rest * self.foreign_asked, rest * (1 - self.foreign_asked), self.foreign_english])
        return Fields(self.foreign_lexical, shares, shares)


def fit(value: Callable[[Weights], float], *, start: Weights = Weights(), names=CHINESE + FOREIGN) -> Weights:
    """Return the weights near ``start`` for which ``value(weights)`` is highest, tried one of ``names`` at a time."""
    best, most = start, value(start)
    for _ in range(ROUNDS):
        for name in names:
            for share in SHARES:
                tried = replace(best, **{name: share})
                if (worth := value(tried)) > most:
                    best, most = tried, worth
    return best


def _pair(asked: float) -> np.ndarray:
    return np.array([asked, 1 - asked, 0.0])
