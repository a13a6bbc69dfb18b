"""Register a real-name person."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import IdKind
from accounts.models import Person, User
from accounts.rules import identity
from core.encryption import blind_index


class PersonExists(Exception):
    """The id number already belongs to a person; one person is registered once."""


def register(
    *, name: str, id_number: str, user: User | None, by: User | None, now: datetime, id_kind: IdKind | None = None
) -> Person:
    """Create the person behind ``user``.

    :raises identity.InvalidIdNumber: the number cannot be anyone's.
    :raises PersonExists: it is registered already.
    """
    number = identity.parse(id_number, today=timezone.localdate(now), kind=id_kind)
    try:
        with transaction.atomic():
            return Person.objects.create(
                user=user,
                name=name.strip(),
                id_kind=number.kind,
                id_number=number.number,
                id_digest=blind_index(number.number),
                born=number.born,
                created_at=now,
            )
    except IntegrityError as error:
        raise PersonExists from error
