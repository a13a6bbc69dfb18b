"""Typing mistakes of the same sound, and questions that must stay as they are."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import text
from kb.homophones import LONGEST_QUESTION, Homophones

WORDS = "煤气 泄漏 灭火 灭火器 触电 电梯 狗咬 安全带 爆胎 方向盘 监护人 煤气中毒 煤气罐 阀门 逃生 沙子 眼睛 衣柜"
ASKED = dict.fromkeys(WORDS.split(), 3)
TERMS = ("工伤认定", "有限空间")
KNOWN = {*ASKED, "气中", "着火", "工伤", "伤认", "认定", "有限", "空间", "有限空间", "工伤认定"}


@pytest.fixture(scope="module")
def homophones():
    return Homophones.of(known=KNOWN, asked=ASKED, terms=TERMS, cut=partial(text.dictionary().cut, HMM=False))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("煤气谢漏", "煤气泄漏"),
        ("灭火七怎么用", "灭火器怎么用"),
        ("处电了", "触电了"),
        ("电题困人", "电梯困人"),
        ("被够咬了", "被狗咬了"),
        ("安全代挂哪里", "安全带挂哪里"),
        ("煤气中独", "煤气中毒"),
        ("工商认定", "工伤认定"),
        ("有线空间", "有限空间"),
        ("眼进沙子", "眼睛沙子"),
    ],
)
def test_what_sounds_like_a_known_word_is_written_like_it(homophones, typed, meant):
    assert homophones.correct(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "煤气泄漏",
        "灭火器怎么用",
        "孩子想坐大摆锤",
        "三楼着火了",
        "股票怎么买",
        "快啲教我點做",
        "fire",
        "",
        "我们都在这里",
    ],
)
def test_what_is_known_or_is_no_mistake_stays_as_it_is(homophones, question):
    assert homophones.correct(question) == question


def test_a_long_question_has_enough_right_words(homophones):
    typed = "处电了" + "水" * LONGEST_QUESTION
    assert homophones.correct(typed) == typed


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(alphabet="煤气谢漏处电灭火七够咬安全代的了我三 a1", max_size=45), st.text(max_size=60)))
def test_any_text_keeps_its_length_and_does_not_fail(said):
    homophones = Homophones.of(known=KNOWN, asked=ASKED, terms=TERMS, cut=partial(text.dictionary().cut, HMM=False))
    folded = text.normalise(said)
    assert len(homophones.correct(folded)) == len(folded)
