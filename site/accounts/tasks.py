"""What workers do for people and organisations; each may run twice or late."""

import logging
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from .actions import real_names
from .actions.rosters import ending, reading, taking
from .ports import NotNow, checker

log = logging.getLogger(__name__)


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


@shared_task
def check_real_name(*, person_id: int) -> None:
    """Ask the register about one person; the sweep asks again where it does not answer."""
    try:
        real_names.ask(person_id=person_id, checker=checker(), now=timezone.now())
    except NotNow as reason:
        log.info("real-name check of %s not now: %s", person_id, reason)


@shared_task
def check_real_names() -> None:
    """Every minute: ask the register about those nobody was asked about yet."""
    real_names.ask_about_waiting(checker=checker(), now=timezone.now())
