"""The emergency answer file: what a page could not send, sealed for the server, opened here.

The page wraps a fresh AES-256 key with the server's public key (RSA-OAEP with SHA-256) and seals a JSON text with it
(AES-GCM, 12 bytes of iv, the tag at the end). The file is JSON, its bytes in base64::

    {"v": 1, "attempt": "<uuid>", "key": "<wrapped key>", "iv": "…", "data": "…"}

The sealed text is ``{"attempt": "<uuid>", "answers": [{"slot": 1, "response": "A", "marked": false, "seq": 7}, …]}``.
"""

import base64
import json
import logging
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

log = logging.getLogger(__name__)
KEY_BITS = 3072
MAX_BYTES = 512 * 1024
VERSION = 1
OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)


class BadFile(ValueError):
    """Not an emergency file, not made for this server, or changed on the way."""


@dataclass(frozen=True)
class Sealed:
    """What was in the file: answers as the page would have sent them, not checked yet."""

    attempt_id: UUID
    answers: list


def public_key() -> str:
    """Return the server's public key (SPKI, base64), or "" where it has none: an exam goes on without it."""
    try:
        return _public(Path(settings.EMERGENCY_KEY))
    except (OSError, ValueError):
        log.exception("no emergency key at %s: pages cannot write emergency files", settings.EMERGENCY_KEY)
        return ""


@cache
def _public(path: Path) -> str:
    public = _private(path).public_key()
    return base64.b64encode(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


@cache
def _private(path: Path) -> rsa.RSAPrivateKey:
    if not path.exists():
        _make(path)
    return load_pem_private_key(path.read_bytes(), password=None)


def _make(path: Path) -> None:
    """Write a new key, readable by its owner only; of several processes at once one wins, and all use its key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    mine = path.with_name(f".{path.name}.{uuid4().hex}")
    descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        os.link(mine, path)  # whole or not at all, and never over another's
    except FileExistsError:
        pass
    finally:
        mine.unlink()


def open_file(content: bytes) -> Sealed:
    """Return what the page sealed.

    :raises BadFile: too long, not of this form, sealed for another key, or changed.
    """
    if len(content) > MAX_BYTES:
        raise BadFile("too long")
    try:
        outer = json.loads(content)
        if outer["v"] != VERSION:
            raise BadFile("another version")
        attempt_id = UUID(outer["attempt"])
        wrapped, iv, data = (base64.b64decode(outer[name], validate=True) for name in ("key", "iv", "data"))
        key = _private(Path(settings.EMERGENCY_KEY)).decrypt(wrapped, OAEP)
        inner = json.loads(AESGCM(key).decrypt(iv, data, None))
        if UUID(inner["attempt"]) != attempt_id or not isinstance(inner["answers"], list):
            raise BadFile("sealed for another attempt")
    except BadFile:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, InvalidTag) as error:
        raise BadFile("not an emergency file of this server") from error
    return Sealed(attempt_id, inner["answers"])
