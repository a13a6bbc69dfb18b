"""Which roles one person may hold together. Pure."""

from collections.abc import Iterable
from itertools import combinations

from accounts.enums import NEVER_TOGETHER, Role


def clash(roles: Iterable[str]) -> tuple[Role, Role] | None:
    """Return two of the roles that are never held together, or None; names that are no role are left out."""
    names = set(roles)
    held = [role for role in Role if role in names]
    return next((pair for pair in combinations(held, 2) if frozenset(pair) in NEVER_TOGETHER), None)
