"""Who belongs to an organisation."""

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import Membership, Organisation, Person, User


class AlreadyMember(Exception):
    """The person belongs to the organisation already."""


class OrganisationClosed(Exception):
    """A closed organisation takes in nobody."""


class NotAMember(Exception):
    """The membership has ended already, or never was."""


def add(*, organisation: Organisation, person: Person, job: str = "", by: User | None, now: datetime) -> Membership:
    """Let the person belong to the organisation from now on.

    :raises OrganisationClosed: it takes in nobody.
    :raises AlreadyMember: they do already.
    """
    if Organisation.objects.filter(pk=organisation.pk).exclude(closed_at=None).exists():
        raise OrganisationClosed
    try:
        with transaction.atomic():
            return Membership.objects.create(
                organisation=organisation, person=person, job=job.strip()[:60], joined_at=now
            )
    except IntegrityError as error:
        raise AlreadyMember from error


def remove(*, organisation: Organisation, membership_id: int, by: User | None, now: datetime) -> Membership:
    """End a membership of the organisation.

    :raises NotAMember: there is no such membership, or it has ended.
    """
    with transaction.atomic():
        standing = Membership.objects.select_for_update().filter(organisation=organisation, left_at=None)
        membership = standing.filter(pk=membership_id).first()
        if membership is None:
            raise NotAMember
        membership.left_at = now
        membership.save(update_fields=["left_at"])
    return membership


def leave(*, organisation_id: int, person: Person, now: datetime) -> Membership:
    """End one's own membership.

    :raises NotAMember: one does not belong to it.
    """
    standing = Membership.objects.filter(organisation_id=organisation_id, person=person, left_at=None)
    membership = standing.select_related("organisation").first()
    if membership is None:
        raise NotAMember
    return remove(organisation=membership.organisation, membership_id=membership.pk, by=person.user, now=now)
