"""What workers do for people and organisations."""

import logging

from celery import shared_task
from django.utils import timezone

from .actions import real_names
from .ports import NotNow, checker

log = logging.getLogger(__name__)


@shared_task
def carry_on_rosters() -> None:
    """Every 10 s: go on with each roster that waits for a worker."""


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
