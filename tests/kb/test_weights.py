"""The shares of each text in the fused score."""

import numpy as np
import pytest

from kb import weights
from kb.weights import Weights


@pytest.mark.parametrize("chinese", [True, False])
def test_the_shares_of_the_texts_add_up_to_1(chinese):
    fields = Weights().fields(chinese=chinese)
    assert (fields.bm25.sum(), fields.cosine.sum()) == (pytest.approx(1), pytest.approx(1))


def test_a_chinese_question_asks_nothing_of_the_english_summary():
    assert Weights().fields(chinese=True).bm25[2] == 0.0
    assert Weights(foreign_english=0.3).fields(chinese=False).cosine == pytest.approx(np.array([0.35, 0.35, 0.3]))


def test_fit_finds_the_best_share_of_each_name():
    best = weights.fit(lambda tried: -abs(tried.lexical - 0.25) - abs(tried.foreign_asked - 0.7))
    assert (best.lexical, best.foreign_asked) == (0.25, 0.7)


def test_fit_keeps_what_nothing_is_better_than():
    assert weights.fit(lambda tried: 1.0) == Weights()
