"""The signed token that authorises saving: it names the attempt and the lease, so that a save needs no session."""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

SALT = "exams.attempt"


class BadToken(Exception):
    """Not a token of ours, or of another attempt."""


@dataclass(frozen=True)
class Token:
    """Which attempt, under which lease."""

    attempt_id: UUID
    lease: str


def make(*, attempt_id: UUID, lease: str) -> str:
    """Return the token a page gets with its lease."""
    return signing.Signer(salt=SALT).sign(f"{attempt_id.hex}.{lease}")


def read(text: str, *, attempt_id: UUID) -> Token:
    """Return what ``make`` put in.

    :raises BadToken: the signature is wrong or it belongs to another attempt.
    """
    try:
        attempt, _, lease = signing.Signer(salt=SALT).unsign(text).partition(".")
    except signing.BadSignature as error:
        raise BadToken from error
    if attempt != attempt_id.hex:
        raise BadToken
    return Token(attempt_id, lease)
