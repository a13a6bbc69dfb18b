"""What exams leave in the audit trail: papers, late answers, results, sittings, without telling a key or a seed."""

import pytest

from core.models import AuditEntry
from exams.actions import attempts, grading
from exams.actions.answers import Change, TooLate, save
from exams.actions.papers import draw_many
from exams.queries.papers import key_of


def entries(kind: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(kind=kind).order_by("pk"))


def test_a_drawn_paper_is_recorded_without_its_seed(attempt):
    (entry,) = entries("exams.paper")
    assert (entry.deed, entry.object_id) == ("created", str(attempt.paper_id))
    assert str(attempt.paper.seed) not in f"{entry.label}{entry.after}"


def test_an_answer_after_the_exam_is_recorded(running, at):
    with pytest.raises(TooLate):
        save(attempt_id=running.pk, lease=running.lease, change=Change(1, "A", False, 1), now=at("15:00"))
    (entry,) = entries("exams.lateanswer")
    assert (entry.after["slot"], entry.after["response"]) == (1, "A")


def test_an_answer_in_time_costs_no_entry(running, at):
    before = AuditEntry.objects.count()
    save(attempt_id=running.pk, lease=running.lease, change=Change(1, "A", False, 1), now=at("10:00"))
    assert AuditEntry.objects.count() == before


def test_a_result_is_recorded(running, at):
    for slot, letter in key_of(running.paper_id).items():
        save(attempt_id=running.pk, lease=running.lease, change=Change(slot, letter, False, slot), now=at("10:00"))
    attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:30"))
    grading.grade(attempt_id=running.pk, now=at("10:31"))
    (entry,) = entries("exams.result")
    assert (entry.after["score"], entry.after["passed"]) == ("5.00", True)


def test_a_changed_sitting_shows_before_and_after_but_never_its_code(sitting):
    before = sitting.minutes
    sitting.minutes, sitting.passcode = before + 10, "0815"
    sitting.save()
    entry = entries("exams.sitting")[-1]
    assert (entry.before["minutes"], entry.after["minutes"]) == (before, before + 10)
    assert (entry.before["passcode"], entry.after["passcode"]) == ("•••", "•••")


def test_a_batch_of_papers_leaves_one_entry_with_how_many(blueprint, at):
    papers = draw_many(blueprint=blueprint, seeds=[1, 2, 3], now=at("08:00"))
    (entry,) = entries("exams.paper")
    assert (entry.deed, entry.after["papers"]) == ("created", 3)
    assert entry.label == f"{papers[0].pk} – {papers[-1].pk}"
