"""What workers do for people and organisations; each may run twice or late."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from .actions.rosters import ending, reading, taking


@shared_task
def read_roster(*, roster_id: str) -> None:
    """Read one roster into lines."""
    reading.read(roster_id=UUID(roster_id), clock=timezone.now)


@shared_task
def take_in_roster(*, roster_id: str) -> None:
    """Take one confirmed roster in."""
    taking.take_in(roster_id=UUID(roster_id), clock=timezone.now)


@shared_task
def carry_on_rosters() -> None:
    """Every 10 s: go on with each roster that waits for a worker."""
    ending.carry_on(clock=timezone.now)
