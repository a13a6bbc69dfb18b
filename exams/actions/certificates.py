"""Issue certificates, once each whoever asks and however often."""

import secrets
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from clients.actions.happenings import announce
from clients.enums import HappeningKind
from core.encryption import blind_index
from core.nudging import nudge_on_commit
from exams.enums import CertificateEventKind
from exams.models import Certificate, CertificateEvent, Practical
from exams.queries.examiners import examined
from exams.queries.released import passed_theories
from exams.rules import eligibility, numbers
from notifications.actions.notices import notify

from .certificate_numbers import next_number
from .credentials import give_place

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12  # 30^12: not to be guessed


class NotACertifier(Exception):
    """Only a certifier issues, never for an exam they examined themselves and never for themselves."""


class NotPassed(Exception):
    """There is no certificate for a part that was not passed, or whose newest result is not released."""


def issue(*, practical_id: int, by: User, now: datetime) -> Certificate:
    """Issue the certificate of a passed practical; its files follow by a task. Again returns the same one.

    :raises NotACertifier: ``by`` lacks the role, was one of the examiners or is the candidate.
    :raises NotPassed: the practical, or its theory by its newest result, was not passed or is not released.
    """
    with transaction.atomic():
        practical = (
            Practical.objects.select_for_update(of=("self",))  # two certifiers at once: the second finds it issued
            .select_related("person__user", "rule__scheme", "rule__operation__category", "session")
            .get(pk=practical_id)
        )
        barred = {practical.examiner_id, practical.person.user_id} | examined(practical_id)
        if not has_role(by, Role.CERTIFIER) or by.pk in barred:
            raise NotACertifier
        if not practical.passed or not practical.is_released:
            raise NotPassed
        if issued := Certificate.objects.filter(practical=practical).first():
            return issued
        if not passed_theories().filter(pk=practical.theory_id).exists():
            raise NotPassed
        return _issued(practical, by=by, now=now)


def _issued(practical: Practical, *, by: User, now: datetime) -> Certificate:
    day, rule = timezone.localdate(now), practical.rule
    numbered = next_number(rule=rule, person=practical.person, day=day)
    return bring_out(
        Certificate(
            number=numbered.number,
            series=numbered.series,
            serial=numbered.serial,
            person=practical.person,
            rule=rule,
            theory_id=practical.theory_id,
            practical=practical,
            issued_on=day,
            valid_until=eligibility.valid_until(issued_on=day, years=rule.scheme.validity_years),
        ),
        by=by,
        now=now,
    )


def bring_out(certificate: Certificate, *, by: User, now: datetime, notice: str = "certificate_issued") -> Certificate:
    """Store a new certificate of this house with its code, event and status bit; have its files made, tell the holder.

    It is part of the caller's transaction.
    """
    certificate.code = new_code()
    certificate.number_digest = blind_index(numbers.normal(certificate.number))
    certificate.issued_by = by
    certificate.save(force_insert=True)
    note_event(certificate, CertificateEventKind.ISSUED, by=by, now=now)
    give_place(certificate)
    nudge_on_commit("exams.tasks.write_certificate", certificate_id=certificate.pk)
    tell_holder(certificate, kind=notice, key=str(certificate.pk), by=by, now=now)
    return certificate


def note_event(
    certificate: Certificate,
    kind: CertificateEventKind,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    proposed_by: User | None = None,
) -> CertificateEvent:
    """Append what happened to the certificate, and let other houses' programs know."""
    event = CertificateEvent.objects.create(
        certificate=certificate, kind=kind, reason=reason, by=by, proposed_by=proposed_by, at=now
    )
    told = HappeningKind(f"certificate.{kind.value}")
    announce(kind=told, data={"certificate": certificate.code}, now=now)
    return event


def new_code() -> str:
    """Return a random verification code."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def tell_holder(certificate: Certificate, *, kind: str, key: str, by: User | None, now: datetime, **context) -> None:
    """Tell the holder, where there is a login to tell."""
    if certificate.person.user is None:
        return
    shown = {"operation": certificate.rule.operation.name, "until": f"{certificate.last_day:%Y-%m-%d}"}
    notify(
        user=certificate.person.user,
        kind=kind,
        key=key,
        context=shown | context,
        link=reverse("exams:certificate", args=[certificate.code]),
        by=by,
        now=now,
    )
