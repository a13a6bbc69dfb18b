"""What workers do for the kernel."""

from celery import shared_task
from django.utils import timezone

from .actions import auditing, proving, retention


@shared_task
def link_audit() -> None:
    """Every 5 s: bind what was recorded to the chain."""
    auditing.link_committed()


@shared_task
def apply_retention() -> None:
    """Every night: remove what has been kept for its time."""
    retention.apply(now=timezone.now())


@shared_task
def prove_audit() -> None:
    """Every night: prove the chain and note the outcome, which the trail's page shows."""
    proving.prove(now=timezone.now())
