"""BM25 against values worked out by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.index.bm25 import Bm25

ROWS = [["火", "锅", "火"], ["水", "锅"], ["电"]]


def test_scores_are_the_formula():
    # mean length 2; idf(火) = ln(1 + 2.5/1.5); weight = idf * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3/2))
    fire = math.log(1 + 2.5 / 1.5) * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 1.5))
    pot = math.log(1 + 1.5 / 2.5)
    expected = [fire + pot * 2.2 / (1 + 1.2 * 1.375), pot * 2.2 / (1 + 1.2), 0.0]
    assert Bm25.build(ROWS).scores(["火", "锅", "没有"]) == pytest.approx(expected, rel=1e-5)


def test_a_term_asked_twice_counts_twice():
    index = Bm25.build(ROWS)
    assert index.scores(["锅", "锅"]) == pytest.approx(2 * index.scores(["锅"]))


def test_idf_of_an_unseen_term_is_the_highest():
    index = Bm25.build(ROWS)
    assert index.idf_of("没有") == pytest.approx(math.log(1 + 3.5 / 0.5))
    assert index.idf_of("电") == pytest.approx(math.log(1 + 2.5 / 1.5))


def test_rows_with_a_term_are_its_postings():
    index = Bm25.build(ROWS)
    assert (index.rows_with("锅").tolist(), index.rows_with("没有").tolist()) == ([0, 1], [])


@pytest.mark.parametrize("rows", [[], [[]], [[], ["火"]]])
def test_empty_rows_score_nothing_and_do_not_fail(rows):
    assert Bm25.build(rows).scores(["水"]).tolist() == [0.0] * len(rows)


def test_what_is_saved_scores_the_same_when_loaded(tmp_path):
    index = Bm25.build(ROWS)
    index.save(tmp_path / "field.npz")
    loaded = Bm25.load(tmp_path / "field.npz")
    assert np.array_equal(loaded.scores(["火", "锅"]), index.scores(["火", "锅"]))
    assert (loaded.rows, loaded.numbers) == (3, index.numbers)


def test_an_empty_index_survives_saving(tmp_path):
    Bm25.build([]).save(tmp_path / "field.npz")
    assert Bm25.load(tmp_path / "field.npz").scores(["火"]).tolist() == []


ROW = st.lists(st.sampled_from("火水电锅气煤"), max_size=6)


@given(old=st.lists(ROW, max_size=6), new=st.lists(ROW, max_size=4), draw=st.randoms(use_true_random=False))
def test_a_changed_index_is_the_one_built_from_all_rows(old, new, draw):
    kept = [row for row in range(len(old)) if draw.random() < 0.7]
    order = draw.sample(range(len(kept) + len(new)), len(kept) + len(new))
    places = np.full(len(old), -1)
    places[kept] = order[: len(kept)]
    added = dict(zip(order[len(kept) :], new, strict=True))
    rows = {**added, **{int(places[row]): old[row] for row in kept}}
    changed = Bm25.build(old).changed(places, added, len(rows))
    whole = Bm25.build([rows[at] for at in range(len(rows))])
    assert (changed.rows, changed.numbers) == (whole.rows, whole.numbers)
    for name in ("idf", "starts", "postings", "counts", "weights"):
        assert getattr(changed, name).tolist() == getattr(whole, name).tolist()
