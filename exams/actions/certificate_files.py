"""Write the files of certificates: one worker at a time for each, and whatever a crash left is written later."""

import logging
from datetime import datetime

from django.core.files.base import ContentFile
from django.db.models import Q

from exams.documents import certificate_files
from exams.enums import CertificateOrigin
from exams.models import Certificate

from .claiming import SILENT, Clock
from .credentials import give_place

log = logging.getLogger(__name__)
WITHOUT_FILES = (Q(pdf="") | Q(png="")) & ~Q(origin=CertificateOrigin.IMPORTED)  # others printed those


def write_files(*, certificate_id: int, now: datetime) -> bool:
    """Make the certificate's signed PDF and its PNG; False where they are made, or another worker is at it.

    Should a worker be slower than its claim holds, it takes its files away again: one number, one file.
    """
    mine = Certificate.objects.filter(WITHOUT_FILES, pk=certificate_id)
    free = mine.filter(Q(files_claimed_at=None) | Q(files_claimed_at__lt=now - SILENT))
    if not free.update(files_claimed_at=now):
        return False
    certificate = Certificate.objects.select_related("person", "rule__operation__category", "rule__scheme").get(
        pk=certificate_id
    )
    try:
        files = certificate_files(certificate, place=give_place(certificate))
        certificate.pdf.save(f"{certificate.code}.pdf", ContentFile(files.pdf), save=False)
        certificate.png.save(f"{certificate.code}.png", ContentFile(files.png), save=False)
    except BaseException:
        mine.filter(files_claimed_at=now).update(files_claimed_at=None)
        raise
    if not mine.update(pdf=certificate.pdf.name, png=certificate.png.name, files_claimed_at=None):
        certificate.pdf.delete(save=False)
        certificate.png.delete(save=False)
        return False
    return True


def write_missing(*, clock: Clock) -> int:
    """Write the files of every certificate that lacks one; one that fails is logged and does not hold up the rest."""
    written = 0
    for pk in list(Certificate.objects.filter(WITHOUT_FILES).values_list("pk", flat=True)):
        try:
            written += write_files(certificate_id=pk, now=clock())
        except Exception:
            log.exception("the files of certificate %s could not be written; the next sweep tries again", pk)
    return written
