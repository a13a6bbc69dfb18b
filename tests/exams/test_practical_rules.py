"""Drawing tasks, and what examiners' sheets come to."""

import pytest
from django.utils import translation

from exams.rules.practicals import (
    NoTask,
    Outcome,
    Seen,
    Undecided,
    dispute,
    draw,
    outcome,
    subjects_incomplete,
    times_wrong,
)

FOUR = {"K1": [1, 2, 3, 4], "K2": [5, 6], "K3": [7], "K4": [8, 9]}


def seen(*marks, vetoes=()):
    return Seen(dict(zip(("K1", "K2", "K3", "K4"), marks, strict=True)), frozenset(vetoes))


def of(total, vetoes=()):
    """A sheet of that total, all of it in one subject."""
    return seen(0, total, 0, 0, vetoes=vetoes)


def decide(*sheets, examiners=2, limit=10, pass_mark=80):
    return outcome(sheets, examiners=examiners, limit=limit, pass_mark=pass_mark)


def test_the_same_seed_draws_the_same_one_of_each_subject():
    drawn = {seed: draw(tasks=FOUR, seed=seed) for seed in range(200)}
    assert all(draw(tasks=FOUR, seed=seed) == tasks for seed, tasks in drawn.items())
    assert all(
        (len(tasks), tasks[1] in FOUR["K2"], tasks[2], tasks[3] in FOUR["K4"]) == (4, True, 7, True)
        for tasks in drawn.values()
    )
    assert {tasks[0] for tasks in drawn.values()} == {1, 2, 3, 4}


def test_the_order_in_which_tasks_were_stored_does_not_matter():
    assert draw(tasks={"K1": [4, 2, 3, 1]}, seed=7) == draw(tasks={"K1": [1, 2, 3, 4]}, seed=7)


def test_a_subject_without_a_task_is_named():
    with pytest.raises(NoTask) as refused:
        draw(tasks={"K1": [1], "K2": []}, seed=1)
    assert refused.value.subject == "K2"


def test_subjects_make_a_hundred():
    assert subjects_incomplete([20, 40, 20, 20]) is None
    with translation.override("en"):
        assert "99" in str(subjects_incomplete([20, 40, 20, 19]))


@pytest.mark.parametrize(
    ("started", "finished", "right"),
    [
        ("09:00", "10:00", True),
        ("08:58", "10:00", True),
        ("08:57", "10:00", False),
        ("10:00", "10:00", False),
        ("09:30", "11:02", True),
        ("09:30", "11:03", False),
    ],
)
def test_times_lie_in_the_exam(at, started, finished, right):
    fault = times_wrong(started=at(started), finished=at(finished), opened=at("09:00"), now=at("11:00"))
    assert (fault is None) == right


def test_one_sheet_of_two_decides_nothing():
    assert decide(of(90)) == Undecided.SHEETS
    assert decide() == Undecided.SHEETS


def test_two_within_the_limit_give_their_mean():
    assert decide(seen(18, 36, 18, 18), seen(16, 32, 16, 16)) == Outcome(
        85, True, {"K1": 17, "K2": 34, "K3": 17, "K4": 17}, ()
    )


@pytest.mark.parametrize(("second", "score", "passed"), [(79, 80, True), (78, 79, False), (77, 79, False)])
def test_halves_are_rounded_up(second, score, passed):
    found = decide(of(80), of(second))
    assert (found.score, found.passed) == (score, passed)


def test_marks_of_the_subjects_add_up_to_the_score():
    found = decide(seen(19, 37, 19, 19), seen(18, 36, 18, 18))
    assert found.score == 92
    assert found.marks == {"K1": 19, "K2": 37, "K3": 18, "K4": 18}


def test_subjects_add_up_whatever_the_sheets_say():
    for first in range(0, 20, 3):
        for second in range(0, 20, 2):
            for third in range(0, 20, 5):
                found = decide(
                    seen(first, 30, second, third),
                    seen(second, 29, third, first),
                    seen(third, 31, first, second),
                )
                assert sum(found.marks.values()) == found.score
                assert all(mark <= full for mark, full in zip(found.marks.values(), (20, 40, 20, 20), strict=True))


def test_the_limit_itself_is_within_and_one_more_calls_a_third():
    assert decide(of(80), of(90)).score == 85
    assert decide(of(80), of(91)) == Undecided.THIRD


@pytest.mark.parametrize("order", [(60, 80, 84), (84, 60, 80), (80, 84, 60)])
def test_with_a_third_the_two_closest_count(order):
    assert decide(*(of(total) for total in order)).score == 82


def test_a_third_who_agrees_with_one_confirms_that_one():
    assert decide(of(60), of(90), of(90)).score == 90


def test_a_third_in_the_middle_counts_alone():
    found = decide(seen(20, 20, 20, 10), seen(20, 30, 20, 20), seen(20, 26, 16, 18))
    assert found.score == 80
    assert sum(found.marks.values()) == 80


def test_a_veto_that_two_saw_fails_the_whole():
    found = decide(of(95, {3}), of(96, {3}))
    assert (found.score, found.passed, found.vetoes) == (96, False, (3,))


def test_a_veto_that_one_saw_calls_a_third_who_decides():
    two = of(95, {3}), of(95)
    assert decide(*two) == Undecided.THIRD
    assert decide(*two, of(95)).passed
    against = decide(*two, of(95, {3}))
    assert (against.passed, against.vetoes) == (False, (3,))


def test_two_vetoes_of_two_items_are_each_one_word():
    assert decide(of(95, {3}), of(95, {4})) == Undecided.THIRD
    assert decide(of(95, {3}), of(95, {4}), of(95, {4})).vetoes == (4,)
    assert decide(of(95, {3}), of(95, {4}), of(95)).passed


def test_a_single_examiner_is_believed():
    assert decide(of(95, {3}), examiners=1).vetoes == (3,)
    assert decide(of(80), examiners=1).passed


def test_three_to_begin_with_wait_for_the_third():
    assert decide(of(80), of(95), examiners=3) == Undecided.SHEETS
    assert decide(of(80), of(95), of(94), examiners=3).score == 95


def test_a_dispute_says_what_it_is_about():
    assert not dispute(of(80), of(90), limit=10)
    marks = dispute(of(80), of(91), limit=10)
    assert (marks.difference, marks.beyond, marks.vetoes) == (11, True, frozenset())
    assert dispute(of(80, {1, 2}), of(80, {2}), limit=10).vetoes == {1}
