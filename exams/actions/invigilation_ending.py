"""How an invigilator ends an attempt: hand it in for the candidate, or void it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from exams.enums import AttemptStatus
from exams.models import Attempt, Certificate
from exams.models.attempts import IllegalMove
from exams.pushing import push_on_commit

from . import attempts
from .invigilation import NotPossible, locked, must_be_on_duty, note_change


def force_submit(*, attempt_id: UUID, sitting_id: int, reason: str, by: User, now: datetime) -> Attempt:
    """Hand the attempt in with what was saved; one that was handed in already keeps its receipt.

    :raises NotOnDuty, Attempt.DoesNotExist: not there to decide, not of this sitting.
    :raises NotPossible: it never began, or was voided.
    """
    with transaction.atomic():
        must_be_on_duty(sitting_id, by)
        attempt = locked(attempt_id, sitting_id=sitting_id)
        if attempt.receipt:  # the candidate or the sweep was faster
            return attempt
        if attempt.status != AttemptStatus.IN_PROGRESS:
            raise NotPossible
        attempts.close(attempt, now=now)
        note_change(attempt, after={"status": str(attempt.status)}, reason=reason, by=by, now=now)
        push_on_commit(sitting_id)
    return attempt


def void(*, attempt_id: UUID, sitting_id: int, reason: str, by: User, now: datetime) -> Attempt:
    """Take the attempt out of the counting; nothing of it is removed, and it never comes back.

    :raises NotOnDuty, Attempt.DoesNotExist: not there to decide, not of this sitting.
    :raises NotPossible: it is voided or absent already, a certificate rests on it, or its result is known to the
        candidate and ``by`` is no exam officer.
    """
    with transaction.atomic():
        sitting = must_be_on_duty(sitting_id, by)
        attempt = locked(attempt_id, sitting_id=sitting_id)
        known = attempt.status == AttemptStatus.GRADED and sitting.shows_results
        if known and not has_role(by, Role.EXAM_OFFICER):
            raise NotPossible
        if Certificate.objects.filter(theory=attempt).exists():
            raise NotPossible
        before = attempt.status
        try:
            attempt.move_to(AttemptStatus.VOIDED)
        except IllegalMove as error:
            raise NotPossible from error
        attempt.save(update_fields=["status"])
        note_change(attempt, before={"status": str(before)}, after={"status": "voided"}, reason=reason, by=by, now=now)
        push_on_commit(sitting_id)
    return attempt
