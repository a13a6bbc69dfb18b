"""Sittings that a person may still join."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import Person
from exams.enums import SittingKind
from exams.models import Admission, Sitting


def open_to(person: Person, now: datetime) -> QuerySet[Sitting]:
    """Return training exams not yet closed in which the person has no seat, the next first (one query).

    A certifying exam is booked by an application.
    """
    held = Admission.objects.filter(person=person, cancelled_at=None)
    return (
        Sitting.objects.filter(closes_at__gt=now, kind=SittingKind.TRAINING)
        .exclude(pk__in=held.values("sitting"))
        .select_related("rule__operation", "room__point")
        .order_by("opens_at")
    )
