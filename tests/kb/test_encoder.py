"""Our own encoder: trained the same each time, read the same with and without torch."""

import numpy as np
import pytest

from kb import encoder, training

TEXTS = ["油锅起火怎么办", "觸電怎麼急救", "gas smell at home", "今天股票涨了吗"]


@pytest.fixture
def small(documents):
    return documents[:6]


def test_training_twice_gives_the_same_weights(small):
    (_, first), (_, second) = training.fit(small), training.fit(small)
    assert np.array_equal(first, second)


def test_another_seed_gives_other_weights(small):
    (_, first), (_, second) = training.fit(small), training.fit(small, seed=2)
    assert not np.array_equal(first, second)


def test_the_fast_path_gives_the_vectors_of_sentence_transformers(small, tmp_path):
    training.train(small, folder=tmp_path)
    fast = encoder.load(tmp_path)
    slow = encoder.TransformerEncoder(fast.id, encoder.sentence_transformer(tmp_path))
    assert isinstance(fast, encoder.StaticEncoder)
    assert np.allclose(fast.encode(TEXTS), slow.encode(TEXTS), atol=1e-6)


def test_vectors_have_length_one_and_nothing_known_gives_zero(small):
    tokenizer, weights = training.fit(small)
    vectors = encoder.StaticEncoder("id", tokenizer, weights).encode(["油锅起火", "！？"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0, 0.0], abs=1e-6)
    assert vectors.shape == (2, training.DIMENSIONS)


def test_words_that_share_characters_are_near_though_no_article_holds_them(small):
    tokenizer, weights = training.fit(small)
    near, far, word = encoder.StaticEncoder("id", tokenizer, weights).encode(["葡萄酒", "摩托车", "葡萄"])
    assert word @ near > word @ far + 0.2


def test_the_id_changes_with_the_weights(small, tmp_path):
    for seed in (1, 2):
        training.train(small, folder=tmp_path / str(seed), seed=seed)
    assert encoder.load(tmp_path / "1").id != encoder.load(tmp_path / "2").id


def test_a_folder_without_a_model_cannot_be_read(tmp_path):
    with pytest.raises(encoder.UnreadableEncoder):
        encoder.load(tmp_path)
