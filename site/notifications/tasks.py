"""What workers do for notices."""

from celery import shared_task


@shared_task
def deliver_due() -> None:
    """Every 10 s: send what is due."""
