"""KB_ENCODER: any SentenceTransformer folder in place of the bundled encoder, proved with a tiny transformer."""

import pytest

from kb import encoder, retrieval
from kb.actions import indexing
from kb.evaluation import trials
from kb.index import store

DIMENSIONS = 32


@pytest.fixture(scope="module")
def transformer(documents, tmp_path_factory):
    """A BERT of two layers with random weights that knows the characters of the articles, saved as a folder."""
    encoder.quiet_torch()
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    made = tmp_path_factory.mktemp("transformer")
    marks = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    characters = sorted(
        {character for document in documents for question in document.questions for character in question}
    )
    (made / "vocab.txt").write_text(
        "\n".join([*marks, *(each for each in characters if each.strip())]), encoding="utf-8"
    )
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(marks) + len(characters), hidden_size=DIMENSIONS, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=64,
    )  # fmt: skip
    BertModel(config).save_pretrained(made / "bert")
    BertTokenizerFast(str(made / "vocab.txt"), model_max_length=64).save_pretrained(made / "bert")
    word = Transformer(str(made / "bert"))
    SentenceTransformer(modules=[word, Pooling(DIMENSIONS)], device="cpu").save(str(made / "saved"))
    return made / "saved"


@pytest.fixture
def given(fresh, transformer, settings, monkeypatch):
    """The setting names the transformer, and nothing may be trained."""
    settings.KB_ENCODER = str(transformer)
    monkeypatch.setattr(indexing.training, "fit", None)
    monkeypatch.setattr(indexing.training, "train", None)
    monkeypatch.setattr(trials, "FOLDS", 1)
    return transformer


def test_a_transformer_is_read_as_one_and_gives_vectors_of_length_one(transformer):
    model = encoder.load(transformer)
    vectors = model.encode(["油锅起火怎么办", "觸電"])
    assert isinstance(model, encoder.TransformerEncoder)
    assert vectors.shape == (2, DIMENSIONS)
    assert (vectors**2).sum(axis=1) == pytest.approx([1.0, 1.0], abs=1e-5)


def test_an_index_is_built_and_searched_with_the_given_transformer(given, make_article, at):
    make_article()
    make_article(slug="window", title="窗户关不上怎么办", questions=["窗户关不上了"])
    indexing.build(now=at("10:00"))
    snapshot = store.read(store.current())
    assert (snapshot.encoder.id, snapshot.vectors.d) == (encoder.fingerprint(given), DIMENSIONS)
    assert retrieval.search("窗户关不上了").hits[0].document.id == "window"
    assert retrieval.search("鱼缸漏水怎么办").hits[0].document.id == "fish-tank"


def test_going_back_to_the_bundled_encoder_builds_anew(given, make_article, at, settings, monkeypatch):
    make_article()
    first = indexing.build(now=at("10:00"))
    monkeypatch.undo()
    monkeypatch.setattr(trials, "FOLDS", 1)
    settings.KB_ENCODER = ""
    assert indexing.is_readable() is False
    second = indexing.build(now=at("10:01"))
    assert second != first
    assert isinstance(store.read(second).encoder, encoder.StaticEncoder)
