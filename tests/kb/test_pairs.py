"""What of a document is pulled together."""

from dataclasses import replace

import pytest

from kb import pairs, text
from kb.sources import Document, Passage

FISH_TANK = Document(
    id="fish-tank", title="鱼缸裂了", url="", topic="", source="", source_url="", date="", reviewed="",
    questions=("鱼缸漏水", "Fish tank leaks"),
    passages=(Passage("马上这样做", "1. 先断开电源。\n2. 再把水擦干净；\n3. 好。"),),
    english="Cut the power first.",
)  # fmt: skip


def told(asked):
    return [pair.told for pair in pairs.of_documents((FISH_TANK,)) if pair.asked == asked]


def test_a_question_goes_with_the_title_the_answer_and_the_ways_of_asking_that_follow_it_in_order():
    section = "马上这样做 1. 先断开电源。 2. 再把水擦干净; 3. 好。"
    assert told("fish tank leaks") == ["鱼缸裂了", section, "鱼缸漏水"]
    assert told("鱼缸漏水") == ["鱼缸裂了", section]


def test_a_sentence_goes_with_the_title_and_the_rest():
    assert told("先断开电源。") == ["鱼缸裂了 再把水擦干净;"]


def test_the_english_summary_goes_with_the_title():
    assert told("cut the power first.") == ["鱼缸裂了"]


def test_pairs_are_numbered_by_document_and_an_empty_or_equal_side_makes_none():
    bare = replace(FISH_TANK, title="窗户", questions=("窗户", ""), passages=(Passage("", ""),), english="")
    found = pairs.of_documents((bare, FISH_TANK))
    assert [pair for pair in found if pair.document == 0] == []
    assert {pair.document for pair in found} == {1}


@pytest.mark.parametrize(
    ("section", "parts"),
    [
        ("1. 站稳扶好，别松手。别弯腰捡东西！", ["站稳扶好,别松手。", "别弯腰捡东西!"]),
        ("- 不要赤脚踩水\n- 好", ["不要赤脚踩水"]),
        ("", []),
    ],
)
def test_sentences_lose_their_marks_and_the_short_ones_are_left_out(section, parts):
    assert [text.normalise(part) for part in pairs.sentences(section)] == parts
