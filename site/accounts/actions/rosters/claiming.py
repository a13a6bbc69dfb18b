"""One worker at a time has a roster; a worker that is silent for a minute has lost it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.enums import RosterState
from accounts.models import RosterImport

SILENT = timedelta(minutes=1)
Clock = Callable[[], datetime]


class Overtaken(Exception):
    """Another worker has the roster now, or it was cancelled; what this one was about to write is dropped."""


@dataclass
class Claim:
    """The right to work on a roster; ``beat`` renews it together with what was done."""

    roster_id: UUID
    state: RosterState
    held: datetime

    def beat(self, now: datetime, **done) -> None:
        """Renew the claim and store ``done``, in the caller's transaction: who lost the claim stores nothing.

        :raises Overtaken: the claim is lost.
        """
        now = max(now, self.held + timedelta(microseconds=1))  # a clock set back never gives the same claim twice
        mine = RosterImport.objects.filter(pk=self.roster_id, state=self.state, claimed_at=self.held)
        if not mine.update(claimed_at=now, **done):
            raise Overtaken
        self.held = now


def claim(*, roster_id: UUID, state: RosterState, now: datetime) -> Claim | None:
    """Take a roster that waits in ``state`` and that nobody works on (compare-and-set); None when somebody does.

    Who takes all in at once holds the row to the end, however long: it is passed by, not waited for.
    """
    free = RosterImport.objects.filter(waiting(now), pk=roster_id, state=state)
    with transaction.atomic():
        if not free.select_for_update(skip_locked=True).values_list("pk"):
            return None
        return Claim(roster_id, state, now) if free.update(claimed_at=now) else None


def waiting(now: datetime) -> Q:
    """Return what tells rosters that nobody works on."""
    return Q(claimed_at=None) | Q(claimed_at__lt=now - SILENT)


def unclaimed(*, now: datetime) -> list[tuple[UUID, str]]:
    """Return the rosters that wait for a worker, the oldest first, with their state (one query)."""
    states = (RosterState.UPLOADED, RosterState.CONFIRMED)
    found = RosterImport.objects.filter(waiting(now), state__in=states).order_by("uploaded_at")
    return list(found.values_list("pk", "state"))
