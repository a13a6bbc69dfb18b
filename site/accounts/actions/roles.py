"""Create the role groups, put users in them and take them out. Every way there passes ``check``."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import STAFF_ROLES, Role
from accounts.models import User
from accounts.queries.staff import may_grant, roles_of
from accounts.rules.duties import clash
from core import actor


class NotYourTask(PermissionDenied):
    """Only an administrator gives and takes roles."""

    reason = _("Only an administrator may give or take roles.")


class OwnRoles(PermissionDenied):
    """Nobody changes their own roles."""

    reason = _("Nobody changes their own roles; ask another administrator.")


class TogetherRefused(PermissionDenied):
    """One person would hold two roles that check each other."""

    def __init__(self, first: Role, second: Role):
        self.roles = (first, second)
        self.reason = _("%(first)s and %(second)s are never one person: one checks the other.") % {
            "first": first.label,
            "second": second.label,
        }
        super().__init__(self.reason)


def ensure_roles() -> None:
    """Create one group per role, each allowed into the admin; other rooms add their own permissions to it."""
    with transaction.atomic():
        enter = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        for role in Role:
            group, _created = Group.objects.get_or_create(name=role.value)
            if role in STAFF_ROLES:
                group.permissions.add(enter)


def allow(*, role: Role, permissions: list[str]) -> None:
    """Give ``role`` the permissions, each written ``app_label.codename``."""
    with transaction.atomic():
        group = Group.objects.get(name=role.value)
        for name in permissions:
            app_label, codename = name.split(".")
            group.permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=codename))


def check(*, user: User, by: User | None, adding: Iterable[str] = ()) -> None:
    """Refuse what must not happen to the roles of ``user``; ``by`` None is the system itself (seeding, a command).

    :raises NotYourTask: ``by`` is no administrator.
    :raises OwnRoles: ``by`` would change their own.
    :raises TogetherRefused: with ``adding``, the user would hold two roles that check each other.
    """
    _check_actor(user, by)
    if adding and (pair := clash(roles_of(user) | set(adding))):
        raise TogetherRefused(*pair)


def check_change(*, user: User, to: set[str], by: User) -> None:
    """Refuse as ``check`` does what a form asks for: that ``user``, stored or not, holds exactly the roles ``to``."""
    _check_actor(user, by)
    if pair := clash(to):
        raise TogetherRefused(*pair)


def _check_actor(user: User, by: User | None) -> None:
    if by is None:
        return
    if by.pk == user.pk:
        raise OwnRoles(OwnRoles.reason)
    if not may_grant(by):
        raise NotYourTask(NotYourTask.reason)


def grant(*, user: User, role: Role, by: User | None, now: datetime) -> None:
    """Put the user into the role's group; again is harmless.

    :raises NotYourTask, OwnRoles, TogetherRefused: see ``check``, which the signal of the change calls.
    """
    _change(user, by, lambda locked: locked.groups.add(Group.objects.get(name=role.value)))


def revoke(*, user: User, role: Role, by: User | None, now: datetime) -> None:
    """Take the user out of the role's group; again is harmless.

    :raises NotYourTask, OwnRoles: see ``check``.
    """
    _change(user, by, lambda locked: locked.groups.remove(Group.objects.get(name=role.value)))


def _change(user: User, by: User | None, change) -> None:
    """Let ``by`` be the actor of the change; the lock keeps two administrators from each giving half of a pair."""
    who = actor.current(by) if by else actor.SYSTEM
    with transaction.atomic(), actor.acting(lambda: who):
        change(User.objects.select_for_update().get(pk=user.pk))
