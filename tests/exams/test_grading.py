"""Grading a submitted attempt."""

import pytest

from exams import tasks
from exams.actions import answers, attempts, grading
from exams.actions.answers import Change
from exams.enums import AttemptStatus
from exams.models import Attempt, Result
from exams.queries.papers import key_of
from exams.queries.reviews import review


@pytest.fixture
def submitted(running, at):
    """All five answered, the last one wrong."""
    key = key_of(running.paper_id)
    for slot, letter in key.items():
        choice = letter if slot != 5 else "ABCD"[("ABCD".index(letter) + 1) % 4]
        change = Change(slot, choice, False, slot)
        answers.save(attempt_id=running.pk, lease=running.lease, change=change, now=at("10:00"))
    return attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:30"))


def test_grade_scores_against_the_shuffled_key(submitted, at):
    result = grading.grade(attempt_id=submitted.pk, now=at("10:31"))
    assert (result.score, result.full_marks, result.passed) == (4, 5, True)
    assert Attempt.objects.get().status == AttemptStatus.GRADED


def test_grade_twice_gives_one_result(submitted, at):
    first = grading.grade(attempt_id=submitted.pk, now=at("10:31"))
    assert grading.grade(attempt_id=submitted.pk, now=at("10:32")) == first
    assert Result.objects.count() == 1


def test_the_sweep_grades_what_a_lost_message_left(submitted):
    tasks.close_overdue()
    assert Result.objects.get().score == 4


def test_review_shows_answers_only_after_grading(submitted, at):
    with pytest.raises(PermissionError):
        review(submitted)
    grading.grade(attempt_id=submitted.pk, now=at("10:31"))
    submitted.refresh_from_db()
    rows = review(submitted)
    assert [row.chosen == row.right for row in rows] == [True, True, True, True, False]
    assert all(row.explanation.startswith("why") for row in rows)
