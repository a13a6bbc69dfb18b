"""Suspend, reinstate, revoke, replace: what takes something away needs a second person; each leaves an event."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_any_role, has_role
from core.actions.auditing import record
from core.enums import Deed
from exams.enums import CertificateEventKind, CertificateOrigin, CertificateStatus, ProposalState
from exams.models import Certificate, CertificateProposal, CertificateReview
from exams.rules.certificate_life import may

from .certificate_numbers import same_number
from .certificates import bring_out, note_event, tell_holder

DECIDERS = (Role.CERTIFIER, Role.EXAM_OFFICER)
FIELD = {CertificateEventKind.SUSPENDED: "suspended_at", CertificateEventKind.REVOKED: "revoked_at"}


class NotYours(Exception):
    """Lacking the role, about oneself, or the same person twice."""


class NeedsReason(Exception):
    """The holder is told why."""


class NotPossible(Exception):
    """The certificate is in a state that has no such way on."""


class AlreadyProposed(Exception):
    """Another proposal about the certificate waits for a decision."""


class NotOpen(Exception):
    """The proposal is decided or was taken back."""


def propose(
    *, certificate_id: int, kind: CertificateEventKind, reason: str, by: User, now: datetime
) -> CertificateProposal:
    """Propose to suspend or to revoke a certificate; nothing changes until another person approves.

    :raises NotYours: ``by`` is neither certifier nor exam officer, or is the holder.
    :raises NeedsReason: none was given.
    :raises NotPossible: it is revoked or replaced, or suspended already.
    :raises AlreadyProposed: another proposal is open.
    """
    with transaction.atomic():
        certificate = _locked(certificate_id)
        _check(certificate, kind, reason, by, now, DECIDERS)
        if certificate.proposals.filter(state=ProposalState.OPEN).exists():
            raise AlreadyProposed
        return CertificateProposal.objects.create(
            certificate=certificate, kind=kind, reason=reason.strip()[:300], proposed_by=by, proposed_at=now
        )


def approve(*, proposal_id: int, by: User, now: datetime) -> Certificate:
    """Carry the proposal out: the certificate changes, the holder is told.

    :raises NotYours: ``by`` proposed it, is the holder, lacks the role, or neither of the two is a certifier.
    :raises NotOpen: it is decided or taken back.
    :raises NotPossible: the certificate changed meanwhile.
    """
    with transaction.atomic():
        proposal, certificate = _open_proposal(proposal_id)
        kind = CertificateEventKind(proposal.kind)
        if by.pk == proposal.proposed_by_id:
            raise NotYours
        _check(certificate, kind, proposal.reason, by, now, DECIDERS)
        if not any(has_role(user, Role.CERTIFIER) for user in (by, proposal.proposed_by)):
            raise NotYours
        _decide(proposal, ProposalState.APPROVED, by=by, now=now)
        certificate.suspended_at = None
        setattr(certificate, FIELD[kind], now)
        certificate.save(update_fields=["suspended_at", "revoked_at"])
        _happened(certificate, kind, proposal.reason, by=by, now=now, proposed_by=proposal.proposed_by)
    return certificate


def refuse(*, proposal_id: int, note: str, by: User, now: datetime) -> None:
    """Leave the certificate as it is.

    :raises NotYours, NotOpen: as ``approve``.
    :raises NeedsReason: none was given.
    """
    with transaction.atomic():
        proposal, certificate = _open_proposal(proposal_id)
        if by.pk in (proposal.proposed_by_id, certificate.person.user_id) or not has_any_role(by, DECIDERS):
            raise NotYours
        if not note.strip():
            raise NeedsReason
        proposal.note = note.strip()[:300]
        _decide(proposal, ProposalState.REFUSED, by=by, now=now)


def withdraw(*, proposal_id: int, by: User, now: datetime) -> None:
    """Take one's own proposal back.

    :raises NotYours: it is somebody else's.
    :raises NotOpen: it is decided.
    """
    with transaction.atomic():
        proposal, _certificate = _open_proposal(proposal_id)
        if by.pk != proposal.proposed_by_id:
            raise NotYours
        _decide(proposal, ProposalState.WITHDRAWN, by=None, now=now)


def reinstate(*, certificate_id: int, reason: str, by: User, now: datetime) -> Certificate:
    """Let a suspended certificate count again; it gives back, so one certifier is enough.

    :raises NotYours: ``by`` is no certifier, or is the holder.
    :raises NeedsReason: none was given.
    :raises NotPossible: it is not suspended.
    """
    kind = CertificateEventKind.REINSTATED
    with transaction.atomic():
        certificate = _locked(certificate_id)
        _check(certificate, kind, reason, by, now, (Role.CERTIFIER,))
        certificate.suspended_at = None
        certificate.save(update_fields=["suspended_at"])
        _happened(certificate, kind, reason, by=by, now=now)
    return certificate


def replace(*, certificate_id: int, reason: str, by: User, now: datetime) -> Certificate:
    """Issue a new certificate in place of a valid one (a name corrected, a card lost) with its dates; return it.

    :raises NotYours: ``by`` is no certifier, or is the holder.
    :raises NeedsReason: none was given.
    :raises NotPossible: it is not valid, or a proposal about it is open.
    """
    kind = CertificateEventKind.REPLACED
    with transaction.atomic():
        old = _locked(certificate_id)
        _check(old, kind, reason, by, now, (Role.CERTIFIER,))
        if old.proposals.filter(state=ProposalState.OPEN).exists():
            raise NotPossible
        old.replaced_at = now
        old.save(update_fields=["replaced_at"])
        note_event(old, kind, by=by, now=now, reason=reason.strip()[:300])
        new = bring_out(_in_place_of(old), by=by, now=now, notice="certificate_replaced")
        CertificateReview.objects.bulk_create(
            CertificateReview(certificate=new, due_on=review.due_on, done_on=review.done_on, note=review.note)
            for review in old.reviews.all()
        )
        after = {"act": kind.value, "replacement": new.pk}
        record(deed=Deed.CHANGED, target=old, after=after, reason=reason, by=by, now=now)
    return new


def _in_place_of(old: Certificate) -> Certificate:
    return Certificate(
        origin=CertificateOrigin.REPLACEMENT,
        replaces=old,
        number=same_number(rule=old.rule, person=old.person, of=old),
        series=old.series,
        serial=old.serial,
        person=old.person,
        rule=old.rule,
        theory=old.theory,
        first_issued_on=old.first_issued_on,
        issued_on=old.issued_on,
        valid_until=old.valid_until,
        lapses_on=old.lapses_on,
    )


def _locked(certificate_id: int) -> Certificate:
    related = ("person__user", "rule__operation__category", "rule__scheme", "series", "theory")
    locked = Certificate.objects.select_for_update(of=("self",)).select_related(*related)
    return locked.get(pk=certificate_id)


def _open_proposal(proposal_id: int) -> tuple[CertificateProposal, Certificate]:
    """Return the proposal and its certificate, locked in this order everywhere: certificate, then proposal."""
    certificate_id = CertificateProposal.objects.values_list("certificate_id", flat=True).get(pk=proposal_id)
    certificate = _locked(certificate_id)
    proposal = CertificateProposal.objects.select_related("proposed_by").get(pk=proposal_id)
    if proposal.state != ProposalState.OPEN:
        raise NotOpen
    return proposal, certificate


def _check(
    certificate: Certificate, kind: CertificateEventKind, reason: str, by: User, now: datetime, roles: tuple[Role, ...]
) -> None:
    if not has_any_role(by, roles) or by.pk == certificate.person.user_id:
        raise NotYours
    if not reason.strip():
        raise NeedsReason
    if not may(kind, CertificateStatus(certificate.status_on(timezone.localdate(now)))):
        raise NotPossible


def _decide(proposal: CertificateProposal, state: ProposalState, *, by: User | None, now: datetime) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, by, now
    proposal.save(update_fields=["state", "decided_by", "decided_at", "note"])


def _happened(
    certificate: Certificate,
    kind: CertificateEventKind,
    reason: str,
    *,
    by: User,
    now: datetime,
    proposed_by: User | None = None,
) -> None:
    """Write the event and the reason in the audit trail, and tell the holder."""
    reason = reason.strip()[:300]
    event = note_event(certificate, kind, by=by, now=now, reason=reason, proposed_by=proposed_by)
    after = {"act": kind.value} | ({"proposed_by": proposed_by.pk} if proposed_by else {})
    record(deed=Deed.CHANGED, target=certificate, after=after, reason=reason, by=by, now=now)
    tell_holder(certificate, kind=f"certificate_{kind.value}", key=str(event.pk), by=by, now=now, reason=reason)
