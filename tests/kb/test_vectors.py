"""Exact search while there are few vectors, inverted lists beyond, both minding what is allowed."""

import numpy as np
import pytest

from kb.index import vectors


def clustered(count, *, seed=1):
    draw = np.random.default_rng(seed)
    middles = draw.standard_normal((20, 16))
    made = middles[draw.integers(20, size=count)] + 0.5 * draw.standard_normal((count, 16))
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def few_are_exact(monkeypatch):
    monkeypatch.setattr(vectors, "EXACT_UP_TO", 500)


def kind(index):
    return type(index).__name__


def test_up_to_the_limit_search_is_exact_and_beyond_it_goes_by_lists(few_are_exact):
    assert kind(vectors.built(clustered(500))) == "IndexFlatIP"
    assert kind(vectors.built(clustered(501))) == "IndexIVFFlat"


def test_lists_find_nearly_all_that_exact_search_finds(few_are_exact):
    matrix = clustered(4000)
    index = vectors.built(matrix)
    asked = vectors.near(matrix, 300, seed=9)
    assert vectors.recall(index, asked, vectors.exactly(matrix, asked, 100)) >= 0.99
    assert index.nprobe < index.nlist


def test_where_vectors_are_in_no_clusters_so_many_lists_are_looked_at_that_all_is_found(few_are_exact):
    draw = np.random.default_rng(3).standard_normal((2000, 64)).astype(np.float32)
    matrix = draw / np.linalg.norm(draw, axis=1, keepdims=True)
    asked = vectors.near(matrix, 200, seed=9)
    assert vectors.recall(vectors.built(matrix), asked, vectors.exactly(matrix, asked, 100)) >= 0.99


@pytest.mark.parametrize("count", [400, 2000])
def test_only_what_is_allowed_is_found(few_are_exact, count):
    matrix = clustered(count)
    allowed = np.zeros(count, dtype=bool)
    allowed[[3, 77, 200]] = True
    rows, cosines = vectors.nearest(vectors.built(matrix), matrix[77:78], 10, allowed)
    assert rows[0] == 77
    assert set(rows) <= {3, 77, 200}
    assert cosines[0] == pytest.approx(1, abs=1e-5)


def test_nothing_is_found_among_none():
    rows, cosines = vectors.nearest(vectors.built(np.zeros((0, 16), dtype=np.float32)), clustered(1), 5)
    assert (rows.tolist(), cosines.tolist()) == ([], [])


@pytest.mark.parametrize("count", [400, 2000])
def test_an_index_gives_back_its_vectors_and_is_the_same_when_read(few_are_exact, tmp_path, count):
    matrix = clustered(count)
    vectors.write(vectors.built(matrix), tmp_path / "vectors.faiss")
    index = vectors.read(tmp_path / "vectors.faiss")
    assert np.allclose(vectors.matrix_of(index), matrix)
    assert vectors.nearest(index, matrix[5:6], 3)[0][0] == 5


def test_a_later_index_keeps_the_lists_until_it_outgrows_them(few_are_exact, monkeypatch):
    first = vectors.built(clustered(1000))
    learnt = []
    learn = vectors.learnt
    monkeypatch.setattr(vectors, "learnt", lambda matrix: learnt.append(len(matrix)) or learn(matrix))
    more = clustered(1900, seed=2)
    second = vectors.built(more, like=first)
    assert (learnt, second.nlist, second.nprobe, second.ntotal) == ([], first.nlist, first.nprobe, 1900)
    assert vectors.nearest(second, more[1500:1501], 1)[0].tolist() == [1500]
    vectors.built(clustered(2100), like=first)
    assert learnt == [2100]
