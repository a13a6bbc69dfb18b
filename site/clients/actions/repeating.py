"""Requests that may be sent twice: the idempotency key of draft-ietf-httpapi-idempotency-key-header."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from clients.models import SentRequest


class OtherRequest(Exception):
    """The key came before with another request."""


@dataclass(frozen=True)
class Reply:
    """What the caller gets: ``body`` is JSON; ``repeated`` says that nothing was done this time."""

    status: int
    body: Any
    repeated: bool = False


def once(*, caller: str, key: str, fingerprint: str, perform: Callable[[], tuple[int, Any]], now: datetime) -> Reply:
    """Perform and keep the answer, or return the one kept. What ``perform`` raises is not kept: it may be tried again.

    Doing and keeping are one transaction: a crash between them leaves neither, and the same request at the same time
    waits for the first one's answer.

    :raises OtherRequest: the key came before with another fingerprint.
    """
    try:
        with transaction.atomic():
            sent = SentRequest.objects.create(caller=caller, key=key, fingerprint=fingerprint, at=now)
            sent.status, sent.body = perform()
            sent.save(update_fields=["status", "body"])
            return Reply(sent.status, sent.body)
    except IntegrityError:
        before = SentRequest.objects.filter(caller=caller, key=key).first()
        if before is None:  # not the key was there before: what was done failed
            raise
    if before.fingerprint != fingerprint:
        raise OtherRequest(key)
    return Reply(before.status, before.body, repeated=True)
