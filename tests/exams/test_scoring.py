"""Responses of every kind and what they earn."""

from decimal import Decimal
from fractions import Fraction

import pytest

from exams.enums import QuestionKind, Scoring
from exams.rules import breakdown, grading, responses
from exams.rules.grading import KeyedSlot
from exams.rules.scoring import Key, Part, same, share

CHOICES = tuple(Part(position, text, is_right=position in (0, 2)) for position, text in enumerate("甲乙丙丁"))
STEPS = tuple(Part(position, text) for position, text in enumerate(("断电", "验电", "接地")))
PAIRS = (Part(0, "红", match="禁止"), Part(1, "黄", match="警告"), Part(2, "", match="提示"))
BLANKS = (Part(0, "10", blank=0), Part(1, "十", blank=0), Part(2, "5", blank=1, tolerance=Decimal("0.5")))


@pytest.mark.parametrize(
    ("response", "kind", "order", "width", "fits"),
    [
        ("", "single_choice", "0123", 1, True),
        ("A", "true_false", "01", 1, True),
        ("C", "true_false", "01", 1, False),
        ("AB", "single_choice", "0123", 1, False),
        ("AB", "multiple_choice", "0123", 4, True),
        ("BA", "multiple_choice", "0123", 4, False),
        ("ABE", "multiple_choice", "0123", 4, False),
        ("ABC", "ordering", "201", 3, True),
        ("CBA", "ordering", "201", 3, True),
        ("AB", "ordering", "201", 3, False),
        ("", "ordering", "201", 3, True),
        ("AA", "matching", "201", 2, True),
        ("A-", "matching", "201", 2, True),
        ("ABC", "matching", "201", 2, False),
        ('["10","5"]', "fill_in", "", 2, True),
        ('["10"]', "fill_in", "", 2, False),
        ('["10"]', "single_choice", "0123", 1, False),
        ("[", "fill_in", "", 1, False),
        ("[1]", "fill_in", "", 1, False),
        ("a", "single_choice", "0123", 1, False),
    ],
)
def test_a_response_fits_the_slots_it_can_answer(response, kind, order, width, fits):
    assert responses.fits(response, kind=kind, order=order, width=width) is fits


@pytest.mark.parametrize("response", ["A" * 1001, "[" * 500, "甲", "A B", '["' + "1" * 101 + '"]', "[]", '[""' * 400])
def test_what_is_no_response_is_refused(response):
    with pytest.raises(responses.BadResponse):
        responses.shape(response)


@pytest.mark.parametrize(
    ("scoring", "response", "earned"),
    [
        (Scoring.ALL_OR_NOTHING, "AC", 1),
        (Scoring.ALL_OR_NOTHING, "A", 0),
        (Scoring.ALL_OR_NOTHING, "ABC", 0),
        (Scoring.PARTIAL, "A", Fraction(1, 2)),
        (Scoring.PARTIAL, "AC", 1),
        (Scoring.PARTIAL, "AB", 0),
        (Scoring.PARTIAL, "", 0),
    ],
)
def test_multiple_choice_by_its_rule(scoring, response, earned):
    assert share(Key(QuestionKind.MULTIPLE_CHOICE, CHOICES, "0123", scoring), response) == earned


def test_letters_mean_what_the_paper_shows():
    key = Key(QuestionKind.MULTIPLE_CHOICE, CHOICES, "3210")
    assert (share(key, "BD"), share(key, "AC")) == (1, 0)


def test_weights_add_up_between_none_and_all():
    parts = (Part(0, "甲", weight=Decimal(50)), Part(1, "乙", weight=Decimal(50)), Part(2, "丙", weight=Decimal(-100)))
    key = Key(QuestionKind.MULTIPLE_CHOICE, parts, "012", Scoring.WEIGHTED)
    assert [share(key, response) for response in ("A", "AB", "AC", "ABC")] == [Fraction(1, 2), 1, 0, 0]


@pytest.mark.parametrize(
    ("scoring", "response", "earned"),
    [
        (Scoring.ALL_OR_NOTHING, "BCA", 1),  # shown as 2, 0, 1
        (Scoring.ALL_OR_NOTHING, "BAC", 0),
        (Scoring.PARTIAL, "BAC", Fraction(1, 3)),
    ],
)
def test_ordering_compares_with_the_banks_order(scoring, response, earned):
    assert share(Key(QuestionKind.ORDERING, STEPS, "201", scoring), response) == earned


@pytest.mark.parametrize(
    ("scoring", "response", "earned"),
    [
        (Scoring.ALL_OR_NOTHING, "BC", 1),  # shown as 提示, 禁止, 警告
        (Scoring.ALL_OR_NOTHING, "B-", 0),
        (Scoring.PARTIAL, "B-", Fraction(1, 2)),
        (Scoring.PARTIAL, "CB", 0),
    ],
)
def test_matching_compares_texts(scoring, response, earned):
    assert share(Key(QuestionKind.MATCHING, PAIRS, "201", scoring), response) == earned


@pytest.mark.parametrize(
    ("scoring", "response", "earned"),
    [
        (Scoring.ALL_OR_NOTHING, '["１０"," 5.4 "]', 1),
        (Scoring.ALL_OR_NOTHING, '["十","5.6"]', 0),
        (Scoring.PARTIAL, '["十","5.6"]', Fraction(1, 2)),
        (Scoring.PARTIAL, '["",""]', 0),
    ],
)
def test_blanks_accept_every_spelling(scoring, response, earned):
    assert share(Key(QuestionKind.FILL_IN, BLANKS, "", scoring), response) == earned


@pytest.mark.parametrize("typed", ["NaN", "Infinity", "", "1e999999"])
def test_what_is_no_number_is_near_no_number(typed):
    assert same(typed, Part(0, "5", blank=0, tolerance=Decimal(1))) is False


def slots(count: int) -> list[KeyedSlot]:
    key = Key(QuestionKind.SINGLE_CHOICE, CHOICES[:1] + CHOICES[1:2], "01")
    return [KeyedSlot(number, 1000 + number, Decimal(1), key) for number in range(1, count + 1)]


@pytest.mark.parametrize(("right", "passed"), [(79, False), (80, True), (100, True)])
def test_grade_passes_at_eighty(right, passed):
    given = {number: "A" if number <= right else "B" for number in range(1, 101)}
    score = grading.grade(slots=slots(100), answers=given, pass_mark=80)
    assert (score.score, score.full_marks, score.passed) == (right, 100, passed)


def test_grade_gives_nothing_for_an_empty_or_missing_answer():
    score = grading.grade(slots=slots(2), answers={1: ""}, pass_mark=80)
    assert (score.score, score.full_marks, score.passed) == (0, 2, False)


def test_a_share_of_a_mark_is_rounded_to_hundredths():
    parts = tuple(Part(position, str(position), is_right=True) for position in range(3))
    key = Key(QuestionKind.MULTIPLE_CHOICE, parts, "012", Scoring.PARTIAL)
    score = grading.grade(slots=[KeyedSlot(1, 7, Decimal(2), key)], answers={1: "AB"}, pass_mark=80)
    assert score.score == Decimal("1.33")


def test_a_question_given_to_all_gives_its_marks_even_unanswered():
    (slot,) = slots(1)
    voided = KeyedSlot(slot.number, slot.version, slot.marks, slot.key, given_to_all=True)
    assert grading.grade(slots=[voided], answers={}, pass_mark=80).score == 1


def test_the_breakdown_comes_back_as_it_went_in():
    score = grading.grade(slots=slots(3), answers={1: "A", 2: "B"}, pass_mark=80)
    assert breakdown.unpack(breakdown.pack(score.slots)) == list(score.slots)
    assert [one.chosen for one in score.slots] == [0b1, 0b10, 0]
