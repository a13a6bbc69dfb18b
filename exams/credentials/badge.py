"""A certificate as an Open Badge 3.0: what the holder downloads and shows to machines."""

import hashlib
from datetime import date, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings

from exams.models import Certificate, Credential

from . import issuer, status

CONTEXTS = [  # names of vocabularies; nothing here or in a verifier has to fetch them
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
TITLE = "特种作业操作证"


def token(certificate: Certificate, *, place: Credential, issued_by: str) -> str:
    """Return the certificate as a signed credential (no queries; person, rule, operation, category, scheme loaded).

    :raises NoCredentialKey: there is no key.
    """
    return issuer.signed(credential(certificate, place=place, issued_by=issued_by))


def credential(certificate: Certificate, *, place: Credential, issued_by: str) -> dict[str, Any]:
    """Return what is signed: the holder's name, the number only as a salted hash, no other personal data."""
    begins = _moment(certificate.issued_on, time.min)
    ends = _moment(certificate.last_day, time(23, 59, 59))
    return {
        "@context": CONTEXTS,
        "id": place.id.urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "iss": issuer.did(),
        "jti": place.id.urn,
        "nbf": int(begins.timestamp()),
        "exp": int(ends.timestamp()),
        "issuer": {"id": issuer.did(), "type": ["Profile"], "name": issued_by, "url": settings.BASE_URL},
        "name": f"{TITLE}（{certificate.rule.operation.name}）",
        "validFrom": begins.isoformat(),
        "validUntil": ends.isoformat(),
        "credentialSubject": _subject(certificate, place),
        "credentialStatus": status.entries(place),
        "evidence": [
            {"id": f"{settings.BASE_URL}/verify/{certificate.code}/", "type": ["Evidence"], "name": "核验页面"}
        ],
    }


def number_hash(number: str, *, salt: str) -> str:
    """Return an Open Badges identity hash: SHA-256 over the number and the salt behind it."""
    return "sha256$" + hashlib.sha256(f"{number}{salt}".encode()).hexdigest()


def _subject(certificate: Certificate, place: Credential) -> dict[str, Any]:
    name = {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": certificate.person.name}
    number = {
        "type": "IdentityObject",
        "identityType": "identifier",
        "hashed": True,
        "identityHash": number_hash(certificate.number, salt=place.salt),
        "salt": place.salt,
    }
    return {"type": ["AchievementSubject"], "identifier": [name, number], "achievement": _achievement(certificate)}


def _achievement(certificate: Certificate) -> dict[str, Any]:
    operation, scheme = certificate.rule.operation, certificate.rule.scheme
    where = f"{settings.BASE_URL}/operations/{operation.digits}/{scheme.code}"
    return {
        "id": uuid5(NAMESPACE_URL, where).urn,
        "type": ["Achievement"],
        "achievementType": "License",
        "humanCode": operation.digits,
        "name": operation.name,
        "description": f"{operation.category.name}：{operation.name}",
        "criteria": {"narrative": f"依据{scheme.name}考核合格。"},
    }


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(settings.TIME_ZONE))
