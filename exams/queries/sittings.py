"""Sittings that a person may still join."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import Person
from exams.models import Sitting


def open_to(person: Person, now: datetime) -> QuerySet[Sitting]:
    """Return sittings not yet closed in which the person has no seat, the next first (one query)."""
    return (
        Sitting.objects.filter(closes_at__gt=now)
        .exclude(admissions__person=person)
        .select_related("rule__operation", "room__point")
        .order_by("opens_at")
    )
