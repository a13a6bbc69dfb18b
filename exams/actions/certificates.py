"""Issue certificates and write their files."""

import logging
import secrets
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core.encryption import blind_index
from core.nudging import nudge_on_commit
from exams.documents import certificate_files
from exams.models import Certificate, Practical
from exams.queries.examiners import examined
from exams.rules import eligibility
from notifications.actions.notices import notify

log = logging.getLogger(__name__)

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12  # 30^12: not to be guessed
WITHOUT_FILES = Q(pdf="") | Q(png="")


class NotACertifier(Exception):
    """Only a certifier issues, never for an exam they examined themselves and never for themselves."""


class NotPassed(Exception):
    """There is no certificate for a practical that was not passed, or whose result is not released."""


def issue(*, practical_id: int, by: User, now: datetime) -> Certificate:
    """Issue the certificate of a passed practical; its files follow by a task. Again returns the same one.

    :raises NotACertifier: ``by`` lacks the role, was one of the examiners or is the candidate.
    :raises NotPassed: the practical was not passed, or is not released.
    """
    practical = Practical.objects.select_related("person", "rule__scheme", "session").get(pk=practical_id)
    barred = {practical.examiner_id, practical.person.user_id} | examined(practical_id)
    if not has_role(by, Role.CERTIFIER) or by.pk in barred:
        raise NotACertifier
    if not practical.passed or not practical.is_released:
        raise NotPassed
    day = timezone.localdate(now)
    number = "T" + practical.person.id_number  # to confirm against the published format
    with transaction.atomic():
        certificate, created = Certificate.objects.get_or_create(
            practical=practical,
            defaults={
                "code": "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH)),
                "number": number,
                "number_digest": blind_index(number),
                "person": practical.person,
                "rule": practical.rule,
                "theory": practical.theory,
                "issued_by": by,
                "issued_on": day,
                "valid_until": eligibility.valid_until(issued_on=day, years=practical.rule.scheme.validity_years),
            },
        )
        if created:
            nudge_on_commit("exams.tasks.write_certificate", certificate_id=certificate.pk)
            _tell(certificate, by=by, now=now)
    return certificate


def _tell(certificate: Certificate, *, by: User, now: datetime) -> None:
    """Tell the holder, where there is a login to tell."""
    if certificate.person.user is None:
        return
    notify(
        user=certificate.person.user,
        kind="certificate_issued",
        key=str(certificate.pk),
        context={"operation": certificate.rule.operation.name, "until": f"{certificate.valid_until:%Y-%m-%d}"},
        link=reverse("exams:certificate", args=[certificate.code]),
        by=by,
        now=now,
    )


def write_files(*, certificate_id: int) -> None:
    """Make the certificate's signed PDF and its PNG; of two workers at once, the slower takes its files away again."""
    certificate = Certificate.objects.select_related("person", "rule__operation__category", "rule__scheme").get(
        pk=certificate_id
    )
    if certificate.pdf and certificate.png:
        return
    files = certificate_files(certificate)
    certificate.pdf.save(f"{certificate.code}.pdf", ContentFile(files.pdf), save=False)
    certificate.png.save(f"{certificate.code}.png", ContentFile(files.png), save=False)
    unwritten = Certificate.objects.filter(WITHOUT_FILES, pk=certificate_id)
    if not unwritten.update(pdf=certificate.pdf.name, png=certificate.png.name):
        certificate.pdf.delete(save=False)
        certificate.png.delete(save=False)


def write_missing() -> int:
    """Write the files of every certificate that lacks one; one that fails is logged and does not hold up the rest."""
    written = 0
    for pk in list(Certificate.objects.filter(WITHOUT_FILES).values_list("pk", flat=True)):
        try:
            write_files(certificate_id=pk)
            written += 1
        except Exception:
            log.exception("the files of certificate %s could not be written; the next sweep tries again", pk)
    return written
