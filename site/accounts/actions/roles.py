"""Create the role groups and put users in them."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from accounts.enums import Role
from accounts.models import User

ADMIN_ROLES = frozenset(Role) - {Role.ORGANISATION_MANAGER}  # who works in Wagtail's admin


def ensure_roles() -> None:
    """Create one group per role, each allowed into the admin; other rooms add their own permissions to it."""
    with transaction.atomic():
        enter = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        for role in Role:
            group, _created = Group.objects.get_or_create(name=role.value)
            if role in ADMIN_ROLES:
                group.permissions.add(enter)


def allow(*, role: Role, permissions: list[str]) -> None:
    """Give ``role`` the permissions, each written ``app_label.codename``."""
    with transaction.atomic():
        group = Group.objects.get(name=role.value)
        for name in permissions:
            app_label, codename = name.split(".")
            group.permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=codename))


def grant(*, user: User, role: Role) -> None:
    """Put the user into the role's group."""
    user.groups.add(Group.objects.get(name=role.value))
