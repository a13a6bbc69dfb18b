"""Who signs: the did:web identity of the site, its documents, and the signature itself."""

import json
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from .keys import Keys, b64url, load_keys

MEDIA_TYPE = "application/vc+jwt"


def did() -> str:
    """Return the site's identity (did:web): its host, with the colon of a port written %3A."""
    return f"did:web:{quote(urlsplit(settings.BASE_URL).netloc, safe='')}"


def did_document() -> dict[str, Any]:
    """Return what /.well-known/did.json says: every key, each good for assertions.

    :raises NoCredentialKey: there is no key.
    """
    methods = [
        {"id": f"{did()}#{key.kid}", "type": "JsonWebKey", "controller": did(), "publicKeyJwk": key.jwk}
        for key in load_keys().public
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
        "id": did(),
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def jwks() -> dict[str, Any]:
    """Return what /.well-known/jwks.json says (RFC 7517).

    :raises NoCredentialKey: there is no key.
    """
    return {"keys": [key.jwk for key in load_keys().public]}


def signed(credential: dict[str, Any]) -> str:
    """Return the credential as a JWT (VC-JOSE-COSE): the payload is the credential itself.

    :raises NoCredentialKey: there is no key.
    """
    keys: Keys = load_keys()
    header = {"alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": f"{did()}#{keys.public[0].kid}"}
    text = ".".join(b64url(_json(part)) for part in (header, credential))
    return f"{text}.{b64url(keys.private.sign(text.encode()))}"


def enveloped(token: str) -> dict[str, Any]:
    """Return a signed credential as JSON (VCDM 2.0, EnvelopedVerifiableCredential)."""
    return {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": f"data:{MEDIA_TYPE},{token}",
        "type": "EnvelopedVerifiableCredential",
    }


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
