"""An exam officer approves all of an import that another person brought; a worker does it, batch by batch."""

import logging
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core.actions.auditing import record, record_all
from core.enums import Deed
from core.nudging import nudge_on_commit
from exams.actions import bank, duplicates
from exams.enums import ImportState
from exams.models import Question, QuestionImport, QuestionVersion

from .claiming import Claim, Clock, Overtaken, claim
from .deciding import WrongState

log = logging.getLogger(__name__)
VERSIONS_AT_ONCE = 500


def approve_all(*, import_id, by: User, now: datetime) -> QuestionImport:
    """Have every version of the import approved that nobody decided on; again is harmless.

    :raises exams.actions.bank.NotAnApprover: ``by`` lacks the role or brought it.
    :raises WrongState: it was not taken in.
    """
    with transaction.atomic():
        batch = QuestionImport.objects.select_for_update().get(pk=import_id)
        if not has_role(by, Role.EXAM_OFFICER) or batch.uploaded_by_id == by.pk:
            raise bank.NotAnApprover
        if batch.state != ImportState.DONE:
            raise WrongState
        if batch.approval_by_id is None:
            batch.approval_by, batch.approval_at = by, now
            batch.save(update_fields=["approval_by", "approval_at"])
            record(deed=Deed.APPROVED, target=batch, after={"questions": undecided(batch).count()}, by=by, now=now)
        nudge_on_commit("exams.tasks.approve_questions", import_id=str(batch.pk))
    return batch


def undecided(batch: QuestionImport) -> QuerySet[QuestionVersion]:
    """Return the import's versions that nobody approved or returned."""
    items = batch.items.filter(is_new=True).values("version")
    return QuestionVersion.objects.filter(pk__in=items, approved_at=None, returned_at=None)


def go_on(*, import_id: UUID, clock: Clock) -> None:
    """Approve what an officer asked for, if nobody does; again, late, or twice at once is harmless."""
    mine = claim(import_id=import_id, state=ImportState.DONE, now=clock())
    if mine is None:
        return
    batch = QuestionImport.objects.select_related("approval_by").get(pk=import_id)
    try:
        while batch.approval_by and has_role(batch.approval_by, Role.EXAM_OFFICER):
            if not _approve_some(mine, batch, clock()):
                break
    except Overtaken:
        log.info("import %s: another worker has it", import_id)
    finally:
        mine.release()


def _approve_some(mine: Claim, batch: QuestionImport, now: datetime) -> bool:
    with transaction.atomic():
        mine.beat(now)
        versions = list(
            undecided(batch)
            .exclude(written_by=batch.approval_by)
            .select_for_update(of=("self",))
            .select_related("question__current")
            .order_by("pk")[:VERSIONS_AT_ONCE]
        )
        if not versions:
            duplicates.want_some_time(operations=[batch.operation_id], now=now)
            return False
        alone = [version for version in versions if version.case_version_id is None]
        _approve(alone, batch.approval_by, now)
        for version in versions:  # the others of its case may have to come along
            if version.case_version_id is not None:
                bank.approve(version_id=version.pk, by=batch.approval_by, now=now)
        batch.approved += len(versions)
        mine.beat(now, approved=batch.approved)
    return True


def _approve(versions: Sequence[QuestionVersion], by: User, now: datetime) -> None:
    """Approve many in four statements, each with its entry."""
    keys = [version.pk for version in versions]
    QuestionVersion.objects.filter(pk__in=keys).update(approved_by=by, approved_at=now)
    newer = [one for one in versions if not one.question.current or one.question.current.number < one.number]
    for version in newer:
        version.question.current = version
    Question.objects.bulk_update([version.question for version in newer], ["current"])
    said = [(version, str(version), {"approved_by": str(by)}) for version in versions]
    record_all(deed=Deed.APPROVED, rows=said, by=by, now=now)
