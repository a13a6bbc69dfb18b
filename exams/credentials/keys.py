"""The key that signs credentials, and the ones that signed before it: made once, kept in one file."""

import base64
import hashlib
import json
import os
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

PEM = re.compile(rb"-----BEGIN ([A-Z ]+)-----.+?-----END \1-----\s*", re.DOTALL)


class NoCredentialKey(ImproperlyConfigured):
    """CREDENTIAL_KEY is not there or does not open with its passphrase."""


class KeyExists(Exception):
    """There is a key at that path; replacing it would leave every credential signed so far unverifiable."""


def b64url(data: bytes) -> str:
    """Return base64url without padding (RFC 7515)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass(frozen=True)
class PublicKey:
    """One key that verifies, as the world sees it."""

    key: Ed25519PublicKey

    @cached_property
    def jwk(self) -> dict[str, str]:
        """The key as JWK (RFC 8037); ``kid`` is its thumbprint (RFC 7638)."""
        members = {"crv": "Ed25519", "kty": "OKP", "x": b64url(self.key.public_bytes(Encoding.Raw, PublicFormat.Raw))}
        canonical = json.dumps(members, separators=(",", ":"), sort_keys=True)
        return members | {"kid": b64url(hashlib.sha256(canonical.encode()).digest()), "alg": "EdDSA", "use": "sig"}

    @property
    def kid(self) -> str:
        """The key's thumbprint."""
        return self.jwk["kid"]


@dataclass(frozen=True)
class Keys:
    """What signs, and everything that verifies: the signing key first."""

    private: Ed25519PrivateKey
    public: tuple[PublicKey, ...]


def load_keys() -> Keys:
    """Return the keys in the file CREDENTIAL_KEY: the first one, private, signs; all of them are published.

    :raises NoCredentialKey: there is none, or the passphrase is wrong.
    """
    path = Path(settings.CREDENTIAL_KEY)
    try:
        found = path.stat()
        return _opened(path, settings.CREDENTIAL_KEY_PASSPHRASE, found.st_mtime_ns, found.st_ino)
    except OSError as error:
        raise NoCredentialKey(
            f"CREDENTIAL_KEY: cannot read {path}; make one with manage.py make_credential_key."
        ) from error
    except (ValueError, TypeError) as error:
        raise NoCredentialKey(
            f"CREDENTIAL_KEY: {path} does not open with CREDENTIAL_KEY_PASSPHRASE, or holds no Ed25519 key."
        ) from error


@cache
def _opened(path: Path, passphrase: str, changed: int, inode: int) -> Keys:
    private, public = None, []
    for block in PEM.finditer(path.read_bytes()):
        if b"PRIVATE" in block[1]:
            key = load_pem_private_key(block[0], passphrase.encode() if passphrase else None)
            if not isinstance(key, Ed25519PrivateKey):
                raise ValueError("not an Ed25519 key")
            private = private or key
            public.append(PublicKey(key.public_key()))
        else:
            public.append(PublicKey(load_pem_public_key(block[0])))
    if private is None or not all(isinstance(each.key, Ed25519PublicKey) for each in public):
        raise ValueError("no Ed25519 key")
    return Keys(private, tuple(public))


def make_key(*, path: Path, passphrase: str) -> None:
    """Write a new Ed25519 key as PEM, readable by its owner only.

    :raises KeyExists: the file is there already.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    protection = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    content = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise KeyExists(str(path)) from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
