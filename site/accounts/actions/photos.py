"""The photo of a person: put, replace, remove. The file is stored before the row and removed after it."""

from datetime import datetime
from functools import partial
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.enums import Purpose
from accounts.models import Person, User
from accounts.queries.consents import has_consented


class NoConsent(Exception):
    """Nobody's face is kept without their consent to exactly that."""


def put(*, person: Person, jpeg: bytes, by: User, now: datetime) -> Person:
    """Store what ``rules.photo.portrait`` returned as the person's photo.

    :raises NoConsent: it was not given, or was withdrawn while the file was on its way.
    """
    name = default_storage.save(f"photos/{uuid4().hex}.jpg", ContentFile(jpeg))
    try:
        with transaction.atomic():
            if not has_consented(person.user, Purpose.PHOTO):
                raise NoConsent
            return _set(person, name)
    except BaseException:
        default_storage.delete(name)  # no row knows it
        raise


def remove(*, person: Person, by: User, now: datetime) -> Person:
    """Take the person's photo away; without one, nothing happens."""
    with transaction.atomic():
        return _set(person, "")


def _set(person: Person, name: str) -> Person:
    locked = Person.objects.select_for_update().get(pk=person.pk)
    old = locked.photo.name
    locked.photo = name
    locked.save(update_fields=["photo"])
    if old:
        transaction.on_commit(partial(default_storage.delete, old))
    return locked
