"""One worker at a time has an import; a worker that is silent for a minute has lost it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from exams.models import QuestionImport

SILENT = timedelta(minutes=1)
PATIENCE = timedelta(minutes=10)  # for work that cannot beat on its way
Clock = Callable[[], datetime]


class Overtaken(Exception):
    """Another worker has the import now, or it was dropped; what this one was about to write is dropped, too."""


@dataclass
class Claim:
    """The right to work on an import; ``beat`` renews it together with what was done."""

    import_id: UUID
    state: str
    held: datetime

    def beat(self, now: datetime, **done) -> None:
        """Renew the claim and store ``done``, in the caller's transaction: who lost the claim stores nothing.

        :raises Overtaken: the claim is lost.
        """
        now = max(now, self.held + timedelta(microseconds=1))  # a clock set back never gives the same claim twice
        mine = QuestionImport.objects.filter(pk=self.import_id, state=self.state, claimed_at=self.held)
        if not mine.update(claimed_at=now, **done):
            raise Overtaken
        self.held = now

    def release(self) -> None:
        """Let others have it, if it is still ours."""
        mine = QuestionImport.objects.filter(pk=self.import_id, state=self.state, claimed_at=self.held)
        mine.update(claimed_at=None)


def claim(*, import_id: UUID, state: str, now: datetime, patience: timedelta = timedelta()) -> Claim | None:
    """Take an import that is in ``state`` and that nobody works on (compare-and-set); None when somebody does."""
    free = QuestionImport.objects.filter(waiting(now), pk=import_id, state=state)
    held = now + patience
    with transaction.atomic():
        return Claim(import_id, state, held) if free.update(claimed_at=held) else None


def waiting(now: datetime) -> Q:
    """Return what tells imports that nobody works on."""
    return Q(claimed_at=None) | Q(claimed_at__lt=now - SILENT)
