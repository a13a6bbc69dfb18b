"""Lists of certificates that leave the house or show names: each is recorded."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, Person, User
from core.actions.auditing import record
from core.enums import Deed
from core.spreadsheets import csv_lines, workbook
from exams.models import Certificate
from exams.queries.held import people_of, state_of, with_certificates

FORMATS = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}


def names_shown(*, organisation: Organisation, people: Sequence[Person], by: User, now: datetime) -> None:
    """Record that the names of these people were shown to somebody who manages their organisation."""
    with transaction.atomic():
        after = {"names of persons": sorted(person.pk for person in people)}
        record(deed=Deed.UNMASKED, target=organisation, after=after, by=by, now=now)


def export_held(*, organisation: Organisation, kind: str, labels: dict[str, str], by: User, now: datetime) -> bytes:
    """Return who of the organisation holds what, a line for each certificate and for who has none; recorded.

    ``labels`` are the states in words. Names are in clear, numbers masked.
    """
    day = timezone.localdate(now)
    header = [_("Name"), _("Identity number"), _("Operation"), _("Certificate number"), _("Verification code")]
    header += [_("Issued on"), _("Valid until"), _("State")]
    rows = [row for person in with_certificates(people_of(organisation)) for row in _rows(person, labels, day)]
    with transaction.atomic():
        after = {"rows": len(rows), "format": kind}
        record(deed=Deed.EXPORTED, target=organisation, label=organisation.name, after=after, by=by, now=now)
    return workbook(header, rows) if kind == "xlsx" else b"".join(csv_lines(header, rows))


def _rows(person: Person, labels: dict[str, str], day: date) -> list[list]:
    whom = [person.name, person.masked_id_number]
    if not person.held:
        return [[*whom, "", "", "", "", "", labels["none"]]]
    return [[*whom, *_cells(certificate), labels[state_of(certificate, day=day)]] for certificate in person.held]


def _cells(certificate: Certificate) -> list[str]:
    days = (certificate.issued_on.isoformat(), certificate.last_day.isoformat())
    return [certificate.rule.operation.name, certificate.masked_number, certificate.code, *days]


def verified_in_bulk(*, lines: int, found: int, by: User, now: datetime) -> None:
    """Record that somebody had a list verified: how long it was, nothing of what was in it."""
    with transaction.atomic():
        after = {"lines": lines, "found": found}
        record(deed=Deed.EXPORTED, kind=Certificate._meta.label_lower, after=after, by=by, now=now)
