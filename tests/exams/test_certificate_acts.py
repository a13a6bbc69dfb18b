"""Suspend, reinstate, revoke, replace: two persons, events, notices, and what a stranger is told."""

from datetime import date

import pytest
from django.db import Error, IntegrityError, transaction

from accounts.actions import roles
from accounts.enums import Role
from accounts.models import User
from core.models import AppendOnly, AuditEntry
from exams.actions import certificate_acts as acts
from exams.enums import CertificateEventKind as Kind
from exams.enums import CertificateStatus as Status
from exams.enums import ProposalState
from exams.models import Certificate, CertificateEvent, CertificateProposal, CertificateReview
from exams.queries.certificates import verification
from notifications.models import Notice
from tests.exams.certificate_fixtures import *  # noqa: F403

DAY = date(2026, 11, 24)


@pytest.fixture
def certifier(staff):
    return staff(Role.CERTIFIER)


@pytest.fixture
def officer(staff):
    return staff(Role.EXAM_OFFICER)


@pytest.fixture
def colleague(certifier, at):
    user = User.objects.create_user("second-certifier")
    roles.grant(user=user, role=Role.CERTIFIER, by=None, now=at("08:00"))
    return user


@pytest.fixture
def certificate(make_certificate, person):
    return make_certificate(person)


def propose(certificate, kind, by, at, reason="照片与本人不符"):
    return acts.propose(certificate_id=certificate.pk, kind=kind, reason=reason, by=by, now=at("08:10"))


def status(certificate):
    return verification(certificate.code, day=DAY).status


def take_away(certificate, kind, first, second, at):
    proposal = propose(certificate, kind, first, at)
    return acts.approve(proposal_id=proposal.pk, by=second, now=at("08:20"))


def test_a_proposal_changes_nothing_until_another_person_approves(certificate, certifier, colleague, at):
    proposal = propose(certificate, Kind.SUSPENDED, certifier, at)
    assert status(certificate) == Status.VALID
    acts.approve(proposal_id=proposal.pk, by=colleague, now=at("08:20"))
    assert status(certificate) == Status.SUSPENDED
    event = certificate.events.get()
    assert (event.kind, event.reason, event.by, event.proposed_by, event.at) == (
        Kind.SUSPENDED, "照片与本人不符", colleague, certifier, at("08:20"),
    )  # fmt: skip


@pytest.mark.parametrize(("first", "second"), [("certifier", "officer"), ("officer", "certifier")])
def test_a_certifier_and_an_exam_officer_are_enough(certificate, request, first, second, at):
    pair = request.getfixturevalue(first), request.getfixturevalue(second)
    take_away(certificate, Kind.REVOKED, *pair, at)
    assert status(certificate) == Status.REVOKED


def test_two_exam_officers_are_not(certificate, officer, at):
    other = User.objects.create_user("second-officer")
    roles.grant(user=other, role=Role.EXAM_OFFICER, by=None, now=at("08:00"))
    with pytest.raises(acts.NotYours):
        take_away(certificate, Kind.REVOKED, officer, other, at)
    assert status(certificate) == Status.VALID


def test_nobody_approves_their_own_proposal_not_even_a_superuser(certificate, certifier, at):
    certifier.is_superuser = True
    certifier.save()
    with pytest.raises(acts.NotYours):
        take_away(certificate, Kind.REVOKED, certifier, certifier, at)
    assert CertificateProposal.objects.get().state == ProposalState.OPEN


def test_the_database_refuses_the_same_person_twice(certificate, certifier, at):
    proposal = propose(certificate, Kind.REVOKED, certifier, at)
    with pytest.raises(IntegrityError, match="a_second_person_decides_the_proposal"), transaction.atomic():
        CertificateProposal.objects.filter(pk=proposal.pk).update(
            state="approved", decided_by=certifier, decided_at=at("09:00")
        )


def test_the_holder_neither_proposes_nor_approves(certificate, certifier, colleague, person, at):
    person.user = colleague
    person.save()
    with pytest.raises(acts.NotYours):
        propose(certificate, Kind.SUSPENDED, colleague, at)
    with pytest.raises(acts.NotYours):
        take_away(certificate, Kind.SUSPENDED, certifier, colleague, at)


def test_others_may_not_propose(certificate, staff, at):
    with pytest.raises(acts.NotYours):
        propose(certificate, Kind.SUSPENDED, staff(Role.EXAMINER), at)


@pytest.mark.parametrize("reason", ["", "  "])
def test_there_is_always_a_reason(certificate, certifier, reason, at):
    with pytest.raises(acts.NeedsReason):
        propose(certificate, Kind.SUSPENDED, certifier, at, reason=reason)
    with pytest.raises(acts.NeedsReason):
        acts.replace(certificate_id=certificate.pk, reason=reason, by=certifier, now=at("08:10"))


def test_one_proposal_at_a_time(certificate, certifier, colleague, at):
    propose(certificate, Kind.SUSPENDED, certifier, at)
    with pytest.raises(acts.AlreadyProposed):
        propose(certificate, Kind.REVOKED, colleague, at)
    with pytest.raises(IntegrityError, match=r"one_open_proposal|UNIQUE"), transaction.atomic():
        CertificateProposal.objects.create(
            certificate=certificate, kind="revoked", reason="x", proposed_by=colleague, proposed_at=at("08:00")
        )


def test_a_refused_proposal_leaves_the_certificate_and_says_why(certificate, certifier, colleague, at):
    proposal = propose(certificate, Kind.REVOKED, certifier, at)
    with pytest.raises(acts.NeedsReason):
        acts.refuse(proposal_id=proposal.pk, note=" ", by=colleague, now=at("08:20"))
    acts.refuse(proposal_id=proposal.pk, note="证据不足", by=colleague, now=at("08:20"))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.note, proposal.decided_by) == (ProposalState.REFUSED, "证据不足", colleague)
    assert status(certificate) == Status.VALID
    with pytest.raises(acts.NotOpen):
        acts.approve(proposal_id=proposal.pk, by=colleague, now=at("08:30"))


def test_a_proposal_is_taken_back_by_its_author_only(certificate, certifier, colleague, at):
    proposal = propose(certificate, Kind.REVOKED, certifier, at)
    with pytest.raises(acts.NotYours):
        acts.withdraw(proposal_id=proposal.pk, by=colleague, now=at("08:20"))
    acts.withdraw(proposal_id=proposal.pk, by=certifier, now=at("08:20"))
    propose(certificate, Kind.REVOKED, colleague, at)
    assert list(CertificateProposal.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "open"]


def test_a_suspended_one_is_reinstated_by_one_certifier(certificate, certifier, colleague, officer, at):
    take_away(certificate, Kind.SUSPENDED, certifier, colleague, at)
    values = {"certificate_id": certificate.pk, "reason": "照片已核对", "now": at("09:00")}
    with pytest.raises(acts.NotYours):
        acts.reinstate(by=officer, **values)
    acts.reinstate(by=certifier, **values)
    assert status(certificate) == Status.VALID
    with pytest.raises(acts.NotPossible):
        acts.reinstate(by=certifier, **values)
    assert list(certificate.events.values_list("kind", flat=True)) == ["suspended", "reinstated"]


def test_a_suspended_one_may_be_revoked_and_then_nothing_more(certificate, certifier, colleague, at):
    take_away(certificate, Kind.SUSPENDED, certifier, colleague, at)
    take_away(certificate, Kind.REVOKED, certifier, colleague, at)
    certificate.refresh_from_db()
    assert (certificate.suspended_at, certificate.revoked_at) == (None, at("08:20"))
    for kind in (Kind.SUSPENDED, Kind.REVOKED):
        with pytest.raises(acts.NotPossible):
            propose(certificate, kind, certifier, at)
    with pytest.raises(acts.NotPossible):
        acts.replace(certificate_id=certificate.pk, reason="丢失", by=certifier, now=at("09:00"))


@pytest.mark.parametrize(
    ("kind", "said"), [(Kind.SUSPENDED, "certificate_suspended"), (Kind.REVOKED, "certificate_revoked")]
)
def test_the_holder_is_told_why(certificate, certifier, colleague, person, kind, said, at):
    take_away(certificate, kind, certifier, colleague, at)
    notice = Notice.objects.get()
    assert (notice.user, notice.kind, notice.link) == (person.user, said, f"/exams/certificates/{certificate.code}/")
    assert "照片与本人不符" in notice.body


def test_the_reason_and_both_persons_are_in_the_audit_trail(certificate, certifier, colleague, at):
    take_away(certificate, Kind.REVOKED, certifier, colleague, at)
    entry = AuditEntry.objects.filter(kind="exams.certificate", reason="照片与本人不符").get()
    assert (entry.actor, entry.after) == (colleague.username, {"act": "revoked", "proposed_by": certifier.pk})


def test_events_are_never_changed_not_even_in_the_database(certificate, certifier, colleague, at):
    take_away(certificate, Kind.REVOKED, certifier, colleague, at)
    event = CertificateEvent.objects.get()
    event.reason = "别的"
    for attempt in (event.save, event.delete, lambda: CertificateEvent.objects.update(reason="别的")):
        with pytest.raises(AppendOnly):
            attempt()
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        from django.db import connection

        connection.cursor().execute("UPDATE exams_certificateevent SET reason = 'x'")


# Replacing ------------------------------------------------------------------------------------------------------------


def test_a_replacement_has_the_same_dates_and_the_name_as_it_is_now(certificate, certifier, person, at):
    person.name = "王晓电"
    person.save()
    new = acts.replace(certificate_id=certificate.pk, reason="姓名更正", by=certifier, now=at("09:00"))
    certificate.refresh_from_db()
    assert (new.replaces, certificate.replacement, new.origin) == (certificate, new, "replacement")
    assert (new.issued_on, new.valid_until, new.number) == (
        certificate.issued_on, certificate.valid_until, certificate.number,
    )  # fmt: skip
    assert new.code != certificate.code
    assert (status(certificate), status(new)) == (Status.REPLACED, Status.VALID)
    assert verification(new.code, day=DAY).name == "**电"
    assert Notice.objects.get().kind == "certificate_replaced"


def test_a_replaced_one_is_not_replaced_again_but_its_replacement_is(certificate, certifier, at):
    values = {"reason": "丢失", "by": certifier, "now": at("09:00")}
    new = acts.replace(certificate_id=certificate.pk, **values)
    with pytest.raises(acts.NotPossible):
        acts.replace(certificate_id=certificate.pk, **values)
    assert acts.replace(certificate_id=new.pk, **values).replaces == new
    assert Certificate.objects.count() == 3


def test_an_open_proposal_keeps_a_certificate_from_being_replaced(certificate, certifier, at):
    propose(certificate, Kind.REVOKED, certifier, at)
    with pytest.raises(acts.NotPossible):
        acts.replace(certificate_id=certificate.pk, reason="丢失", by=certifier, now=at("09:00"))


def test_reviews_go_along_to_the_replacement(certificate, certifier, at):
    CertificateReview.objects.create(certificate=certificate, due_on=date(2029, 11, 23), done_on=None)
    new = acts.replace(certificate_id=certificate.pk, reason="丢失", by=certifier, now=at("09:00"))
    assert list(new.reviews.values_list("due_on", "done_on")) == [(date(2029, 11, 23), None)]


def test_the_practical_of_a_replaced_certificate_waits_for_no_other(certificate, certifier, at):
    from exams.queries.practicals import awaiting_certificate

    acts.replace(certificate_id=certificate.pk, reason="丢失", by=certifier, now=at("09:00"))
    assert not awaiting_certificate().exists()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"revoked_at": "09:00", "suspended_at": "09:00"}, "certificate_ends_in_one_way"),
        ({"revoked_at": "09:00", "replaced_at": "09:00"}, "certificate_ends_in_one_way"),
        ({"practical": None}, "certificate_has_its_origin"),
        ({"origin": "imported"}, "certificate_has_its_origin"),
        ({"origin": "replacement"}, "certificate_has_its_origin"),
        ({"source": "台账"}, "certificate_has_its_origin"),
    ],
)
def test_the_database_refuses_what_cannot_be(certificate, fields, constraint, at):
    fields = {name: at(value) if name.endswith("_at") else value for name, value in fields.items()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(**fields)
