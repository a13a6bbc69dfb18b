"""What a stranger may learn about a certificate, and who issues them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import Person
from cms.models import SiteSettings
from core.encryption import blind_index
from exams.enums import CertificateStatus
from exams.models import Certificate
from exams.rules import numbers

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
    authority: str = ""  # who issued it, where that was not this house

    @property
    def grouped_code(self) -> str:
        return grouped_code(self.code)


def normal_code(text: str) -> str:
    """Return a typed code in its normal form: upper case, without spaces and dashes; empty where it can be no code."""
    code = numbers.normal(text)
    return code if CODE.fullmatch(code) else ""


def normal_numbers(text: str) -> list[str]:
    """Return the certificate numbers a typed number may mean: as it is, or the id number without its prefix."""
    number = numbers.normal(text)
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


@dataclass(frozen=True)
class Wanted:
    """What somebody wants verified: a code, or a number with a name."""

    code: str = ""
    number: str = ""
    name: str = ""


def verifications_in_bulk(wanted: Sequence[Wanted], *, day: date) -> list[list[Verification]]:
    """Return what is found for each, in their order; as one by one, a wrong name finds nothing (two queries)."""
    codes = {item.code for item in wanted if item.code}
    digests = {blind_index(number) for item in wanted if not item.code for number in normal_numbers(item.number)}
    by_code = {certificate.code: certificate for certificate in _public().filter(code__in=codes)}
    by_digest = defaultdict(list)
    for certificate in _public().filter(number_digest__in=digests):
        by_digest[certificate.number_digest].append(certificate)
    return [[_seen(certificate, day) for certificate in _matching(item, by_code, by_digest)] for item in wanted]


def _matching(item: Wanted, by_code: dict, by_digest: dict) -> list[Certificate]:
    if item.code:
        return [by_code[item.code]] if item.code in by_code else []
    found = [certificate for number in normal_numbers(item.number) for certificate in by_digest[blind_index(number)]]
    return [certificate for certificate in found if _normal_name(certificate.person.name) == _normal_name(item.name)]


def certificate_of(person: Person, code: str) -> Certificate | None:
    """Return a person's own certificate with what its page shows, or None (one query)."""
    return (
        Certificate.objects.filter(person=person, code=normal_code(code))
        .select_related("person", "rule__operation__category", "rule__scheme", "credential", "replaces", "replacement")
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
        authority=certificate.authority,
        issued_on=certificate.first_day,
        valid_until=certificate.valid_until,
    )


def _normal_name(name: str) -> str:
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).casefold()
    return NAME_DOTS.sub("·", folded)
