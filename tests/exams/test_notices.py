"""Candidates are told of results and certificates."""

import pytest

from accounts.enums import Role
from accounts.models import Person
from exams.actions import attempts, certificates, grading, practicals
from exams.actions.answers import Change, save
from exams.queries.papers import key_of
from notifications.models import Delivery, Notice

MARKS = {"K1": 20, "K2": 40, "K3": 20, "K4": 20}


@pytest.fixture
def submitted(running, at):
    """All five right."""
    for slot, letter in key_of(running.paper_id).items():
        save(attempt_id=running.pk, lease=running.lease, change=Change(slot, letter, False, slot), now=at("10:00"))
    return attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:30"))


def test_a_released_result_is_told_once_without_the_score(submitted, person, at):
    grading.grade(attempt_id=submitted.pk, now=at("10:31"))
    grading.grade(attempt_id=submitted.pk, now=at("10:32"))
    notice = Notice.objects.get()
    assert (notice.user, notice.kind, notice.key) == (person.user, "result_released", f"{submitted.pk}/1")
    assert notice.link == f"/exams/attempts/{submitted.pk}/result/"
    assert "理论考试" in notice.body
    assert "100" not in notice.body
    assert Delivery.objects.count() == 3


def test_who_has_no_login_is_graded_all_the_same(submitted, at):
    Person.objects.update(user=None)
    assert grading.grade(attempt_id=submitted.pk, now=at("10:31")).score == 5
    assert Notice.objects.count() == 0


def test_an_issued_certificate_is_told_once(submitted, person, staff, at):
    grading.grade(attempt_id=submitted.pk, now=at("10:31"))
    examiner = staff(Role.EXAMINER)
    practical = practicals.record(
        theory_id=submitted.pk, number=1, marks=MARKS, veto_reason="", by=examiner, now=at("11:00")
    )
    certificates.issue(practical_id=practical.pk, by=staff(Role.CERTIFIER), now=at("11:01"))
    notice = Notice.objects.get(kind="certificate_issued")
    code = practical.certificate.code
    assert (notice.user, notice.link) == (person.user, f"/exams/certificates/{code}/")
    assert "低压电工作业" in notice.body
    assert "2032-11-22" in notice.body or "2032-11-23" in notice.body
    assert code not in notice.body
