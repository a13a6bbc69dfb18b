"""Issuing many at once: the lines are the queue, whoever works on them and however often."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from core.models import AuditEntry
from exams.actions import certificate_batches as batches
from exams.actions import certificate_files, certificates
from exams.enums import BatchLineState, BatchState
from exams.models import Certificate, CertificateBatch, CertificateBatchLine, CertificateEvent, Credential, Practical
from exams.queries.certificate_acts import progress
from notifications.models import Notice
from tests.exams.certificate_fixtures import *  # noqa: F403


@pytest.fixture
def certifier(staff):
    return staff(Role.CERTIFIER)


@pytest.fixture
def passed(make_practical, make_person):
    """Five people who passed both parts."""
    return [make_practical(make_person()) for _ in range(5)]


@pytest.fixture
def opened(passed, certifier, at):
    return batches.open_batch(practical_ids=None, by=certifier, now=at("07:00"))


def states(batch) -> list[str]:
    return list(batch.lines.values_list("state", flat=True))


def test_a_batch_issues_all_that_wait_each_once(opened, passed, certifier, at):
    batches.work(batch_id=opened.pk, clock=lambda: at("07:01"))
    opened.refresh_from_db()
    assert (opened.state, opened.total, opened.finished_at) == (BatchState.DONE, 5, at("07:01"))
    assert set(Certificate.objects.values_list("practical_id", flat=True)) == {practical.pk for practical in passed}
    assert {certificate.issued_by for certificate in Certificate.objects.all()} == {certifier}
    assert (CertificateEvent.objects.count(), Credential.objects.count(), Notice.objects.count()) == (5, 5, 5)


def test_working_again_changes_nothing(opened, at):
    for minute in ("07:01", "07:02", "07:03"):
        batches.work(batch_id=opened.pk, clock=lambda minute=minute: at(minute))
    assert Certificate.objects.count() == 5


def test_only_the_chosen_are_issued(passed, certifier, at):
    batch = batches.open_batch(practical_ids=[passed[1].pk, passed[3].pk, 999_999], by=certifier, now=at("07:00"))
    batches.work(batch_id=batch.pk, clock=lambda: at("07:01"))
    assert set(Certificate.objects.values_list("practical_id", flat=True)) == {passed[1].pk, passed[3].pk}


def test_two_batches_with_the_same_people_give_one_certificate_each(passed, certifier, at):
    both = [batches.open_batch(practical_ids=None, by=certifier, now=at("07:00")) for _ in range(2)]
    for batch in both:
        batches.work(batch_id=batch.pk, clock=lambda: at("07:01"))
    assert Certificate.objects.count() == 5
    assert [states(batch) for batch in both] == [["issued"] * 5] * 2


def test_what_a_dead_worker_left_is_gone_on_with(opened, monkeypatch, at):
    issued = 0

    def dies(**values):
        nonlocal issued
        if issued == 2:
            raise SystemExit
        issued += 1
        return certificates.issue(**values)

    monkeypatch.setattr(batches, "issue", dies)
    with pytest.raises(SystemExit):
        batches.work(batch_id=opened.pk, clock=lambda: at("07:01"))
    assert states(opened) == ["issued", "issued", "waiting", "waiting", "waiting"]
    monkeypatch.setattr(batches, "issue", certificates.issue)
    assert batches.carry_on(clock=lambda: at("07:01:30")) == 0  # the dead one may still be alive
    assert batches.carry_on(clock=lambda: at("07:02:02")) == 1
    assert states(opened) == ["issued"] * 5
    assert Certificate.objects.count() == 5


def test_a_worker_that_was_overtaken_stores_nothing(opened, monkeypatch, at):
    def slow(**values):
        CertificateBatch.objects.update(claimed_at=at("09:00"))  # another worker took it meanwhile
        return certificates.issue(**values)

    monkeypatch.setattr(batches, "issue", slow)
    batches.work(batch_id=opened.pk, clock=lambda: at("07:01"))
    assert states(opened).count("issued") == 1
    assert CertificateBatch.objects.get().state == BatchState.WAITING


def test_who_may_not_be_certified_by_this_person_is_left_out(passed, certifier, at):
    Practical.objects.filter(pk=passed[0].pk).update(examiner=certifier)
    batch = batches.open_batch(practical_ids=None, by=certifier, now=at("07:00"))
    batches.work(batch_id=batch.pk, clock=lambda: at("07:01"))
    line = CertificateBatchLine.objects.get(practical=passed[0])
    assert (line.state, line.reason, line.certificate) == (BatchLineState.REFUSED, "own", None)
    assert (progress(batch).issued, progress(batch).refused, progress(batch).percent) == (4, 1, 100)


def test_others_open_no_batch(passed, staff, at):
    with pytest.raises(certificates.NotACertifier):
        batches.open_batch(practical_ids=None, by=staff(Role.EXAM_OFFICER), now=at("07:00"))


def test_nobody_waiting_is_no_batch(certifier, at):
    with pytest.raises(batches.NothingToIssue):
        batches.open_batch(practical_ids=None, by=certifier, now=at("07:00"))


def test_the_trail_says_who_had_them_issued(opened, certifier, at):
    batches.work(batch_id=opened.pk, clock=lambda: at("07:01"))
    entries = AuditEntry.objects.filter(kind="exams.certificate", deed="created")
    assert {entry.actor for entry in entries} == {certifier.username}


def test_the_database_refuses_an_issued_line_without_its_certificate(opened):
    with pytest.raises(IntegrityError, match="an_issued_line_has_its_certificate"), transaction.atomic():
        opened.lines.update(state="issued")


def test_the_page_shows_how_far_it_is(opened, certifier, client, at, written):
    client.force_login(certifier)
    page = client.get(f"/admin/certifying/batches/{opened.pk}/").text
    assert 'http-equiv="refresh"' in page
    batches.work(batch_id=opened.pk, clock=lambda: at("07:01"))
    for certificate in Certificate.objects.all():
        written(certificate)
    context = client.get(f"/admin/certifying/batches/{opened.pk}/").context
    assert (context["progress"].issued, context["progress"].written) == (5, 5)
    assert 'http-equiv="refresh"' not in client.get(f"/admin/certifying/batches/{opened.pk}/").text


def test_all_that_wait_are_issued_with_one_button(passed, certifier, client):
    client.force_login(certifier)
    reply = client.post("/admin/certifying/issue/", {"which": "all"})
    batch = CertificateBatch.objects.get()
    assert (reply["Location"], batch.total) == (f"/admin/certifying/batches/{batch.pk}/", 5)


# Files ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def certificate(make_certificate, person, certificate_signer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_certificate(person)


def test_a_file_that_another_worker_is_at_is_left_to_it(certificate, at):
    Certificate.objects.update(files_claimed_at=at("07:00"))
    assert certificate_files.write_files(certificate_id=certificate.pk, now=at("07:00:59")) is False
    assert certificate_files.write_files(certificate_id=certificate.pk, now=at("07:01:01")) is True


def test_a_slow_worker_takes_its_second_files_away(certificate, settings, monkeypatch, at):
    make = certificate_files.certificate_files

    def slow(row, **values):
        files = make(row, **values)
        monkeypatch.setattr(certificate_files, "certificate_files", make)
        later = at("07:00") + timedelta(seconds=61)
        assert certificate_files.write_files(certificate_id=row.pk, now=later) is True
        return files

    monkeypatch.setattr(certificate_files, "certificate_files", slow)
    assert certificate_files.write_files(certificate_id=certificate.pk, now=at("07:00")) is False
    kept = sorted(path.name for path in (settings.MEDIA_ROOT / "certificates").iterdir())
    assert kept == [f"{certificate.code}.pdf", f"{certificate.code}.png"]


def test_a_failure_gives_the_claim_back_and_holds_nobody_up(
    certificate, make_certificate, make_person, monkeypatch, at
):
    other = make_certificate(make_person())
    make = certificate_files.certificate_files

    def broken(row, **values):
        if row.pk == certificate.pk:
            raise OSError("disk full")
        return make(row, **values)

    monkeypatch.setattr(certificate_files, "certificate_files", broken)
    assert certificate_files.write_missing(clock=lambda: at("07:00")) == 1
    certificate.refresh_from_db()
    other.refresh_from_db()
    assert (certificate.files_claimed_at, bool(certificate.pdf), bool(other.pdf)) == (None, False, True)
    monkeypatch.setattr(certificate_files, "certificate_files", make)
    assert certificate_files.write_missing(clock=lambda: at("07:00:30")) == 1
