"""Which deliveries wait to be sent, and what staff see of them."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from notifications.enums import DeliveryState
from notifications.models import Delivery

LEASE = timedelta(minutes=5)  # longer than any carrier may take; older claims are those of dead workers


def due(*, now: datetime, notice_id: int | None = None) -> QuerySet[Delivery]:
    """Return what waits to be sent, with its reader, oldest first (one query); of one notice where one is named."""
    free = Q(claimed_at=None) | Q(claimed_at__lte=now - LEASE)
    of_notice = Q(notice=notice_id) if notice_id else Q()
    return (
        with_reader().filter(free, of_notice, state=DeliveryState.PENDING, next_at__lte=now).order_by("next_at", "pk")
    )


def with_reader() -> QuerySet[Delivery]:
    """Return all deliveries with notice, user and quiet hours at hand (one query)."""
    return Delivery.objects.select_related("notice__user__quiet_hours")
