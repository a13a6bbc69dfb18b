"""Personal data at rest: AES-256-GCM under a key ring, and a keyed digest to look it up by."""

import base64
import hashlib
import hmac
import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

NONCE_BYTES = 12


class Undecryptable(Exception):
    """The stored value was changed, or its key is no longer in the ring."""


@cache
def _ring(keys: tuple[str, ...]) -> dict[str, AESGCM]:
    ring = {}
    for entry in keys:
        name, _, encoded = entry.partition(":")
        ring[name] = AESGCM(base64.b64decode(encoded))
    if not ring:
        raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS is empty.")
    return ring


def encrypt(clear: str) -> str:
    """Return ``key:nonce+ciphertext`` (base64) under the first key of FIELD_ENCRYPTION_KEYS."""
    name, cipher = next(iter(_ring(tuple(settings.FIELD_ENCRYPTION_KEYS)).items()))
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + cipher.encrypt(nonce, clear.encode(), name.encode())
    return f"{name}:{base64.b64encode(sealed).decode()}"


def decrypt(stored: str) -> str:
    """Return the clear text of what ``encrypt`` made.

    :raises Undecryptable: the value was changed or its key is unknown.
    """
    name, _, encoded = stored.partition(":")
    cipher = _ring(tuple(settings.FIELD_ENCRYPTION_KEYS)).get(name)
    if cipher is None:
        raise Undecryptable(f"no key {name!r} in the ring")
    sealed = base64.b64decode(encoded)
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], name.encode()).decode()
    except InvalidTag as error:
        raise Undecryptable("the stored value was changed") from error


def blind_index(clear: str) -> str:
    """Return the HMAC-SHA-256 (hex) under BLIND_INDEX_KEY: equal for equal values, useless without the key."""
    return hmac.new(settings.BLIND_INDEX_KEY.encode(), clear.encode(), hashlib.sha256).hexdigest()


def derived_key(purpose: str) -> bytes:
    """Return 32 bytes for ``purpose``, derived from BLIND_INDEX_KEY, which is never changed: equal in every process."""
    return hmac.new(settings.BLIND_INDEX_KEY.encode(), f"derived for {purpose}".encode(), hashlib.sha256).digest()


class EncryptedTextField(models.TextField):
    """Text that is clear in Python and sealed in the database; it cannot be searched, see ``blind_index``."""

    def get_prep_value(self, value):
        return value if not value else encrypt(value)

    def from_db_value(self, value, expression, connection):
        return value if not value else decrypt(value)
