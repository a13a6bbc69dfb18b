"""Candidates are told of results and certificates."""
# ruff: noqa: F811  (fixtures are imported by name)

import pytest

from accounts.enums import Role
from accounts.models import Person
from exams.actions import attempts, certificates, grading, practicals
from exams.actions.answers import Change, save
from exams.queries.papers import key_of
from notifications.models import Delivery, Notice
from tests.exams.practical_fixtures import examine, examiners, make_examiner, tasks  # noqa: F401


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


def test_an_issued_certificate_is_told_once(submitted, person, staff, at, rule, tasks, examiners):
    grading.grade(attempt_id=submitted.pk, now=at("10:31"))
    session = practicals.open_session(
        theory_id=submitted.pk, examiners=[user.pk for user in examiners[:2]], by=examiners[0], now=at("13:00")
    )
    practical = examine(session, at)
    certificates.issue(practical_id=practical.pk, by=staff(Role.CERTIFIER), now=at("15:00"))
    notice = Notice.objects.get(kind="certificate_issued")
    code = practical.certificate.code
    assert (notice.user, notice.link) == (person.user, f"/exams/certificates/{code}/")
    assert "低压电工作业" in notice.body
    assert "2032-11-22" in notice.body or "2032-11-23" in notice.body
    assert code not in notice.body
