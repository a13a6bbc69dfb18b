"""Folding and search terms."""

from hypothesis import given
from hypothesis import strategies as st

from kb import text


def test_normalise_folds_width_case_blanks_and_traditional_characters():
    assert text.normalise("  ＡＥＤ　怎麼用\n觸電 ") == "aed 怎么用 触电"


def test_normalise_folds_the_aspect_zhu_but_not_the_word_famous():
    assert text.normalise("著火了 燒著 著名") == "着火了 烧着 著名"


def test_normalise_leaves_simplified_text_as_it_is():
    assert text.normalise("油锅起火怎么办") == "油锅起火怎么办"


def test_tokens_hold_words_pairs_and_characters_without_asking_words():
    assert text.tokens("油锅起火怎么办") == ["油锅", "起火", "锅起", "油", "锅", "起", "火"]


def test_tokens_keep_latin_and_digit_runs_whole():
    assert text.tokens("AED在哪里，打120") == ["aed", "哪里", "哪", "里", "打", "120"]


def test_tokens_of_what_only_asks_are_none():
    assert text.tokens("这个怎么办呢？") == []


def test_every_safety_word_is_cut_as_one_word():
    assert [word for word in text.safety_words() if list(text.dictionary().cut(word, HMM=False)) != [word]] == []


def test_has_chinese_tells_chinese_from_latin():
    assert [text.has_chinese(each) for each in ("触电", "gas smell", "119", "打119")] == [True, False, False, True]


@given(st.one_of(st.text(max_size=60), st.text(alphabet="ＡＥＤ怎麼著火觸電煤氣①㎡ﬁ　 \n", max_size=40)))
def test_folding_leaves_one_line_without_capitals_wide_signs_or_double_blanks(said):
    folded = text.normalise(said)
    assert folded == " ".join(folded.split()) == folded.lower()
    assert not set(folded) & set("ＡＥＤ①㎡ﬁ　麼觸電氣")
