"""Who of a batch is registered already, and where: looked up a thousand at a time by the digest of the number."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Membership, Person


@dataclass(frozen=True)
class Registered:
    """A person that a number belongs to; of merged ones the one that was kept."""

    pk: int
    name: str


def persons(digests: Iterable[str]) -> dict[str, Registered]:
    """Return the persons by the digest of their number (one query)."""
    rows = Person.objects.filter(id_digest__in=list(digests)).values_list(
        "id_digest", "pk", "name", "merged_into_id", "merged_into__name"
    )
    return {digest: Registered(kept or pk, kept_name or name) for digest, pk, name, kept, kept_name in rows}


def members(*, organisation_id: int, person_ids: Iterable[int]) -> set[int]:
    """Return who of them belongs to the organisation (one query)."""
    standing = Membership.objects.filter(organisation_id=organisation_id, left_at=None, person_id__in=list(person_ids))
    return set(standing.values_list("person_id", flat=True))
