"""Invite into an organisation by a link, join by it, withdraw it."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from accounts.enums import InvitedAs
from accounts.models import Invitation, Membership, Organisation, Person, User
from accounts.rules.invitations import why_closed
from core.encryption import blind_index

from . import managers
from .memberships import OrganisationClosed

CODE_BYTES = 16
MOST_DAYS, MOST_USES = 90, 5000
MANAGER_DAYS, MANAGER_USES = 7, 5  # a link that makes managers goes to few, and soon


class TooOpen(Exception):
    """The invitation would hold too long or let in too many."""


class NoInvitation(Exception):
    """No invitation has this code."""


class InvitationClosed(Exception):
    """Nobody gets in by it any more; ``reason`` says why."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def digest_of(code: str) -> str:
    """Return what is kept of an invitation's code."""
    return blind_index(f"invitation {code}")


def invite(
    *, organisation: Organisation, invited_as: InvitedAs, days: int, most_uses: int, by: User | None, now: datetime
) -> tuple[Invitation, str]:
    """Make an invitation and return it with its code, which is told here once and kept nowhere.

    :raises OrganisationClosed: the organisation takes in nobody.
    :raises TooOpen: it would hold too long or let in too many.
    """
    limits = (MANAGER_DAYS, MANAGER_USES) if invited_as == InvitedAs.MANAGER else (MOST_DAYS, MOST_USES)
    if not (1 <= days <= limits[0] and 1 <= most_uses <= limits[1]):
        raise TooOpen
    if organisation.closed_at:
        raise OrganisationClosed
    code = secrets.token_urlsafe(CODE_BYTES)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            organisation=organisation,
            invited_as=invited_as,
            code_digest=digest_of(code),
            created_by=by,
            created_at=now,
            expires_at=now + timedelta(days=days),
            most_uses=most_uses,
        )
    return invitation, code


def find(*, code: str, now: datetime) -> Invitation:
    """Return the invitation of a code that still lets people in.

    :raises NoInvitation: there is none.
    :raises InvitationClosed: nobody gets in by it any more.
    """
    invitation = Invitation.objects.filter(code_digest=digest_of(code)).select_related("organisation").first()
    if invitation is None:
        raise NoInvitation
    if reason := closed(invitation, now):
        raise InvitationClosed(reason)
    return invitation


def closed(invitation: Invitation, now: datetime) -> str | None:
    """Return why nobody gets in by the invitation any more, or None."""
    return why_closed(
        now=now,
        expires_at=invitation.expires_at,
        uses=invitation.uses,
        most_uses=invitation.most_uses,
        revoked_at=invitation.revoked_at,
        organisation_closed_at=invitation.organisation.closed_at,
    )


def join(*, code: str, person: Person, now: datetime) -> Organisation:
    """Let the person in by an invitation; who is in already stays in, and no use is counted.

    :raises NoInvitation: there is none.
    :raises InvitationClosed: nobody gets in by it any more.
    :raises managers.RolesCollide: the person may not become a manager.
    """
    invitation = find(code=code, now=now)
    if _in_already(invitation, person):
        return invitation.organisation
    with transaction.atomic():
        _use(invitation, now)  # holds the invitation: whoever comes second sees what the first did
        if _in_already(invitation, person):
            transaction.set_rollback(True)
            return invitation.organisation
        _let_in(invitation, person, now)
    return invitation.organisation


def _use(invitation: Invitation, now: datetime) -> None:
    """Lock, look again, count one use: of two at once for the last one, one finds nothing left."""
    held = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)
    if reason := closed(held, now):
        raise InvitationClosed(reason)
    Invitation.objects.filter(pk=held.pk).update(uses=F("uses") + 1)


def _let_in(invitation: Invitation, person: Person, now: datetime) -> None:
    """Make the membership, and the management where the invitation gives it."""
    if not _is_member(invitation, person):
        Membership.objects.create(organisation=invitation.organisation, person=person, joined_at=now)
    if invitation.invited_as == InvitedAs.MANAGER:
        by = invitation.created_by
        managers.grant(organisation=invitation.organisation, user=person.user, by=by, now=now)


def _is_member(invitation: Invitation, person: Person) -> bool:
    return Membership.objects.filter(organisation=invitation.organisation, person=person, left_at=None).exists()


def _in_already(invitation: Invitation, person: Person) -> bool:
    manages = (
        invitation.invited_as == InvitedAs.MEMBER
        or invitation.organisation.managers.filter(user=person.user_id).exists()
    )
    return manages and _is_member(invitation, person)


def revoke(*, organisation: Organisation, invitation_id: int, by: User | None, now: datetime) -> None:
    """Withdraw an invitation of the organisation; again, or of none, is harmless."""
    with transaction.atomic():
        standing = Invitation.objects.select_for_update().filter(organisation=organisation, revoked_at=None)
        invitation = standing.filter(pk=invitation_id).first()
        if invitation:
            invitation.revoked_at = now
            invitation.save(update_fields=["revoked_at"])
