"""What workers do for people and organisations."""

from celery import shared_task


@shared_task
def carry_on_rosters() -> None:
    """Every 10 s: go on with each roster that waits for a worker."""
