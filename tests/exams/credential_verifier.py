"""A verifier of credentials as any other party could write one: from the specifications alone, nothing of ours in it.

Steps: resolve did:web to a key, check the JWS (RFC 7515, RFC 8037), check the dates (VCDM 2.0), check the status bits
(Bitstring Status List 1.0, "Validate Algorithm"). ``fetch`` gets an address and returns bytes: a dictionary of what was
downloaded before makes it work offline.
"""

import base64
import gzip
import json
from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Fetch = Callable[[str], bytes]
LEAST_BITS = 131_072


class Invalid(Exception):
    """The credential is not to be trusted."""


def b64(text: str) -> bytes:
    if "=" in text or "+" in text or "/" in text:
        raise Invalid("not base64url without padding")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def resolve(did: str, fetch: Fetch) -> dict:
    """did:web: the host, its colon written %3A, then /.well-known/did.json."""
    method, name, host = did.split(":")
    if (method, name) != ("did", "web"):
        raise Invalid("not did:web")
    document = json.loads(fetch(f"https://{unquote(host)}/.well-known/did.json"))
    if document["id"] != did:
        raise Invalid("the document is another's")
    return document


def opened(token: str, fetch: Fetch) -> dict:
    """Check the signature and return the credential; its issuer must be the one whose key it is."""
    head, body, seal = token.split(".")
    header, credential = json.loads(b64(head)), json.loads(b64(body))
    if header["alg"] != "EdDSA" or header["typ"] != "vc+jwt" or "vc" in credential:
        raise Invalid("not VC-JOSE-COSE")
    issuer = credential["issuer"] if isinstance(credential["issuer"], str) else credential["issuer"]["id"]
    document = resolve(issuer, fetch)
    methods = {method["id"]: method for method in document["verificationMethod"]}
    if header["kid"] not in document["assertionMethod"]:
        raise Invalid("the key is not for assertions")
    jwk = methods[header["kid"]]["publicKeyJwk"]
    if (jwk["kty"], jwk["crv"]) != ("OKP", "Ed25519") or methods[header["kid"]]["controller"] != issuer:
        raise Invalid("not the issuer's key")
    try:
        Ed25519PublicKey.from_public_bytes(b64(jwk["x"])).verify(b64(seal), f"{head}.{body}".encode())
    except InvalidSignature as error:
        raise Invalid("the signature is wrong") from error
    if credential["@context"][0] != "https://www.w3.org/ns/credentials/v2":
        raise Invalid("not VCDM 2.0")
    return credential


def check_dates(credential: dict, now: datetime) -> None:
    if now < datetime.fromisoformat(credential["validFrom"]):
        raise Invalid("not yet valid")
    if now > datetime.fromisoformat(credential["validUntil"]):
        raise Invalid("no longer valid")


def bit(entry: dict, fetch: Fetch, now: datetime) -> bool:
    """Return the status bit that the entry names; the list itself is a credential and is checked like one."""
    if entry["type"] != "BitstringStatusListEntry":
        raise Invalid("another kind of status")
    status_list = opened(fetch(entry["statusListCredential"]).decode(), fetch)
    check_dates(status_list, now)
    subject = status_list["credentialSubject"]
    if "BitstringStatusListCredential" not in status_list["type"] or status_list["id"] != entry["statusListCredential"]:
        raise Invalid("another list")
    if subject["type"] != "BitstringStatusList" or subject["statusPurpose"] != entry["statusPurpose"]:
        raise Invalid("another purpose")
    if not subject["encodedList"].startswith("u"):
        raise Invalid("not multibase base64url")
    bits = gzip.decompress(b64(subject["encodedList"][1:]))
    index = int(entry["statusListIndex"])
    if len(bits) * 8 < LEAST_BITS or not 0 <= index < len(bits) * 8:
        raise Invalid("the list is too short")
    return bool(bits[index // 8] >> (7 - index % 8) & 1)


def verify(token: str, *, fetch: Fetch, now: datetime) -> tuple[str, dict]:
    """Return ``valid``, ``suspended`` or ``revoked``, and the credential.

    :raises Invalid: the signature, the issuer or the dates are wrong.
    """
    credential = opened(token, fetch)
    check_dates(credential, now)
    if not {"VerifiableCredential", "OpenBadgeCredential"} <= set(credential["type"]):
        raise Invalid("not an Open Badge")
    found = {entry["statusPurpose"]: bit(entry, fetch, now) for entry in credential["credentialStatus"]}
    if found["revocation"]:
        return "revoked", credential
    return ("suspended" if found["suspension"] else "valid"), credential
