"""Finding persons."""

from collections.abc import Iterable

from accounts.enums import Role
from accounts.models import Person, User
from core.encryption import blind_index


def person_of(user: User) -> Person | None:
    """Return the person behind a login, or None (one query)."""
    return Person.objects.filter(user=user).first() if user.is_authenticated else None


def person_by_id_number(number: str) -> Person | None:
    """Return the person with this id number in its normal form, or None (one query).

    The number of somebody who was merged leads to the one who was kept.
    """
    found = Person.objects.filter(id_digest=blind_index(number)).select_related("merged_into").first()
    return (found.merged_into or found) if found else None


def has_role(user: User, role: Role) -> bool:
    """Say whether the user holds the role; a superuser holds all (one query)."""
    return user.is_active and (user.is_superuser or user.groups.filter(name=role.value).exists())


def roles_held(user: User) -> frozenset[Role]:
    """Return the roles of a user; a superuser holds all (one query)."""
    if not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset(Role)
    known = set(Role.values)
    return frozenset(Role(name) for name in user.groups.values_list("name", flat=True) if name in known)


def has_any_role(user: User, allowed: Iterable[Role]) -> bool:
    """Say whether the user holds one of the roles; a superuser holds all (one query)."""
    names = [role.value for role in allowed]
    return user.is_active and (user.is_superuser or user.groups.filter(name__in=names).exists())
