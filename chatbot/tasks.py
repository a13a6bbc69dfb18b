"""What workers do for the bot: gaps every few minutes and afresh every night, a report every week."""

from celery import shared_task
from django.utils import timezone

from .actions import reporting
from .actions.gaps import closing, gathering


@shared_task
def gather_gaps() -> None:
    """Every 3 minutes: put new questions into gaps, and close what a new version of the index answers."""
    gathering.gather(now=timezone.now())
    closing.check(now=timezone.now())


@shared_task(time_limit=1800)
def regroup_gaps() -> None:
    """Every night: put the open gaps together afresh."""
    gathering.regroup(now=timezone.now())


@shared_task
def make_weekly_report() -> None:
    """Every hour: from Monday 08:00 local, last week's report, once."""
    reporting.make_due(now=timezone.now())
