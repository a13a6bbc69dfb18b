"""Hints at what is improbable: identical wrong answers, and speed."""

from datetime import timedelta
from random import Random

import numpy as np
import pytest

from accounts.enums import Role
from core.models import AuditEntry
from exams.actions import grading, hints
from exams.actions.releasing import NotAnOfficer
from exams.enums import AttemptStatus, HintKind
from exams.models import AnomalyHint, Attempt
from exams.queries.hints import hints as all_hints
from exams.rules.anomalies import rush, similar_pairs, upper_tail
from tests.exams.results_fixtures import *  # noqa: F403


def class_of(people, questions, seed):
    """Return wrong answers as numbers 1 to 3, zero where right; each wrong two times in five, all by themselves."""
    random = np.random.default_rng(seed)
    return np.where(random.random((people, questions)) < 0.4, random.integers(1, 4, (people, questions)), 0)


def test_the_upper_tail_is_that_of_a_binomial_where_all_chances_are_one():
    assert upper_tail([0.5] * 4, 3) == pytest.approx(5 / 16)
    assert upper_tail([0.2, 0.7], 1) == pytest.approx(1 - 0.8 * 0.3)
    assert (upper_tail([0.5], 0), upper_tail([], 0)) == (1, 1)


@pytest.mark.parametrize("seed", range(10))
def test_who_works_alone_is_not_shown(seed):
    assert similar_pairs(class_of(60, 50, seed)) == []


def test_a_copy_is_found_and_only_that_pair():
    wrong = class_of(60, 50, 3)
    wrong[40] = wrong[7]
    wrong[40, :5] = 0  # a few things the copier knew
    (pair,) = similar_pairs(wrong)
    assert (pair.one, pair.other, pair.same) == (7, 40, pair.common)
    assert pair.chance < 1e-5


def test_true_or_false_is_no_evidence():
    wrong = np.where(np.random.default_rng(1).random((40, 50)) < 0.5, 1, 0)
    wrong[3] = wrong[9]
    assert similar_pairs(wrong) == []


def test_few_people_or_none_give_no_hint():
    assert similar_pairs(np.zeros((0, 0), dtype=np.int64)) == []
    assert similar_pairs(class_of(1, 50, 1)) == []


def test_a_run_faster_than_reading_is_found(at):
    start = at("09:00")
    fast = {slot: start + timedelta(seconds=slot) for slot in range(1, 26)}
    found = rush(fast, dict.fromkeys(range(1, 26), True))
    assert (found.seconds, found.right) == (19, 1)


def test_readers_and_a_browser_that_was_offline_are_not(at):
    start = at("09:00")
    reading = {slot: start + timedelta(seconds=3 * slot) for slot in range(1, 60)}
    offline = {slot: start + timedelta(seconds=slot // 30) for slot in range(1, 60)}
    few = {slot: start + timedelta(seconds=slot / 10) for slot in range(1, 20)}
    assert [rush(saved, {}) for saved in (reading, offline, few)] == [None, None, None]


@pytest.fixture
def crowd(held, candidate, at):
    """Two candidates with the same single-choice mistakes made to look improbable, in a stored form."""
    attempts = [candidate() for _ in range(2)]
    grading.grade_waiting(now=at("10:31"))
    return Attempt.objects.filter(pk__in=[attempt.pk for attempt in attempts]).order_by("pk")


def test_hints_are_stored_once_and_nothing_else_changes(held, crowd, at, monkeypatch):
    one, other = (attempt.pk for attempt in crowd)
    figures = {"common": 12, "same": 12, "expected": 4.1, "chance": 1e-6}
    monkeypatch.setattr("exams.actions.hints.similar", lambda sitting: [(one, other, figures)])
    monkeypatch.setattr("exams.actions.hints.rushed", lambda sitting: [(one, {"answers": 20, "seconds": 12.0})])
    assert hints.find(sitting_id=held.pk, now=at("14:00")) == 2
    assert hints.find(sitting_id=held.pk, now=at("15:00")) == 0
    assert set(AnomalyHint.objects.values_list("kind", "attempt", "other")) == {
        (HintKind.SAME_WRONG_ANSWERS, one, other),
        (HintKind.SPEED, one, None),
    }
    assert set(Attempt.objects.values_list("status", flat=True)) == {AttemptStatus.GRADED}


def test_a_sitting_of_few_honest_people_has_none(held, crowd, at):
    assert hints.find(sitting_id=held.pk, now=at("14:00")) == 0


def test_many_stored_answers_are_compared_by_what_was_chosen(held, make_question, candidate, at):
    """Through the database: 40 candidates answer 30 single choices, the last two alike."""
    from decimal import Decimal

    from exams.models import Result
    from exams.queries.hints import similar
    from exams.rules.breakdown import SlotMark, pack

    random = Random(5)
    attempts = [candidate() for _ in range(2)]
    grading.grade_waiting(now=at("10:31"))

    def sheet():
        chosen = [0 if random.random() < 0.5 else random.choice([1, 2, 3]) for _ in range(40)]
        marks = [SlotMark(100 + n, n, Decimal(1), Decimal(c == 0), True, 1 << c) for n, c in enumerate(chosen, 1)]
        return pack(marks)

    same = sheet()
    others = [sheet() for _ in range(25)]
    sheets = {attempt.pk: same for attempt in attempts}
    Result.objects.update(breakdown=same)
    for packed in others:
        extra = candidate(skip=(1, 2, 3, 4, 5))
        grading.grade(attempt_id=extra.pk, now=at("10:32"))
        Result.objects.filter(attempt=extra).update(breakdown=packed)
    ((one, other, figures),) = similar(held.pk)
    assert {one, other} == set(sheets)
    assert figures["same"] == figures["common"] > 2 * figures["expected"]


def test_an_officer_notes_what_they_saw(held, crowd, officer, staff, at):
    hint = AnomalyHint.objects.create(sitting=held, kind=HintKind.SPEED, attempt=crowd[0], found_at=at("14:00"))
    with pytest.raises(hints.NeedsNote):
        hints.look_at(hint_id=hint.pk, note=" ", by=officer, now=at("15:00"))
    with pytest.raises(NotAnOfficer):
        hints.look_at(hint_id=hint.pk, note="?", by=staff(Role.INVIGILATOR), now=at("15:00"))
    hints.look_at(hint_id=hint.pk, note="座位相隔很远", by=officer, now=at("15:00"))
    seen = all_hints().get()
    assert (seen.note, seen.looked_at_by, seen.looked_at) == ("座位相隔很远", officer, at("15:00"))
    assert AuditEntry.objects.filter(kind="exams.anomalyhint").first().after["note"] == "座位相隔很远"
