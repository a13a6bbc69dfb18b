"""Who works here: holders of roles, and what of their roles should worry an auditor."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet

from accounts.enums import STAFF_ROLES, Role
from accounts.models import User
from accounts.rules.duties import clash


def is_staff(user: User) -> bool:
    """Say whether the user works in the administration: holds a staff role or is a superuser (one query)."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or user.groups.filter(name__in=STAFF_ROLES).exists()


def may_grant(user: User) -> bool:
    """Say whether the user gives and takes roles (one query)."""
    return user.is_active and (user.is_superuser or user.groups.filter(name=Role.ADMINISTRATOR.value).exists())


def roles_of(user: User) -> set[str]:
    """Return the names of the user's roles (one query)."""
    return set(user.groups.filter(name__in=Role.values).values_list("name", flat=True))


def superusers() -> QuerySet[User]:
    """Return the active superusers: for setting up, and reported ever after, since they hold every role at once."""
    return User.objects.filter(is_superuser=True, is_active=True).order_by("username")


def staff() -> QuerySet[User]:
    """Return the active users who work in the administration, each once."""
    works = Q(is_superuser=True) | Q(groups__name__in=STAFF_ROLES)
    return User.objects.filter(works, is_active=True).distinct().order_by("username")


def holders(roles: Iterable[Role]) -> QuerySet[User]:
    """Return the active users who hold one of the roles, each once; superusers only where they do (one query)."""
    names = [role.value for role in roles]
    return User.objects.filter(groups__name__in=names, is_active=True).distinct().order_by("pk")


def held_together() -> list[tuple[User, Role, Role]]:
    """Return the users who hold two roles that nobody may hold together, with the two (two queries)."""
    users = User.objects.filter(groups__name__in=Role.values).distinct().prefetch_related("groups").order_by("username")
    pairs = ((user, clash(group.name for group in user.groups.all())) for user in users)
    return [(user, *pair) for user, pair in pairs if pair]


def strange_groups() -> list[str]:
    """Return the names of groups that are no role but have members: rights that go round the roles (one query)."""
    return list(
        Group.objects.exclude(name__in=Role.values).filter(user__isnull=False).distinct().values_list("name", flat=True)
    )
