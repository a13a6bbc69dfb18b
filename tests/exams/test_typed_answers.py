"""Lines of answers as they are typed from an answer sheet."""

import pytest
from django.utils import translation

from exams.enums import QuestionKind
from exams.rules.typed_answers import NotAnAnswer, TypedSlot, read, response, shown

TF, SC, MC = QuestionKind.TRUE_FALSE, QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE
PAPER = [
    *(TypedSlot(number, TF, "01", 1) for number in (1, 2, 3)),
    *(TypedSlot(number, SC, "2013", 1) for number in (4, 5)),
    *(TypedSlot(number, MC, "0123", 4) for number in (6, 7, 8)),
    TypedSlot(9, QuestionKind.ORDERING, "120", 3),
    TypedSlot(10, QuestionKind.MATCHING, "0123", 3),
    TypedSlot(11, QuestionKind.FILL_IN, "", 2),
]
FULL = {
    1: "A",
    2: "B",
    3: "A",
    4: "D",
    5: "B",
    6: "ABC",
    7: "BD",
    8: "A",
    9: "CAB",
    10: "A-D",
    11: '["36", "绝缘 手套"]',
}


@pytest.mark.parametrize(
    "lines",
    [
        "1-5: ABADB\n6-8: ABC BD A\n9: CAB\n10: A-D\n11: 36；绝缘 手套",
        "１～３：√×√\n4、d\n5. b\n6—8：cba  db a\n9：c a b\n10:a-d\n11：36;绝缘 手套",
        "1至3: 对 错 对\n\n4-5: D B\n6: CAB\n7: B D\n8: A\n9-10: CAB A-D\n11: 36|绝缘 手套",
        "1-3: TFT\n4-5: ＤＢ\n6-8: ABC BD A\n9: CAB\n10: A-D\n11: 36 ； 绝缘 手套",
    ],
)
def test_lines_are_read_as_people_type_them(lines):
    typed = read(lines, {}, PAPER)
    assert typed.problems == []
    assert typed.responses == FULL


def test_a_dash_is_no_answer_and_what_is_not_typed_is_empty():
    assert read("1-5: A-B-D\n6-8: ABC - A", {}, PAPER).responses == {1: "A", 3: "B", 5: "D", 6: "ABC", 8: "A"}
    assert read("", {}, PAPER).responses == {}


def test_single_fields_fill_in_and_may_repeat_but_not_contradict():
    assert read("1-3: ABA", {3: "A", 4: "c"}, PAPER).responses == {1: "A", 2: "B", 3: "A", 4: "C"}
    with translation.override("en"):
        problems = read("1-3: ABA", {3: "B"}, PAPER).problems
    assert problems == ["Question 3 is answered twice, and differently."]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("ABBA", "Line 1: begin with the question's number, as in “1-10: ABBAB”."),
        ("1-3: ABAB", "Line 1: 4 answers for 3 questions."),
        ("1-3: AB", "Line 1: 2 answers for 3 questions."),
        ("\n10-12: A B C", "Line 2: the paper has no such questions."),
        ("5-4: AB", "Line 1: the paper has no such questions."),
        ("1-9999: A", "Line 1: the paper has no such questions."),
        ("0: A", "Line 1: the paper has no such questions."),
        ("1-3: ABC", "Question 3: “C” cannot be its answer."),
        ("4: E", "Question 4: “E” cannot be its answer."),
        ("4: AB", "Question 4: “AB” cannot be its answer."),
        ("6: AAB", "Question 6: “AAB” cannot be its answer."),
        ("9: AB", "Question 9: “AB” cannot be its answer."),
        ("10: ABC-", "Question 10: “ABC-” cannot be its answer."),
        ("11: 1；2；3", "Question 11: “1；2；3” cannot be its answer."),
        ("1: A\n1: B", "Question 1 is answered twice, and differently."),
    ],
)
def test_what_cannot_be_read_is_told_by_line_and_question(lines, problem):
    with translation.override("en"):
        assert [str(one) for one in read(lines, {}, PAPER).problems] == [problem]


def test_a_fill_in_with_a_blank_left_empty_keeps_its_places():
    slot = TypedSlot(1, QuestionKind.FILL_IN, "", 3)
    assert response("a", slot) == '["a", "", ""]'
    assert response("；b", slot) == '["", "b", ""]'
    with pytest.raises(NotAnAnswer):
        response("x" * 101, slot)


def test_a_response_is_shown_as_it_would_be_typed():
    assert [shown(said) for said in ("", "ABC", '["a", "b"]')] == ["-", "ABC", "a；b"]
    for slot in PAPER:
        assert response(shown(FULL[slot.number]), slot) == FULL[slot.number]
