"""The practical exam and the certificate that follows it."""

from datetime import date

import pytest
from django.db import IntegrityError

from accounts.enums import Role
from exams.actions import attempts, certificates, grading, practicals
from exams.actions.admissions import NotEligible
from exams.actions.answers import Change, save
from exams.actions.certificate_batches import work
from exams.enums import CertificateStatus
from exams.models import Certificate, CertificateBatch, Practical
from exams.queries.papers import key_of
from exams.queries.practicals import awaiting_certificate, awaiting_practical
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


@pytest.fixture
def certifier(staff):
    return staff(Role.CERTIFIER)


def record(theory, by, at, *, number=1, marks=MARKS, veto_reason="", now=None):
    return practicals.record(
        theory_id=theory.pk, number=number, marks=marks, veto_reason=veto_reason, by=by, now=now or at("14:00")
    )


def issue(practical, by, at):
    return certificates.issue(practical_id=practical.pk, by=by, now=at("16:00"))


def test_a_passed_practical_waits_for_a_certifier_who_issues_the_certificate(passed, examiner, certifier, at, person):
    practical = record(passed, examiner, at)
    assert (practical.score, practical.passed, practical.number) == (90, True, 1)
    assert not awaiting_practical().exists()
    assert (Certificate.objects.count(), awaiting_certificate().get()) == (0, practical)
    certificate = issue(practical, certifier, at)
    assert (certificate.issued_by, awaiting_certificate().exists()) == (certifier, False)
    assert certificate.number == "T" + person.id_number
    assert (certificate.issued_on, certificate.valid_until) == (date(2026, 11, 24), date(2032, 11, 23))
    assert len(certificate.code) == 12


def test_a_veto_fails_and_issues_nothing(passed, examiner, at):
    practical = record(passed, examiner, at, veto_reason="未验电")
    assert (practical.passed, practical.veto_reason) == (False, "未验电")
    assert not Certificate.objects.exists()
    assert awaiting_practical().get() == passed


def test_after_five_failed_practicals_there_is_no_sixth(passed, examiner, at):
    for number in range(1, 6):
        record(passed, examiner, at, number=number, veto_reason="未验电")
    with pytest.raises(NotEligible):
        record(passed, examiner, at, number=6)
    assert Practical.objects.count() == 5


def test_a_passed_practical_is_not_taken_again(passed, examiner, at):
    record(passed, examiner, at)
    with pytest.raises(NotEligible):
        record(passed, examiner, at, number=2)
    assert Practical.objects.count() == 1


def test_marks_entered_twice_are_stored_once(passed, examiner, at):
    record(passed, examiner, at)
    with pytest.raises(practicals.AlreadyEntered):
        record(passed, examiner, at)
    assert Practical.objects.count() == 1


def test_issuing_again_returns_the_same_certificate(passed, examiner, certifier, at):
    practical = record(passed, examiner, at)
    assert issue(practical, certifier, at) == issue(practical, certifier, at)
    assert Certificate.objects.count() == 1


def test_an_examiner_does_not_certify_not_even_as_a_superuser(passed, examiner, at):
    practical = record(passed, examiner, at)
    with pytest.raises(certificates.NotACertifier):
        issue(practical, examiner, at)
    examiner.is_superuser = True
    examiner.save()
    with pytest.raises(certificates.NotACertifier):
        issue(practical, examiner, at)
    assert not Certificate.objects.exists()


def test_a_certifier_never_certifies_themselves(passed, examiner, certifier, at, person):
    practical = record(passed, examiner, at)
    person.user = certifier
    person.save()
    with pytest.raises(certificates.NotACertifier):
        issue(practical, certifier, at)


def test_there_is_no_certificate_for_a_failed_practical(passed, examiner, certifier, at):
    practical = record(passed, examiner, at, veto_reason="未验电")
    with pytest.raises(certificates.NotPassed):
        issue(practical, certifier, at)


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
        record(passed, examiner, at, marks={**MARKS, "K1": 21, "number": 1})
    assert not Practical.objects.exists()


def test_status_counts_the_last_day_as_valid(passed, examiner, certifier, at):
    certificate = issue(record(passed, examiner, at), certifier, at)
    assert certificate.status_on(date(2032, 11, 23)) == CertificateStatus.VALID
    assert certificate.status_on(date(2032, 11, 24)) == CertificateStatus.EXPIRED
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
    reply = client.post(f"/admin/practicals/{passed.pk}/", {**MARKS, "number": 1, "veto_reason": ""})
    assert (reply.status_code, reply["Location"]) == (302, "/admin/practicals/")
    assert Practical.objects.get().score == 90


def test_marks_that_do_not_fit_keep_the_form(passed, examiner, client):
    client.force_login(examiner)
    reply = client.post(f"/admin/practicals/{passed.pk}/", {**MARKS, "K1": 21, "number": 1})
    assert reply.status_code == 200
    assert 'value="21"' in reply.content.decode()
    assert not Practical.objects.exists()


def test_others_may_not_enter_marks(passed, staff, client):
    client.force_login(staff(Role.INVIGILATOR))
    reply = client.get("/admin/practicals/")
    assert (reply.status_code, reply["Location"]) == (302, "/admin/")
    assert (
        client.post(f"/admin/practicals/{passed.pk}/", {**MARKS, "number": 1, "veto_reason": ""})["Location"]
        == "/admin/"
    )
    assert not Practical.objects.exists()


def test_certifier_issues_the_chosen_in_the_admin_and_again_changes_nothing(passed, examiner, certifier, at, client):
    practical = record(passed, examiner, at)
    client.force_login(certifier)
    assert passed.person.name in client.get("/admin/certifying/").content.decode()
    for _ in range(2):
        reply = client.post("/admin/certifying/issue/", {"practical": [practical.pk, "x"]})
        batch = CertificateBatch.objects.get()  # the second click finds nobody waiting
        assert reply.status_code == 302
        work(batch_id=batch.pk, clock=lambda: at("16:00"))
    assert reply["Location"] == "/admin/certifying/"
    assert Certificate.objects.get().practical == practical


def test_others_may_not_certify_in_the_admin(passed, examiner, at, client):
    practical = record(passed, examiner, at)
    client.force_login(examiner)
    assert client.post("/admin/certifying/issue/", {"practical": [practical.pk]})["Location"] == "/admin/"
    assert not Certificate.objects.exists()
