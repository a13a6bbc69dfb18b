"""Who manages an organisation and all below it; with it comes and goes the role."""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.enums import Role
from accounts.models import Organisation, OrganisationManager, User
from accounts.queries.staff import roles_of
from accounts.rules.duties import clash

from . import roles


class RolesCollide(Exception):
    """The user holds a role that nobody holds together with this one (an auditor only audits)."""


def grant(*, organisation: Organisation, user: User, by: User | None, now: datetime) -> OrganisationManager:
    """Let the user manage the organisation; again is harmless.

    :raises RolesCollide: a role of theirs forbids it.
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if collides(user):
            raise RolesCollide
        manager, _created = OrganisationManager.objects.get_or_create(
            organisation=organisation, user=user, defaults={"granted_by": by, "granted_at": now}
        )
        if not user.groups.filter(name=Role.ORGANISATION_MANAGER.value).exists():
            roles.grant(user=user, role=Role.ORGANISATION_MANAGER, by=None, now=now)
    return manager


def collides(user: User) -> bool:
    """Say whether a role of the user forbids managing an organisation (one query)."""
    return clash(roles_of(user) | {Role.ORGANISATION_MANAGER.value}) is not None


def revoke(*, manager: OrganisationManager, by: User | None, now: datetime) -> None:
    """End the management; with the last one the role goes, too."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=manager.user_id)
        user = manager.user
        manager.delete()
        if not OrganisationManager.objects.filter(user=user).exists():
            user.groups.remove(Group.objects.get(name=Role.ORGANISATION_MANAGER.value))
