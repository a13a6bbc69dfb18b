"""What workers do for notices; the clock is read before each delivery."""

from celery import shared_task
from django.utils import timezone

from .actions import delivering


@shared_task
def deliver(*, notice_id: int) -> None:
    """Send what is due of one notice."""
    delivering.sweep(clock=timezone.now, notice_id=notice_id)


@shared_task
def deliver_due() -> None:
    """Every 10 s: send whatever is due."""
    delivering.sweep(clock=timezone.now)
