"""Note that a review of a certificate was done."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core.actions.auditing import record
from core.enums import Deed
from exams.enums import CertificateEventKind
from exams.models import Certificate, CertificateEvent, CertificateReview
from exams.rules.certificate_life import lapses_on

from .certificate_acts import NotYours


class NotADay(Exception):
    """A review was done on a day since the certificate's issue, and not in the future."""


def note_done(*, review_id: int, done_on: date, by: User, now: datetime) -> CertificateReview:
    """Write down when a review was done; again with the same day is harmless.

    :raises NotYours: ``by`` is no certifier, or is the holder.
    :raises NotADay: the day cannot be.
    """
    with transaction.atomic():
        review = CertificateReview.objects.select_related("certificate__person").get(pk=review_id)
        certificate = Certificate.objects.select_for_update().get(pk=review.certificate_id)
        if not has_role(by, Role.CERTIFIER) or by.pk == review.certificate.person.user_id:
            raise NotYours
        if not certificate.issued_on <= done_on <= timezone.localdate(now):
            raise NotADay
        if review.done_on == done_on:
            return review
        review.done_on = done_on
        review.save(update_fields=["done_on"])
        settle(certificate)
        kind = CertificateEventKind.REVIEWED
        CertificateEvent.objects.create(certificate=certificate, kind=kind, by=by, at=now)
        after = {"act": kind.value, "due_on": str(review.due_on), "done_on": str(done_on)}
        record(deed=Deed.CHANGED, target=certificate, after=after, by=by, now=now)
    return review


def settle(certificate: Certificate) -> None:
    """Store until when the certificate counts by its reviews, in the caller's transaction."""
    reviews = list(certificate.reviews.values_list("due_on", "done_on"))
    certificate.lapses_on = lapses_on(reviews, asked_until=certificate.rule.scheme.effective_to)
    certificate.save(update_fields=["lapses_on"])
