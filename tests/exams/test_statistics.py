"""Statistics equal Moodle's, written out slowly, to a billionth."""

from decimal import Decimal
from random import Random

import pytest
from django.utils.translation import override

from exams.rules.advice import on_question, on_test
from exams.rules.breakdown import SlotMark, pack
from exams.rules.scoring import Part, random_guess
from exams.rules.statistics import OptionCount, gather, options, points, questions, whole_test
from tests.exams import slow_statistics as slow

WHOLE = ("attempts", "mean", "median", "sd", "skewness", "kurtosis", "cic", "error_ratio", "standard_error")
QUESTION = ("attempts", "facility", "sd", "intended_weight", "discrimination_index", "discriminative_efficiency")
THIRD = Decimal("0.33")


def packed(sheet):
    return pack(
        SlotMark(version, slot, Decimal(marks), Decimal(awarded), True)
        for slot, (version, marks, awarded) in enumerate(sheet, 1)
    )


def marks_of(sheets):
    return gather([packed(sheet) for sheet in sheets])


def same(one, other):
    if one is None or other is None:
        return one is other
    return float(one) == pytest.approx(float(other), abs=1e-9, rel=1e-9)


def assert_like_moodle(sheets):
    marks = marks_of(sheets)
    found, wanted = whole_test(marks), slow.whole(sheets)
    assert {
        name: (getattr(found, name), wanted[name]) for name in WHOLE if not same(getattr(found, name), wanted[name])
    } == {}
    weights = slow.effective_weights(sheets)
    for one in questions(marks, guesses={}):
        wanted = slow.question(sheets, one.version) | {"effective_weight": weights.get(one.version)}
        names = (*QUESTION, "effective_weight")
        wrong = {
            name: (getattr(one, name), wanted[name]) for name in names if not same(getattr(one, name), wanted[name])
        }
        assert wrong == {}, one.version


def fixed(random, people, count):
    """Everybody has the same questions, in an order of their own; some are worth two and give a third."""
    sheets = []
    for _ in range(people):
        able = random.random()
        sheet = [
            (version, 2 if version % 3 else 1, random.choice([0, THIRD, 1]) if random.random() < able else 0)
            for version in range(1, count + 1)
        ]
        random.shuffle(sheet)
        sheets.append(sheet)
    return sheets


def drawn(random, people, count, bank):
    """Two questions that everybody has, the others drawn."""
    sheets = []
    for _ in range(people):
        able = random.random()
        versions = [1, 2, *random.sample(range(3, bank), count - 2)]
        random.shuffle(versions)
        sheets.append([(version, 1, int(random.random() < able)) for version in versions])
    return sheets


@pytest.mark.parametrize("seed", range(5))
def test_a_paper_that_everybody_had(seed):
    assert_like_moodle(fixed(Random(seed), 40, 12))


@pytest.mark.parametrize("seed", range(5))
def test_papers_of_which_most_questions_are_drawn(seed):
    assert_like_moodle(drawn(Random(seed), 60, 10, 30))


def test_a_question_worth_different_marks_has_no_intended_weight():
    sheets = [[(1, 1, 1), (2, 1, 0)], [(1, 2, 1), (2, 1, 1)], [(1, 1, 0), (2, 1, 1)]]
    assert_like_moodle(sheets)
    first, second = questions(marks_of(sheets), guesses={})
    assert (first.marks, first.intended_weight, second.marks, second.intended_weight) == (None, None, 1, None)


def test_the_figures_of_a_small_test_by_hand():
    sheets = [[(1, 1, 1), (2, 1, 1)], [(1, 1, 1), (2, 1, 0)], [(1, 1, 0), (2, 1, 0)]]
    found = whole_test(marks_of(sheets))
    assert (found.mean, found.median, found.sd, found.skewness, found.kurtosis) == (1, 1, 1, 0, None)
    assert found.cic == pytest.approx(100 * 2 * (1 - 2 / 3))  # two variances of a third each, of one in all
    assert found.standard_error == pytest.approx((1 / 3) ** 0.5)
    first, second = questions(marks_of(sheets), guesses={1: 0.5})
    assert (first.facility, first.random_guess, second.random_guess) == (pytest.approx(2 / 3), 0.5, None)
    assert (first.discrimination_index, first.discriminative_efficiency) == (pytest.approx(50), pytest.approx(100))
    assert (first.intended_weight, first.effective_weight) == (50, pytest.approx(50))


def test_where_nobody_differs_there_are_no_figures_and_no_nan():
    sheets = [[(1, 1, THIRD), (2, 1, 1)]] * 7
    assert_like_moodle(sheets)
    found = whole_test(marks_of(sheets))
    assert (found.sd, found.skewness, found.kurtosis, found.cic, found.standard_error) == (0, None, None, None, None)
    first = questions(marks_of(sheets), guesses={})[0]
    assert (first.sd, first.discrimination_index, first.discriminative_efficiency) == (0, None, None)
    assert first.effective_weight is None


def test_one_candidate_has_a_mean_and_nothing_else():
    sheets = [[(1, 1, 1), (2, 1, 0)]]
    assert_like_moodle(sheets)
    assert whole_test(marks_of(sheets)).sd is None


@pytest.mark.parametrize("people", [2, 3, 4])
def test_few_candidates(people):
    assert_like_moodle(fixed(Random(9), people, 6))


def test_no_candidate_at_all():
    empty = marks_of([])
    assert (whole_test(empty).attempts, whole_test(empty).mean) == (0, None)
    assert (questions(empty, guesses={}), points(empty, point_of={}), options(empty)) == ([], [], {})


def test_a_question_that_the_strong_get_wrong_has_no_weight():
    sheets = [[(1, 1, 0), (2, 5, 5)], [(1, 1, 1), (2, 5, 0)], [(1, 1, 0), (2, 5, 4)]]
    assert_like_moodle(sheets)
    first = questions(marks_of(sheets), guesses={})[0]
    assert first.effective_weight is None
    with override("en"):
        assert [str(advice.mark) for advice in on_question(first)][:1] == ["reversed"]


def test_points_take_their_questions_of_a_paper_together():
    sheets = [[(1, 1, 1), (2, 1, 1), (3, 1, 1)], [(1, 1, 1), (2, 1, 0), (3, 1, 0)], [(1, 1, 0), (2, 1, 0), (3, 1, 0)]]
    law, tools = points(marks_of(sheets), point_of={1: 11, 2: 11, 3: 12})
    assert (law.point, law.versions, law.attempts, law.facility) == (11, 2, 3, 0.5)
    assert law.discrimination_index == pytest.approx(100 * 0.5 / (1 * (1 / 3)) ** 0.5)
    assert (tools.point, tools.facility) == (12, pytest.approx(1 / 3))


def test_options_count_all_the_best_and_the_weakest():
    def one(chosen, awarded):
        return pack(
            [
                SlotMark(7, 1, Decimal(1), Decimal(awarded), True, chosen),
                SlotMark(8, 2, Decimal(1), Decimal(awarded), True),
            ]
        )

    counts = options(gather([one(0b001, 1), one(0b001, 1), one(0b110, 0), one(0b010, 0)]))[7]
    assert counts[:3] == [OptionCount(2, 2, 0), OptionCount(2, 0, 2), OptionCount(1, 0, 1)]
    assert counts[3:] == [OptionCount(0, 0, 0)] * 9


@pytest.mark.parametrize(
    ("kind", "count", "guess"),
    [
        ("true_false", 2, 0.5),
        ("single_choice", 4, 0.25),
        ("multiple_choice", 4, None),
        ("fill_in", 2, 0),
        ("ordering", 4, 0),
    ],
)
def test_what_guessing_earns(kind, count, guess):
    assert random_guess(kind, [Part(position) for position in range(count)]) == guess


def test_a_match_is_guessed_among_its_right_sides():
    parts = [Part(0, "a", match="x"), Part(1, "b", match="x"), Part(2, "", match="y")]
    assert random_guess("matching", parts) == 0.5


def test_advice_says_that_few_say_little():
    with override("en"):
        assert [str(advice.mark) for advice in on_test(whole_test(marks_of(fixed(Random(1), 5, 4))))][:1] == ["few"]
