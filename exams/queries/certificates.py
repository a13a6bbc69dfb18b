"""What a stranger may learn about a certificate, and who issues them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import Person
from cms.models import SiteSettings
from core.encryption import blind_index
from exams.enums import CertificateStatus
from exams.models import Certificate

NUMBER_PREFIX = "T"
CODE = re.compile(r"[0-9A-Z]{1,16}")
NAME_DOTS = re.compile(r"[·•・‧∙⋅.]")  # 阿不都·买买提 is typed with any of these


@dataclass(frozen=True)
class Verification:
    """A certificate as a stranger sees it: name and number masked, nothing else of the person."""

    code: str
    status: CertificateStatus
    name: str
    number: str
    category: str
    operation: str
    scheme: str
    issued_on: date
    valid_until: date

    @property
    def grouped_code(self) -> str:
        return grouped_code(self.code)


def normal_code(text: str) -> str:
    """Return a typed code in its normal form: upper case, without spaces and dashes; empty where it can be no code."""
    code = _without_separators(text)
    return code if CODE.fullmatch(code) else ""


def normal_numbers(text: str) -> list[str]:
    """Return the certificate numbers a typed number may mean: as it is, or the id number without its prefix."""
    number = _without_separators(text)
    return [number, NUMBER_PREFIX + number] if number else []


def grouped_code(code: str) -> str:
    """Return the code in groups of four, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def verification(code: str, *, day: date) -> Verification | None:
    """Return what the certificate of that code says on ``day``, or None (one query)."""
    certificate = _public().filter(code=normal_code(code)).first()
    return _seen(certificate, day) if certificate else None


def verifications_of(*, number: str, name: str, day: date) -> list[Verification]:
    """Return a person's certificates by number and name; a wrong name finds what an unknown number does (one query)."""
    digests = [blind_index(candidate) for candidate in normal_numbers(number)]
    certificates = _public().filter(number_digest__in=digests)
    wanted = _normal_name(name)
    return [_seen(certificate, day) for certificate in certificates if _normal_name(certificate.person.name) == wanted]


def certificate_of(person: Person, code: str) -> Certificate | None:
    """Return a person's own certificate with what its page shows, or None (one query)."""
    return (
        Certificate.objects.filter(person=person, code=normal_code(code))
        .select_related("person", "rule__operation__category", "rule__scheme")
        .first()
    )


def issuing_body() -> str:
    """Return who issues certificates: the host organisation in the site's details, else the site's name (one query)."""
    host = SiteSettings.objects.filter(site__is_default_site=True).values_list("host", flat=True).first()
    return host or settings.WAGTAIL_SITE_NAME


def _public() -> QuerySet[Certificate]:
    return Certificate.objects.select_related("person", "rule__operation__category", "rule__scheme")


def _seen(certificate: Certificate, day: date) -> Verification:
    operation = certificate.rule.operation
    return Verification(
        code=certificate.code,
        status=certificate.status_on(day),
        name=certificate.person.masked_name,
        number=certificate.masked_number,
        category=operation.category.name,
        operation=operation.name,
        scheme=certificate.rule.scheme.name,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
    )


def _without_separators(text: str) -> str:
    return re.sub(r"[\s\-‐‑‒–—_]", "", unicodedata.normalize("NFKC", text)).upper()


def _normal_name(name: str) -> str:
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).casefold()
    return NAME_DOTS.sub("·", folded)
