"""The tokenizer of the bundled encoder: cuts as jieba does and loses no safety word."""

import pytest
from tokenizers import Tokenizer

from kb import text, training
from kb.pretraining import tokenizer

TEXTS = ["注意安全,注意安全", "注意安全 fire fire", "灭火", "股票上涨", "股票", "股票", "水水水水水火火火火火"]


@pytest.fixture(scope="module")
def bundled():
    return Tokenizer.from_file(str(training.BUNDLED / "tokenizer.json"))


def cut(cutter, given):
    return cutter.encode(given, add_special_tokens=False).tokens


def test_the_bundled_one_has_32000_pieces_and_every_safety_word_whole(bundled):
    assert bundled.get_vocab_size() == 32_000
    assert [word for word in text.safety_words() if cut(bundled, word) != [word]] == []


def test_the_bundled_one_knows_every_word_of_the_titles_of_our_articles(bundled, documents):
    words = {
        word
        for document in documents
        for run in text.RUNS.findall(text.normalise(document.title))
        for word in (text.dictionary().cut(run, HMM=False) if text.has_chinese(run) else [])
    }
    assert sorted(word for word in words if bundled.token_to_id(word) is None) == []


def test_a_built_one_holds_what_the_texts_hold_and_what_is_forced():
    made = tokenizer.build(TEXTS, ours=["鱼缸", "gas"])
    assert cut(made, "股票") == ["股票"]
    assert cut(made, "触电鱼缸gas") == ["触电", "鱼缸", "gas"]
    assert cut(made, "fire") == ["fire"]
    assert made.token_to_id("葡萄") is None


def test_a_built_one_calls_a_character_it_has_never_seen_unknown():
    made = tokenizer.build(TEXTS, ours=[])
    assert made.encode("葡", add_special_tokens=False).ids == [0]


def test_without_some_pieces_they_are_cut_into_others():
    made = tokenizer.unigram({"灭火器": 300, "灭火": 200, "器": 100, "火": 100})
    assert cut(made, "灭火器") == ["灭火器"]
    assert cut(tokenizer.cut_without(made, {"灭火器"}), "灭火器") == ["灭火", "器"]
