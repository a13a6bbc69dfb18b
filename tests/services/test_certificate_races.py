"""Certificates on PostgreSQL: one each whoever issues, no serial twice or left out, a batch outlives its worker."""
# ruff: noqa: F811  (fixtures are imported by name)

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.actions import roles
from accounts.enums import Role
from accounts.models import User
from core.nudging import nudge_on_commit
from exams.actions import certificate_acts, certificate_batches, certificate_files, certificate_reminders, certificates
from exams.actions.credentials import give_place
from exams.enums import BatchState, CertificateEventKind
from exams.models import (
    Certificate,
    CertificateBatch,
    CertificateEvent,
    CertificateProposal,
    CertificateSeries,
    Credential,
    Scheme,
)
from notifications.models import Notice
from tests.exams.certificate_fixtures import *  # noqa: F403
from tests.services.test_races import on_own_connection
from tests.services.test_rosters import kill, send, start_worker, wait_for  # noqa: F401

THREADS = 8
PEOPLE = 60


def at_once(work, items) -> list:
    """Do ``work`` with each item in a thread of its own, all beginning at one moment."""
    items = list(items)
    gate = threading.Barrier(len(items))

    @on_own_connection
    def run(item):
        gate.wait()
        return work(item)

    with ThreadPoolExecutor(len(items)) as pool:
        return list(pool.map(run, items))


@pytest.fixture
def certifiers(staff, at):
    """Eight people who may certify."""
    first = staff(Role.CERTIFIER)
    users = [first, *(User.objects.create_user(f"certifier-{number}") for number in range(1, THREADS))]
    for user in users[1:]:
        roles.grant(user=user, role=Role.CERTIFIER, by=None, now=at("08:00"))
    return users


@pytest.fixture
def numbered(operation_rule):
    Scheme.objects.update(number_pattern="QD{operation}-{year}-{serial:05}")
    return operation_rule


def test_eight_certifiers_at_once_issue_one_certificate(
    services, transactional_db, numbered, make_practical, person, certifiers, at
):
    practical = make_practical(person)
    issued = at_once(lambda by: certificates.issue(practical_id=practical.pk, by=by, now=at("07:00")).pk, certifiers)
    assert len(set(issued)) == 1
    assert (Certificate.objects.count(), CertificateEvent.objects.count(), Credential.objects.count()) == (1, 1, 1)
    assert (CertificateSeries.objects.get().last, Notice.objects.count()) == (1, 1)


def test_running_numbers_at_once_have_no_gap_and_no_double(
    services, transactional_db, numbered, make_practical, make_person, certifiers, at
):
    practicals = [make_practical(make_person()) for _ in range(THREADS * 4)]

    def issue(number):
        for practical in practicals[number::THREADS]:
            certificates.issue(practical_id=practical.pk, by=certifiers[number], now=at("07:00"))

    at_once(issue, range(THREADS))
    numbers = sorted(certificate.number for certificate in Certificate.objects.all())
    assert numbers == [f"QD0102-2026-{serial:05}" for serial in range(1, THREADS * 4 + 1)]


def test_one_that_fails_among_them_leaves_no_gap(
    services, transactional_db, numbered, make_practical, make_person, certifiers, monkeypatch, at
):
    practicals = [make_practical(make_person()) for _ in range(THREADS)]
    broken = practicals[3].pk

    def fails(task, **kwargs):
        if Certificate.objects.get(pk=kwargs["certificate_id"]).practical_id == broken:
            raise ZeroDivisionError
        nudge_on_commit(task, **kwargs)

    monkeypatch.setattr(certificates, "nudge_on_commit", fails)

    def issue(number):
        try:
            certificates.issue(practical_id=practicals[number].pk, by=certifiers[number], now=at("07:00"))
        except ZeroDivisionError:
            return

    at_once(issue, range(THREADS))
    serials = sorted(Certificate.objects.values_list("serial", flat=True))
    assert serials == list(range(1, THREADS))


def test_without_the_lock_two_would_get_one_number(
    services, transactional_db, numbered, make_practical, make_person, certifiers, monkeypatch, at
):
    """The negative control: with the row of the series not locked, numbers are drawn twice and the database says no."""
    from django.db import IntegrityError
    from django.db.models.query import QuerySet

    practicals = [make_practical(make_person()) for _ in range(THREADS)]
    certificates.issue(practical_id=practicals[0].pk, by=certifiers[0], now=at("07:00"))
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_options: self)

    def issue(number):
        try:
            certificates.issue(practical_id=practicals[number].pk, by=certifiers[number], now=at("07:00"))
        except IntegrityError:
            return "collided"
        return "issued"

    assert "collided" in at_once(issue, range(1, THREADS))


def test_one_certificate_gets_one_place_in_the_status_lists(services, transactional_db, make_certificate, person):
    made = make_certificate(person)
    places = at_once(lambda _: give_place(Certificate.objects.get(pk=made.pk)).pk, range(THREADS))
    assert len(set(places)) == Credential.objects.count() == 1


def test_one_number_one_file(
    services, transactional_db, make_certificate, person, certificate_signer, settings, tmp_path, at
):
    settings.MEDIA_ROOT = tmp_path / "media"
    made = make_certificate(person)
    wrote = at_once(lambda _: certificate_files.write_files(certificate_id=made.pk, now=at("07:00")), range(THREADS))
    assert sorted(wrote) == [False] * (THREADS - 1) + [True]
    kept = sorted(path.name for path in (settings.MEDIA_ROOT / "certificates").iterdir())
    assert kept == [f"{made.code}.pdf", f"{made.code}.png"]


def test_of_proposals_at_once_one_is_open_and_of_approvals_one_is_done(
    services, transactional_db, make_certificate, person, certifiers, at
):
    made = make_certificate(person)

    def propose(by):
        try:
            values = {"kind": CertificateEventKind.REVOKED, "reason": "x", "by": by, "now": at("08:10")}
            return certificate_acts.propose(certificate_id=made.pk, **values).pk
        except certificate_acts.AlreadyProposed:
            return None

    (open_one,) = [pk for pk in at_once(propose, certifiers) if pk]
    author = CertificateProposal.objects.get(pk=open_one).proposed_by_id

    def approve(by):
        try:
            return bool(certificate_acts.approve(proposal_id=open_one, by=by, now=at("08:20")))
        except (certificate_acts.NotOpen, certificate_acts.NotYours):
            return False

    assert sum(at_once(approve, [user for user in certifiers if user.pk != author])) == 1
    assert (CertificateEvent.objects.count(), Notice.objects.count()) == (1, 1)


def test_eight_sweeps_at_once_tell_a_holder_once(services, transactional_db, make_certificate, person, at):
    make_certificate(person, valid_until=at("00:30").date() + timedelta(days=60))
    at_once(lambda _: certificate_reminders.remind(now=at("00:30")), range(THREADS))
    assert Notice.objects.count() == 1


def test_a_batch_whose_worker_is_killed_is_gone_on_with_and_nobody_is_issued_twice(
    services,
    start_worker,
    numbered,
    make_practical,
    make_person,
    certifiers,
    at,
):
    for _ in range(PEOPLE):
        make_practical(make_person())
    batch = certificate_batches.open_batch(practical_ids=None, by=certifiers[0], now=timezone.now())
    first = start_worker()
    send(services, "exams.tasks.issue_batch", batch_id=str(batch.pk))
    wait_for(lambda: 3 < Certificate.objects.count() < PEOPLE, "nothing was issued")
    kill(first)
    time.sleep(0.5)  # the server rolls back what the dead connection left open
    left = Certificate.objects.count()
    assert 0 < left < PEOPLE
    assert left == batch.lines.filter(state="issued").count()

    CertificateBatch.objects.update(claimed_at=timezone.now() - timedelta(seconds=61))
    start_worker()
    send(services, "exams.tasks.carry_on_certificate_jobs")
    wait_for(lambda: CertificateBatch.objects.get().state == BatchState.DONE, "the batch was not gone on with")
    assert Certificate.objects.count() == batch.lines.filter(state="issued").count() == PEOPLE
    assert sorted(Certificate.objects.values_list("serial", flat=True)) == list(range(1, PEOPLE + 1))
    assert connection.vendor == "postgresql"
