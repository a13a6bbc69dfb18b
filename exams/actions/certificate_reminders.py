"""Remind holders, and those who manage their employers, before certificates end; the rows say who was told."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, OrganisationManager
from exams.models import CertificateReminder
from exams.queries.renewals import still_needed
from exams.rules.certificate_life import SOON, step_on
from notifications.actions.notices import notify

from .certificates import tell_holder

ROWS_AT_ONCE = 500


def remind(*, now: datetime) -> int:
    """Note which certificates came within 90, 60, 30 or 7 days of their last day, and tell whom it concerns.

    Any number of times a day, by any number of workers: a step of a certificate is one row, and each row is told once.
    Return how many steps were new.
    """
    count = _note_steps(timezone.localdate(now))
    while _tell_holders(now):
        pass
    _tell_managers(now)
    return count


def _note_steps(day: date) -> int:
    before = CertificateReminder.objects.count()
    rows = [
        CertificateReminder(
            certificate=certificate,
            days=step_on(last_day=certificate.last_day, day=day),
            last_day=certificate.last_day,
            noticed_on=day,
        )
        for certificate in still_needed(day=day, until=day + timedelta(days=SOON)).iterator(ROWS_AT_ONCE)
    ]
    CertificateReminder.objects.bulk_create(rows, ROWS_AT_ONCE, ignore_conflicts=True)
    return CertificateReminder.objects.count() - before


def _tell_holders(now: datetime) -> bool:
    with transaction.atomic():
        waiting = CertificateReminder.objects.select_for_update(of=("self",), skip_locked=True)
        rows = list(
            waiting.filter(holder_told_at=None)
            .select_related("certificate__person__user", "certificate__rule__operation")
            .order_by("pk")[:ROWS_AT_ONCE]
        )
        for row in rows:
            days = max((row.last_day - timezone.localdate(now)).days, 0)
            key = f"{row.certificate_id}/{row.last_day}/{row.days}"
            tell_holder(row.certificate, kind="certificate_ending", key=key, by=None, now=now, days=days)
        CertificateReminder.objects.filter(pk__in=[row.pk for row in rows]).update(holder_told_at=now)
    return bool(rows)


def _tell_managers(now: datetime) -> None:
    """Tell each manager once of all that is new, by organisation; all of it or nothing, so that none is left out."""
    with transaction.atomic():
        waiting = CertificateReminder.objects.select_for_update(of=("self",), skip_locked=True)
        standing = Membership.objects.filter(left_at=None).select_related("organisation")
        rows = list(
            waiting.filter(managers_told_at=None)
            .select_related("certificate__person")
            .prefetch_related(Prefetch("certificate__person__memberships", standing, to_attr="standing"))
        )
        ending: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            for membership in row.certificate.person.standing:
                ending[membership.organisation.path].add(row.certificate_id)
        if ending:
            _send_digests(ending, now)
        CertificateReminder.objects.filter(pk__in=[row.pk for row in rows]).update(managers_told_at=now)


def _send_digests(ending: dict[str, set[int]], now: datetime) -> None:
    """Tell who manages an organisation of the certificates of all who belong to it or below it."""
    for management in OrganisationManager.objects.select_related("organisation", "user").order_by("pk"):
        organisation = management.organisation
        below = [certificates for path, certificates in ending.items() if path.startswith(organisation.path)]
        if below:
            notify(
                user=management.user,
                kind="certificates_ending",
                key=f"{organisation.pk}/{now:%Y-%m-%dT%H:%M:%S}",
                context={"organisation": organisation.name, "count": len(set().union(*below))},
                link=reverse("exams:held", args=[organisation.pk]),
                now=now,
            )
