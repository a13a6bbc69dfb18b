"""Keep the index up with the articles."""

from celery import shared_task
from django.utils import timezone

from .actions import indexing


@shared_task
def build_stale_index() -> None:
    """On every change and every 5 s: build what is due; again is harmless."""
    indexing.build_while_stale(now=timezone.now())
