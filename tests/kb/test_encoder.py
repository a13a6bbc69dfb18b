"""The encoder: the bundled one fine-tuned on the articles, read the same with and without torch, or any other."""

import numpy as np
import pytest

from kb import encoder, training
from kb.encoder import StaticEncoder

TEXTS = ["油锅起火怎么办", "觸電怎麼急救", "gas smell at home", "今天股票涨了吗", "ＡＥＤ在哪里 120"]
LARGEST = 20_000_000  # bytes of the bundled folder


@pytest.fixture
def small(documents):
    return documents[:6]


@pytest.fixture(scope="module")
def bundled():
    return encoder.load(training.BUNDLED)


def closeness(model, one, other):
    first, second = model.encode([one, other])
    return float(first @ second)


def test_the_bundled_folder_is_small_enough_and_names_its_sources():
    files = [path for path in training.BUNDLED.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= LARGEST
    notice = (training.BUNDLED / "NOTICE.md").read_text(encoding="utf-8")
    named = (
        "CC BY-SA 4.0",
        "CMRC 2018",
        "CC-CEDICT",
        "Chinese Open Wordnet",
        "Tatoeba",
        "LawRefBook",
        "mojLawSplitJSON",
    )
    assert [source for source in named if source not in notice] == []


def test_the_fast_path_gives_the_vectors_of_sentence_transformers(bundled):
    slow = encoder.TransformerEncoder(bundled.id, encoder.sentence_transformer(training.BUNDLED))
    assert isinstance(bundled, StaticEncoder)
    assert np.allclose(bundled.encode(TEXTS), slow.encode(TEXTS), atol=1e-6)


def test_the_tokenizer_folds_width_and_case_and_keeps_runs_of_letters_and_digits_apart(bundled):
    cut = bundled.tokenizer.encode("ＡＥＤ在哪里，打120急救gas", add_special_tokens=False).tokens
    assert cut == ["aed", "在", "哪里", "打", "120", "急救", "gas"]


def test_the_bundled_encoder_knows_what_means_the_same_in_words_it_shares_none_of(bundled):
    assert closeness(bundled, "着火", "失火") > closeness(bundled, "着火", "股票") + 0.2
    assert closeness(bundled, "earthquake", "地震") > closeness(bundled, "earthquake", "股票") + 0.2


def test_vectors_have_length_one_and_nothing_known_gives_zero(bundled):
    vectors = bundled.encode(["油锅起火", "！？"])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0, 0.0], abs=1e-6)
    assert vectors.shape == (2, 256)


def test_fine_tuning_twice_gives_the_same_weights(small):
    (_, first), (_, second) = training.fit(small), training.fit(small)
    assert np.array_equal(first, second)


def test_another_seed_gives_other_weights(small):
    (_, first), (_, second) = training.fit(small), training.fit(small, seed=2)
    assert not np.array_equal(first, second)


def test_fine_tuning_draws_a_way_of_asking_to_its_answer_and_leaves_other_words_alone(small, bundled):
    tuned = StaticEncoder("id", *training.fit(small))
    asked, answer = small[0].questions[1], str(small[0].passages[0])
    assert closeness(tuned, asked, answer) > closeness(bundled, asked, answer) + 0.1
    assert closeness(tuned, "葡萄酒", "股票") == pytest.approx(closeness(bundled, "葡萄酒", "股票"), abs=1e-6)


def test_without_a_pair_the_bundled_weights_stay(bundled):
    _, weights = training.fit(())
    assert np.array_equal(weights, bundled.weights)


def test_the_fine_tuned_folder_carries_the_notice_and_is_read_by_sentence_transformers(small, tmp_path):
    training.train(small, folder=tmp_path)
    fast = encoder.load(tmp_path)
    slow = encoder.TransformerEncoder(fast.id, encoder.sentence_transformer(tmp_path))
    assert np.allclose(fast.encode(TEXTS), slow.encode(TEXTS), atol=1e-6)
    assert (tmp_path / "NOTICE.md").read_bytes() == (training.BUNDLED / "NOTICE.md").read_bytes()


def test_the_id_changes_with_the_weights(small, tmp_path):
    for seed in (1, 2):
        training.train(small, folder=tmp_path / str(seed), seed=seed)
    assert encoder.load(tmp_path / "1").id != encoder.load(tmp_path / "2").id


def test_a_folder_without_a_model_cannot_be_read(tmp_path):
    with pytest.raises(encoder.UnreadableEncoder):
        encoder.load(tmp_path)
