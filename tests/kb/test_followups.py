"""Questions that lean on the one before, and those that stand alone."""

import pytest

from kb.followups import contextual, leans


@pytest.mark.parametrize(
    ("question", "history", "asked"),
    [
        ("那小孩呢？", ["心肺复苏怎么做"], "心肺复苏怎么做 那小孩呢？"),
        ("如果是液化气呢", ["油锅着火了怎么办"], "油锅着火了怎么办 如果是液化气呢"),
        ("然后呢要打什么电话", ["老人摔倒起不来"], "老人摔倒起不来 然后呢要打什么电话"),
        ("第二天能热敷吗", ["打球扭了脚踝怎么办"], "打球扭了脚踝怎么办 第二天能热敷吗"),
        ("What about children?", ["How do I do CPR?"], "How do I do CPR? What about children?"),
        ("那八个月的宝宝呢", ["心肺复苏怎么做", "那小孩呢"], "心肺复苏怎么做 那小孩呢 那八个月的宝宝呢"),
        ("那小孩呢", [], "那小孩呢"),
        ("触电了怎么办", ["油锅着火了怎么办"], "触电了怎么办"),
        ("冰雹", ["油锅着火了怎么办"], "冰雹"),
        ("", ["油锅着火了怎么办"], ""),
    ],
)
def test_contextual_puts_before_a_question_what_it_leans_on(question, history, asked):
    assert contextual(question, history) == asked


def test_the_earlier_questions_are_left_as_they_are():
    history = ["心肺复苏怎么做"]
    contextual("那小孩呢", history)
    assert history == ["心肺复苏怎么做"]


@pytest.mark.parametrize(
    "question", ["怎么", "😀", "？！", "a" * 500, "那" * 500, "地震了怎么办", "这里着火了救命快来人"]
)
def test_what_is_a_subject_of_its_own_or_nothing_does_not_lean(question):
    assert leans(question) is False
