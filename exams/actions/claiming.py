"""One worker at a time has a job; a worker that is silent for a minute has lost it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

SILENT = timedelta(minutes=1)
Clock = Callable[[], datetime]


class Overtaken(Exception):
    """Another worker has the job now, or it was cancelled; what this one was about to write is dropped."""


@dataclass
class Claim:
    """The right to work on a job in a state; ``beat`` renews it together with what was done."""

    model: type[models.Model]
    pk: UUID
    state: str
    held: datetime

    def beat(self, now: datetime, **done) -> None:
        """Renew the claim and store ``done``, in the caller's transaction: who lost the claim stores nothing.

        :raises Overtaken: the claim is lost.
        """
        now = max(now, self.held + timedelta(microseconds=1))  # a clock set back never gives the same claim twice
        mine = self.model.objects.filter(pk=self.pk, state=self.state, claimed_at=self.held)
        if not mine.update(claimed_at=now, **done):
            raise Overtaken
        self.held = now


def claim(model: type[models.Model], pk: UUID, *, state: str, now: datetime) -> Claim | None:
    """Take a job that waits in ``state`` and that nobody works on (compare-and-set); None when somebody does."""
    free = model.objects.filter(free_at(now), pk=pk, state=state)
    with transaction.atomic():
        if not free.select_for_update(skip_locked=True).values_list("pk"):
            return None
        return Claim(model, pk, state, now) if free.update(claimed_at=now) else None


def free_at(now: datetime) -> Q:
    """Return what tells jobs that nobody works on."""
    return Q(claimed_at=None) | Q(claimed_at__lt=now - SILENT)
