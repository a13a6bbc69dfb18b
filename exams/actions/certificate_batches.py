"""Issue many certificates: the lines of a batch are the queue, and a worker that is killed leaves them as they are."""

import logging
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core import actor
from core.nudging import nudge_on_commit
from exams.enums import BatchLineState, BatchState
from exams.models import CertificateBatch, CertificateBatchLine
from exams.queries.practicals import awaiting_certificate

from .certificates import NotACertifier, NotPassed, issue
from .claiming import Claim, Clock, Overtaken, claim, free_at

log = logging.getLogger(__name__)
MOST = 5000


class NothingToIssue(Exception):
    """None of the chosen waits for a certificate."""


def open_batch(*, practical_ids: Collection[int] | None, by: User, now: datetime) -> CertificateBatch:
    """Put the chosen practicals, or all that wait (None; at most MOST), into a batch that a worker issues.

    :raises NotACertifier: ``by`` lacks the role.
    :raises NothingToIssue: none of them waits for a certificate.
    """
    if not has_role(by, Role.CERTIFIER):
        raise NotACertifier
    waiting = awaiting_certificate().order_by("taken_at", "pk")
    if practical_ids is not None:
        waiting = waiting.filter(pk__in=list(practical_ids))
    found = list(waiting.values_list("pk", flat=True)[:MOST])
    if not found:
        raise NothingToIssue
    with transaction.atomic():
        batch = CertificateBatch.objects.create(created_by=by, created_at=now, total=len(found))
        CertificateBatchLine.objects.bulk_create(CertificateBatchLine(batch=batch, practical_id=pk) for pk in found)
        nudge_on_commit("exams.tasks.issue_batch", batch_id=str(batch.pk))
    return batch


def work(*, batch_id: UUID, clock: Clock) -> None:
    """Issue what waits in the batch if nobody does; again, late, or twice at once is harmless."""
    mine = claim(CertificateBatch, batch_id, state=BatchState.WAITING, now=clock())
    if mine is None:
        return
    by = CertificateBatch.objects.select_related("created_by").get(pk=batch_id).created_by
    who = actor.current(by)
    try:
        with actor.acting(lambda: who):
            waiting = CertificateBatchLine.objects.filter(batch=batch_id, state=BatchLineState.WAITING)
            for pk, practical_id in list(waiting.values_list("pk", "practical_id")):
                _issue_line(mine, pk, practical_id, by, clock())
            mine.beat(clock(), state=BatchState.DONE, finished_at=clock())
    except Overtaken:
        log.info("batch %s: another worker has it", batch_id)


def _issue_line(mine: Claim, pk: int, practical_id: int, by: User, now: datetime) -> None:
    """Issue one certificate and note it in its line, all or nothing."""
    with transaction.atomic():
        mine.beat(now)  # first: who is overtaken stops here
        line = CertificateBatchLine.objects.filter(pk=pk)
        try:
            with transaction.atomic():
                certificate = issue(practical_id=practical_id, by=by, now=now)
        except NotACertifier:
            line.update(state=BatchLineState.REFUSED, reason="own")
        except NotPassed:
            line.update(state=BatchLineState.REFUSED, reason="not_passed")
        else:
            line.update(state=BatchLineState.ISSUED, certificate=certificate)


def carry_on(*, clock: Clock) -> int:
    """Go on with each batch that waits for a worker; return how many there were."""
    waiting = CertificateBatch.objects.filter(free_at(clock()), state=BatchState.WAITING).order_by("created_at")
    found = list(waiting.values_list("pk", flat=True))
    for pk in found:
        work(batch_id=pk, clock=clock)
    return len(found)
