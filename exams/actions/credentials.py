"""Give a certificate its place in the status lists."""

import secrets

from django.db import IntegrityError, transaction

from exams.models import Certificate, Credential
from exams.models.credentials import LIST_ENTRIES

TRIES = 8  # so many places taken one after the other: the list is more than a third full, and a new one is begun
SALT_BYTES = 16


def give_place(certificate: Certificate) -> Credential:
    """Return the certificate's place, drawn at random where it has none: its index tells neither order nor number."""
    with transaction.atomic():
        found = Credential.objects.filter(certificate=certificate).first()
        if found:
            return found
        last = Credential.objects.order_by("-list_number").values_list("list_number", flat=True).first() or 1
        for number in (*[last] * TRIES, last + 1):
            drawn = _drawn(certificate, number)
            if drawn:
                return drawn
        raise AssertionError("a new list has free places")


def _drawn(certificate: Certificate, number: int) -> Credential | None:
    try:
        with transaction.atomic():
            return Credential.objects.create(
                certificate=certificate,
                list_number=number,
                index=secrets.randbelow(LIST_ENTRIES),
                salt=secrets.token_hex(SALT_BYTES),
            )
    except IntegrityError:  # the place is taken, or another worker gave this certificate one
        return Credential.objects.filter(certificate=certificate).first()
