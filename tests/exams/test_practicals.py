"""What examiners decide in a practical exam, who undoes what, and the certificate that follows."""
# ruff: noqa: F811  (fixtures are imported by name)

from datetime import date

import pytest

from accounts.enums import Role
from exams.actions import certificates, practicals
from exams.enums import CertificateStatus, PracticalStatus, ReleasePolicy
from exams.models import Certificate, Practical, Sitting
from exams.queries.practicals import awaiting_certificate, awaiting_practical
from notifications.models import Notice
from tests.exams.practical_fixtures import (  # noqa: F401
    GOOD,
    examine,
    examiners,
    make_examiner,
    mark,
    open_session,
    passed,
    session,
    sheet_at,
    tasks,
)


@pytest.fixture
def officer(staff):
    return staff(Role.EXAM_OFFICER)


@pytest.fixture
def certifier(staff):
    return staff(Role.CERTIFIER)


def issue(practical, by, at):
    return certificates.issue(practical_id=practical.pk, by=by, now=at("16:00"))


def test_both_agree_and_the_candidate_has_passed(session, at, person):
    mark(session, 1, at)
    session.refresh_from_db()
    assert (session.status, Practical.objects.count()) == (PracticalStatus.OPEN, 0)
    mark(session, 2, at, {**GOOD, "K2": 33})
    session.refresh_from_db()
    practical = session.practical
    assert (practical.score, practical.passed, practical.number, practical.veto) == (89, True, 1, False)
    assert practical.taken_at == at("14:00")
    assert dict(practical.marks.values_list("subject__code", "marks")) == {"K1": 18, "K2": 35, "K3": 18, "K4": 18}
    assert session.released_at == at("14:10")
    assert Notice.objects.get(kind="practical_released").user == person.user


def test_beyond_the_limit_a_third_is_called_and_the_two_closest_count(session, examiners, at):
    mark(session, 1, at)
    mark(session, 2, at, {**GOOD, "K2": 25})  # 79
    session.refresh_from_db()
    assert (session.status, Practical.objects.count()) == (PracticalStatus.THIRD, 0)
    practicals.call_third(session_id=session.pk, examiner=examiners[2].pk, by=examiners[0], now=at("14:20"))
    with pytest.raises(practicals.NotPossible):
        practicals.call_third(session_id=session.pk, examiner=examiners[2].pk, by=examiners[0], now=at("14:20"))
    mark(session, 3, at, {**GOOD, "K2": 27}, now="14:40", finished="14:30")  # 81
    session.refresh_from_db()
    assert (session.practical.score, session.practical.passed) == (80, True)


def test_a_third_is_called_for_nobody_else(session, examiners, at):
    with pytest.raises(practicals.NotPossible):
        practicals.call_third(session_id=session.pk, examiner=examiners[2].pk, by=examiners[0], now=at("13:10"))
    mark(session, 1, at)
    mark(session, 2, at, {**GOOD, "K2": 10})
    for examiner in examiners[:2]:
        with pytest.raises(practicals.WrongExaminer):
            practicals.call_third(session_id=session.pk, examiner=examiner.pk, by=examiners[0], now=at("14:20"))


def test_a_veto_both_saw_fails_and_names_itself(session, at):
    practical = examine(session, at, vetoes={"K2"})
    code = session.drawn.get(task__subject="K2").task.code
    assert (practical.score, practical.passed, practical.veto) == (90, False, True)
    assert practical.veto_reason == f"{code} 否决1"
    assert awaiting_practical().count() == 1


def test_a_veto_one_saw_waits_for_a_third_who_did_not(session, examiners, at):
    mark(session, 1, at, vetoes={"K2"})
    mark(session, 2, at)
    session.refresh_from_db()
    assert session.status == PracticalStatus.THIRD
    practicals.call_third(session_id=session.pk, examiner=examiners[2].pk, by=examiners[1], now=at("14:20"))
    mark(session, 3, at)
    session.refresh_from_db()
    assert (session.practical.passed, session.practical.veto) == (True, False)


def test_calling_off_wants_an_officer_a_reason_and_no_sheet(session, officer, examiners, at):
    with pytest.raises(practicals.NotAllowed):
        practicals.cancel(session_id=session.pk, reason="停电", by=examiners[0], now=at("13:10"))
    with pytest.raises(practicals.NeedsReason):
        practicals.cancel(session_id=session.pk, reason="  ", by=officer, now=at("13:10"))
    mark(session, 1, at)
    with pytest.raises(practicals.NotPossible):
        practicals.cancel(session_id=session.pk, reason="停电", by=officer, now=at("14:20"))


def test_an_examiner_who_fell_out_is_replaced_and_never_certifies(session, officer, examiners, certifier, at):
    old = sheet_at(session, 2)
    replaced = {"sheet_id": old.pk, "examiner": examiners[2].pk, "by": officer, "now": at("13:20")}
    with pytest.raises(practicals.NeedsReason):
        practicals.replace(**replaced, reason="")
    with pytest.raises(practicals.NotAllowed):
        practicals.replace(**(replaced | {"by": examiners[0]}), reason="ill")
    practicals.replace(**replaced, reason="ill")
    with pytest.raises(practicals.NotPossible):
        practicals.replace(**replaced, reason="ill")
    assert sheet_at(session, 2).examiner == examiners[2]
    practical = examine(session, at)
    assert [user.username for user in practical.examiners] == ["wang", "zhao", "sun"]
    for user in examiners:
        user.is_superuser = True
        user.save()
        with pytest.raises(certificates.NotACertifier):
            issue(practical, user, at)
    assert issue(practical, certifier, at).issued_by == certifier


def test_a_sheet_that_was_handed_in_is_not_replaced(session, officer, examiners, at):
    mark(session, 1, at)
    with pytest.raises(practicals.NotPossible):
        practicals.replace(
            sheet_id=sheet_at(session, 1).pk, examiner=examiners[2].pk, reason="ill", by=officer, now=at("14:20")
        )


def test_an_unreleased_result_has_no_certificate(session, officer, certifier, examiners, at, person):
    Sitting.objects.update(release_policy=ReleasePolicy.BY_OFFICER, released_at=at("12:00"))
    practical = examine(session, at)
    assert not awaiting_certificate().exists()
    with pytest.raises(certificates.NotPassed):
        issue(practical, certifier, at)
    with pytest.raises(practicals.NotAllowed):
        practicals.release(session_id=session.pk, by=examiners[0], now=at("15:00"))
    for _ in range(2):
        practicals.release(session_id=session.pk, by=officer, now=at("15:00"))
    assert Notice.objects.filter(kind="practical_released").count() == 1
    assert awaiting_certificate().get() == practical
    practical.refresh_from_db()
    assert issue(practical, certifier, at).practical == practical


def test_what_is_not_decided_is_not_released(session, officer, at):
    with pytest.raises(practicals.NotPossible):
        practicals.release(session_id=session.pk, by=officer, now=at("15:00"))


def test_who_has_no_login_is_examined_all_the_same(session, person, at):
    person.user = None
    person.save()
    assert examine(session, at).passed
    assert not Notice.objects.filter(kind="practical_released").exists()


def test_a_passed_practical_waits_for_a_certifier_who_issues_the_certificate(session, certifier, at, person):
    practical = examine(session, at)
    assert (Certificate.objects.count(), awaiting_certificate().get()) == (0, practical)
    certificate = issue(practical, certifier, at)
    assert issue(practical, certifier, at) == certificate
    assert (certificate.issued_by, awaiting_certificate().exists()) == (certifier, False)
    assert certificate.number == "T" + person.id_number
    assert (certificate.issued_on, certificate.valid_until) == (date(2026, 11, 24), date(2032, 11, 23))
    assert len(certificate.code) == 12


def test_a_certifier_never_certifies_themselves(session, certifier, at, person):
    practical = examine(session, at)
    person.user = certifier
    person.save()
    with pytest.raises(certificates.NotACertifier):
        issue(practical, certifier, at)


def test_there_is_no_certificate_for_a_failed_practical(session, certifier, at):
    with pytest.raises(certificates.NotPassed):
        issue(examine(session, at, vetoes={"K1"}), certifier, at)


def test_status_counts_the_last_day_as_valid(session, certifier, at):
    certificate = issue(examine(session, at), certifier, at)
    assert certificate.status_on(date(2032, 11, 23)) == CertificateStatus.VALID
    assert certificate.status_on(date(2032, 11, 24)) == CertificateStatus.EXPIRED
    certificate.revoked_at = at("15:00")
    assert certificate.status_on(date(2026, 11, 24)) == CertificateStatus.REVOKED
