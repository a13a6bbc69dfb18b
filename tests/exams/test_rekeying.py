"""What a change of a key does to one slot."""

from decimal import Decimal

import pytest

from exams.enums import KeyChangeKind, Scoring
from exams.rules.grading import KeyedSlot, mark
from exams.rules.rekeying import BadChange, Rekeying, read, rekeyed
from exams.rules.scoring import Key, Part

VOID, ACCEPT, NEW_KEY = KeyChangeKind
CHOICES = tuple(Part(position, text, is_right=position == 0) for position, text in enumerate("甲乙丙丁"))
STEPS = tuple(Part(position, text) for position, text in enumerate("一二三"))
BLANKS = (Part(0, "验电", blank=0), Part(1, "36", blank=1, tolerance=Decimal(0)))
SIDES = (Part(0, "黄", match="L1"), Part(1, "绿", match="L2"), Part(2, "", match="L3"))


def slot(kind, parts, order="", scoring=Scoring.ALL_OR_NOTHING):
    return KeyedSlot(1, 7, Decimal(2), Key(kind, parts, order, scoring))


def awarded(one, response, *changes):
    return mark(rekeyed(one, changes), response).awarded


CHOICE = slot("single_choice", CHOICES, "3210")  # A shows 丁, D shows 甲
MULTIPLE = slot("multiple_choice", CHOICES, "0123")


def test_a_void_question_gives_everybody_its_marks_even_without_an_answer():
    void = Rekeying(VOID, {})
    assert [awarded(CHOICE, response, void) for response in ("", "A", "D")] == [2, 2, 2]


def test_an_accepted_answer_is_right_beside_the_old_one():
    accept = Rekeying(ACCEPT, {"accepted": [[1]]})
    assert [awarded(CHOICE, response, accept) for response in ("D", "C", "B", "")] == [2, 2, 0, 0]


def test_a_new_key_takes_the_place_of_the_old_one():
    new = Rekeying(NEW_KEY, {"right": [1]})
    assert [awarded(CHOICE, response, new) for response in ("D", "C", "B")] == [0, 2, 0]


def test_several_sets_of_a_multiple_choice_are_accepted_whole():
    accept = Rekeying(ACCEPT, {"accepted": [[0, 1], [2, 3]]})
    assert [awarded(MULTIPLE, response, accept) for response in ("A", "AB", "CD", "ABC", "B")] == [2, 2, 2, 0, 0]


def test_later_changes_stand_on_earlier_ones():
    accept, new, void = (
        Rekeying(ACCEPT, {"accepted": [[1]]}),
        Rekeying(NEW_KEY, {"right": [2]}),
        Rekeying(VOID, {}),
    )
    assert [awarded(CHOICE, response, accept, new) for response in "DCB"] == [0, 0, 2]
    assert [awarded(CHOICE, response, new, accept) for response in "DCB"] == [0, 2, 2]
    assert awarded(CHOICE, "A", void, new) == 2


def test_a_new_key_of_weighted_options_is_right_or_wrong_as_a_whole():
    parts = tuple(
        Part(at, text, is_right=at == 0, weight=Decimal(weight))
        for at, (text, weight) in enumerate([("甲", 100), ("乙", 50)])
    )
    weighted = slot("single_choice", parts, "01", Scoring.WEIGHTED)
    assert [awarded(weighted, response) for response in "AB"] == [2, 1]
    assert [awarded(weighted, response, Rekeying(NEW_KEY, {"right": [1]})) for response in "AB"] == [0, 2]


def test_orders_take_a_new_key_and_further_orders():
    order = slot("ordering", STEPS, "012")
    new, accept = Rekeying(NEW_KEY, {"right": [1, 0, 2]}), Rekeying(ACCEPT, {"accepted": [[2, 1, 0]]})
    assert [awarded(order, response, new) for response in ("ABC", "BAC")] == [0, 2]
    assert [awarded(order, response, accept) for response in ("ABC", "CBA", "BAC")] == [2, 2, 0]


def test_a_match_accepts_another_pairing():
    match = slot("matching", SIDES, "210")  # A shows L3, B L2, C L1
    accept = Rekeying(ACCEPT, {"accepted": [[1, 0]]})
    assert [awarded(match, response, accept) for response in ("CB", "BC", "BA")] == [2, 2, 0]


def test_blanks_take_further_spellings_and_new_ones():
    blank = slot("fill_in", BLANKS)
    more = Rekeying(ACCEPT, {"spellings": [["测电"], []]})
    new = Rekeying(NEW_KEY, {"spellings": [["放电"], ["24"]]})
    assert [awarded(blank, response, more) for response in ('["验电", "36"]', '["测电", "36"]')] == [2, 2]
    assert [awarded(blank, response, new) for response in ('["验电", "36"]', '["放电", "24"]')] == [0, 2]


@pytest.mark.parametrize(
    ("kind", "question_kind", "typed", "parts", "detail"),
    [
        (VOID, "single_choice", "", CHOICES, {}),
        (ACCEPT, "single_choice", "B\nc", CHOICES, {"accepted": [[1], [2]]}),
        (ACCEPT, "multiple_choice", "A、C", CHOICES, {"accepted": [[0, 2]]}),
        (NEW_KEY, "true_false", "b", CHOICES[:2], {"right": [1]}),
        (NEW_KEY, "ordering", "CAB", STEPS, {"right": [2, 0, 1]}),
        (ACCEPT, "matching", "BA", SIDES, {"accepted": [[1, 0]]}),
        (ACCEPT, "fill_in", "验电｜测电\n24 | 二十四", BLANKS, {"spellings": [["验电", "测电"], ["24", "二十四"]]}),
    ],
)
def test_what_an_officer_types_is_read(kind, question_kind, typed, parts, detail):
    assert read(kind=kind, question_kind=question_kind, typed=typed, parts=parts) == detail


@pytest.mark.parametrize(
    ("kind", "question_kind", "typed", "parts"),
    [
        (VOID, "single_choice", "A", CHOICES),
        (ACCEPT, "single_choice", "", CHOICES),
        (ACCEPT, "single_choice", "E", CHOICES),
        (ACCEPT, "single_choice", "1", CHOICES),
        (ACCEPT, "single_choice", "AB", CHOICES),
        (NEW_KEY, "single_choice", "A\nB", CHOICES),
        (NEW_KEY, "multiple_choice", "AA", CHOICES),
        (NEW_KEY, "ordering", "AB", STEPS),
        (NEW_KEY, "matching", "AB", SIDES),
        (ACCEPT, "matching", "A", SIDES),
        (NEW_KEY, "fill_in", "只有一空", BLANKS),
        (NEW_KEY, "fill_in", "", BLANKS),
    ],
)
def test_what_makes_no_sense_is_refused(kind, question_kind, typed, parts):
    with pytest.raises(BadChange):
        read(kind=kind, question_kind=question_kind, typed=typed, parts=parts)
