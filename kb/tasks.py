"""Keep the index up with the articles, and measure it when somebody asks."""

from celery import shared_task
from django.utils import timezone

from .actions import evaluating, indexing


@shared_task
def build_stale_index() -> None:
    """On every change and every 5 s: build what is due; again is harmless."""
    indexing.build_while_stale(now=timezone.now())


@shared_task
def run_evaluation(pk: int) -> None:
    """When an evaluation was asked for: measure; again is harmless."""
    evaluating.run(pk=pk, now=timezone.now())


@shared_task
def run_waiting_evaluations() -> None:
    """Every minute: what a lost message or a crash left behind."""
    for pk in evaluating.waiting(now=timezone.now()):
        evaluating.run(pk=pk, now=timezone.now())
