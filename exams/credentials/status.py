"""Status lists: one bit for each credential, so that who asks for the list does not say about whom (Bitstring 1.0)."""

import gzip
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from exams.models import Credential
from exams.models.credentials import LIST_ENTRIES

from . import issuer
from .keys import b64url

PURPOSES = ("revocation", "suspension")
HOLDS = timedelta(days=1)  # whoever works offline may go on with a list for so long
TTL_MS = 3_600_000


def list_url(purpose: str, number: int) -> str:
    """Return where a list is."""
    return f"{settings.BASE_URL}/credentials/status/{purpose}-{number}/"


def entries(place: Credential) -> list[dict[str, str]]:
    """Return the ``credentialStatus`` of a credential: its bit in either list."""
    return [
        {
            "id": f"{list_url(purpose, place.list_number)}#{place.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": str(place.index),
            "statusListCredential": list_url(purpose, place.list_number),
        }
        for purpose in PURPOSES
    ]


def encoded(ones: Iterable[int]) -> str:
    """Return the list with these bits set: bit 0 is the leftmost; GZIP, then multibase base64url."""
    bits = bytearray(LIST_ENTRIES // 8)
    for index in ones:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + b64url(gzip.compress(bytes(bits), mtime=0))


def list_token(*, purpose: str, number: int, ones: Iterable[int], now: datetime) -> str:
    """Return one list as a signed credential.

    :raises NoCredentialKey: there is no key.
    """
    url, begins = list_url(purpose, number), now.replace(microsecond=0)
    return issuer.signed(
        {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "id": url,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": issuer.did(),
            "validFrom": begins.isoformat(),
            "validUntil": (begins + HOLDS).isoformat(),
            "credentialSubject": {
                "id": f"{url}#list",
                "type": "BitstringStatusList",
                "statusPurpose": purpose,
                "encodedList": encoded(ones),
                "ttl": TTL_MS,
            },
        }
    )
