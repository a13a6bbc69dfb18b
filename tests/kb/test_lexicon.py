"""Words of the trade and synonyms: index and question are folded alike."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import text
from kb.lexicon import GROUP, Lexicon
from tests.kb.real_index import CONTENT

WORDS = Lexicon.of(
    ["保险销"],
    [
        ["灭火器", "灭火筒", "Fire Extinguisher", "extinguisher"],
        ["电动自行车", "电瓶车", "小电驴"],
        ["一氧化碳中毒", "煤气中毒"],
        ["燃气", "煤气"],
    ],
)


@pytest.mark.parametrize(
    ("said", "folded"),
    [
        ("小电驴著火了", "电动自行车着火了"),
        ("煤氣中毒怎麼辦", "一氧化碳中毒怎么办"),  # the longer word first
        ("煤气漏了", "燃气漏了"),
        ("Use the fire extinguishers", "use the 灭火器"),
        ("灭火器怎么用", "灭火器怎么用"),
        ("", ""),
    ],
)
def test_fold_puts_the_word_that_stands_for_the_others(said, folded):
    assert WORDS.fold(said) == folded


def test_a_word_is_replaced_only_where_it_is_one():
    words = Lexicon.of([], [["电动自行车", "电车"]])
    assert words.fold("充电车位在哪里") == "充电车位在哪里"


def test_tokens_are_those_of_the_text_and_one_for_its_group():
    assert WORDS.tokens("灭火筒")[-1] == GROUP + "灭火器"
    assert WORDS.tokens("灭火器")[-1] == GROUP + "灭火器"
    assert [term for term in WORDS.tokens("水管") if term.startswith(GROUP)] == []


def test_english_words_of_a_group_share_its_token():
    assert GROUP + "灭火器" in WORDS.tokens("how do i use an extinguisher")


def test_a_term_is_cut_as_one_word():
    assert "保险销" in list(WORDS.words.cut("拔掉保险销", HMM=False))


def test_another_lexicon_leaves_the_dictionary_as_it_is():
    before = list(text.dictionary().cut("拔掉小电驴锁", HMM=False))
    WORDS.tokens("小电驴")
    assert list(text.dictionary().cut("拔掉小电驴锁", HMM=False)) == before


def test_content_words_name_their_group_and_leave_out_what_only_asks():
    assert WORDS.content_words("灭火筒怎么用") == [("灭火筒", GROUP + "灭火器"), ("用",)]


def test_a_lexicon_survives_being_stored():
    assert Lexicon.from_stored(WORDS.stored()) == WORDS
    assert Lexicon.from_stored(WORDS.stored()).digest == WORDS.digest != Lexicon().digest


def test_the_order_in_which_words_come_makes_no_difference():
    assert Lexicon.of(["乙", "甲"], [["b", "c"], ["a", "d"]]) == Lexicon.of(["甲", "乙"], [["a", "d"], ["b", "c"]])


def test_the_shipped_file_has_80_groups_and_no_first_word_twice():
    listed = yaml.safe_load((CONTENT / "synonyms.yaml").read_text(encoding="utf-8"))
    firsts = [group[0] for group in listed["groups"]]
    assert len(firsts) >= 80
    assert [word for word in firsts if firsts.count(word) > 1] == []


CHINESE = st.text(alphabet="灭火筒器电瓶车小驴煤气中毒充位漏了著 ", max_size=30)


@settings(max_examples=300, deadline=None)
@given(st.one_of(CHINESE, st.text(max_size=60)))
def test_folding_any_text_twice_is_folding_it_once_and_never_fails(said):
    once = WORDS.fold(said)
    assert WORDS.fold(once) == once
    assert len(once) <= 6 * max(len(text.normalise(said)), 1)  # the longest replacement is five for two
    assert all(isinstance(term, str) and term for term in WORDS.tokens(said))
    assert WORDS.content_words(once) is not None
