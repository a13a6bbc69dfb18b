"""The practical exam and the certificate that follows it."""

from datetime import date

import pytest
from django.db import IntegrityError

from accounts.enums import Role
from exams.actions import attempts, grading, practicals
from exams.actions.admissions import NotEligible
from exams.actions.answers import Change, save
from exams.enums import CertificateStatus
from exams.models import Certificate, Practical
from exams.queries.attempts import awaiting_practical, key_of
from exams.rules.grading import MarksOutOfRange

MARKS = {"K1": 20, "K2": 40, "K3": 15, "K4": 15}


@pytest.fixture
def passed(running, at):
    for slot, letter in key_of(running.paper_id).items():
        save(attempt_id=running.pk, lease=running.lease, change=Change(slot, letter, False, slot), now=at("10:00"))
    attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:30"))
    grading.grade(attempt_id=running.pk, now=at("10:31"))
    return running


@pytest.fixture
def examiner(staff):
    return staff(Role.EXAMINER)


def record(theory, by, at, *, marks=MARKS, veto_reason="", now=None):
    return practicals.record(theory_id=theory.pk, marks=marks, veto_reason=veto_reason, by=by, now=now or at("14:00"))


def test_passing_the_practical_issues_the_certificate(passed, examiner, at, person):
    practical = record(passed, examiner, at)
    certificate = Certificate.objects.get()
    assert (practical.score, practical.passed, practical.number) == (90, True, 1)
    assert certificate.number == "T" + person.id_number
    assert (certificate.issued_on, certificate.valid_until) == (date(2026, 11, 23), date(2032, 11, 22))
    assert len(certificate.code) == 12
    assert not awaiting_practical().exists()


def test_a_veto_fails_and_issues_nothing(passed, examiner, at):
    practical = record(passed, examiner, at, veto_reason="未验电")
    assert (practical.passed, practical.veto_reason) == (False, "未验电")
    assert not Certificate.objects.exists()
    assert awaiting_practical().get() == passed


def test_after_five_failed_practicals_there_is_no_sixth(passed, examiner, at):
    for _ in range(5):
        record(passed, examiner, at, veto_reason="未验电")
    with pytest.raises(NotEligible):
        record(passed, examiner, at)
    assert Practical.objects.count() == 5


def test_a_passed_practical_is_not_taken_again(passed, examiner, at):
    record(passed, examiner, at)
    with pytest.raises(NotEligible):
        record(passed, examiner, at)
    assert Certificate.objects.count() == 1


def test_only_an_examiner_enters_marks(passed, staff, at):
    with pytest.raises(practicals.NotAnExaminer):
        record(passed, staff(Role.INVIGILATOR), at)


def test_an_examiner_never_examines_themselves(passed, examiner, at, person):
    person.user = examiner
    person.save()
    with pytest.raises(practicals.NotAnExaminer):
        record(passed, examiner, at)


def test_no_practical_without_a_passed_theory(running, examiner, at):
    with pytest.raises(practicals.TheoryNotPassed):
        record(running, examiner, at)


def test_a_theory_older_than_twelve_months_no_longer_counts(passed, examiner, at):
    with pytest.raises(NotEligible):
        record(passed, examiner, at, now=at("14:00").replace(year=2027, day=24))


def test_marks_above_the_subjects_full_marks_are_refused(passed, examiner, at):
    with pytest.raises(MarksOutOfRange):
        record(passed, examiner, at, marks={**MARKS, "K1": 21})
    assert not Practical.objects.exists()


def test_status_counts_the_last_day_as_valid(passed, examiner, at):
    record(passed, examiner, at)
    certificate = Certificate.objects.get()
    assert certificate.status_on(date(2032, 11, 22)) == CertificateStatus.VALID
    assert certificate.status_on(date(2032, 11, 23)) == CertificateStatus.EXPIRED
    certificate.revoked_at = at("15:00")
    assert certificate.status_on(date(2026, 11, 24)) == CertificateStatus.REVOKED


def test_the_database_refuses_a_veto_that_passes(passed, examiner, at):
    record(passed, examiner, at)
    with pytest.raises(IntegrityError):
        Practical.objects.update(veto=True)


def test_examiner_enters_marks_in_the_admin(passed, examiner, client):
    client.force_login(examiner)
    page = client.get("/admin/practicals/")
    assert passed.person.name in page.content.decode()
    reply = client.post(f"/admin/practicals/{passed.pk}/", {**MARKS, "veto_reason": ""})
    assert (reply.status_code, reply["Location"]) == (302, "/admin/practicals/")
    assert Practical.objects.get().score == 90


def test_marks_that_do_not_fit_keep_the_form(passed, examiner, client):
    client.force_login(examiner)
    reply = client.post(f"/admin/practicals/{passed.pk}/", {**MARKS, "K1": 21})
    assert reply.status_code == 200
    assert 'value="21"' in reply.content.decode()
    assert not Practical.objects.exists()


def test_others_may_not_enter_marks(passed, staff, client):
    client.force_login(staff(Role.INVIGILATOR))
    reply = client.get("/admin/practicals/")
    assert (reply.status_code, reply["Location"]) == (302, "/admin/")
    assert client.post(f"/admin/practicals/{passed.pk}/", {**MARKS, "veto_reason": ""})["Location"] == "/admin/"
    assert not Practical.objects.exists()
