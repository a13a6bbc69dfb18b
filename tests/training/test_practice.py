"""Marking a practice quiz."""

import pytest

from training.rules import practice

QUESTIONS = [practice.Question(str(number), "?", ("甲", "乙", "丙"), 0, "因为") for number in range(5)]


def answers(*chosen: str) -> dict[str, str]:
    return {str(number): choice for number, choice in enumerate(chosen)}


@pytest.mark.parametrize(
    ("chosen", "right", "passed"),
    [
        (("0", "0", "0", "0", "0"), 5, True),
        (("0", "0", "0", "1", "2"), 3, True),
        (("0", "0", "1", "1", "2"), 2, False),
        (("0", "0", "0", "0"), 4, False),
        ((), 0, False),
    ],
)
def test_passing_takes_every_answer_and_sixty_per_cent(chosen, right, passed):
    marks = practice.mark(QUESTIONS, answers(*chosen))
    assert (marks.right, marks.total, marks.unanswered, marks.passed) == (right, 5, 5 - len(chosen), passed)


@pytest.mark.parametrize("raw", ["3", "-1", "", "NaN", "0 ", "00", "甲", "1" * 1000])
def test_what_names_no_option_is_not_an_answer(raw):
    assert practice.mark(QUESTIONS[:1], {"0": raw}).items[0].chosen is None


def test_answers_to_foreign_questions_are_ignored():
    assert practice.mark(QUESTIONS[:1], {"99": "0"}).unanswered == 1


def test_a_quiz_without_questions_is_never_passed():
    assert practice.mark([], {}).passed is False


def test_the_right_option_is_named():
    assert practice.mark(QUESTIONS[:1], {"0": "1"}).items[0].right_text == "甲"
