"""Keep the index up with the articles, measure it, read files of knowledge, compare what changed."""

from celery import shared_task
from django.utils import timezone

from .actions import comparing, evaluating, importing, indexing


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


@shared_task(time_limit=300)
def read_knowledge_import(*, import_id: str) -> None:
    """Read one file that was handed in; again is harmless."""
    importing.read(import_id=import_id, now=timezone.now())


@shared_task(time_limit=600)
def carry_on_knowledge_imports() -> None:
    """Every 10 s: read what no nudge reached."""
    importing.read_waiting(now=timezone.now())


@shared_task
def compare_changed_articles() -> None:
    """Every 60 s: compare the articles if any of them changed."""
    comparing.compare_if_changed(now=timezone.now())
