"""An officer releases the results of a sitting, once and for good; then everybody is told."""

from datetime import datetime

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from clients.actions.happenings import announce
from clients.enums import HappeningKind
from core.nudging import nudge_on_commit
from exams.enums import AttemptStatus
from exams.models import Attempt, Sitting

from .grading import tell_result

UNFINISHED = (AttemptStatus.SCHEDULED, AttemptStatus.IN_PROGRESS, AttemptStatus.SUBMITTED)


class NotAnOfficer(Exception):
    """Only an exam officer works on results."""


class NotReady(Exception):
    """Somebody has not sat, is sitting, or is not graded; ``waiting`` says how many."""

    def __init__(self, waiting: int):
        super().__init__(f"{waiting} attempts are not closed and graded")
        self.waiting = waiting


class NothingToRelease(Exception):
    """Nobody was graded in this sitting."""


def release(*, sitting_id: int, by: User, now: datetime) -> Sitting:
    """Show the sitting's results to its candidates; a second time changes nothing, and there is no way back.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises NotReady: an attempt is not closed and graded yet.
    :raises NothingToRelease: nobody was graded.
    """
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer
    with transaction.atomic():
        sitting = Sitting.objects.select_for_update().get(pk=sitting_id)  # nobody is admitted meanwhile
        if sitting.released_at:
            return sitting
        attempts = Attempt.objects.filter(admission__sitting=sitting)
        if waiting := attempts.filter(status__in=UNFINISHED).count():
            raise NotReady(waiting)
        if not attempts.filter(status=AttemptStatus.GRADED).exists():
            raise NothingToRelease
        sitting.released_at, sitting.released_by = now, by
        sitting.save(update_fields=["released_at", "released_by"])
        nudge_on_commit("exams.tasks.after_release", sitting_id=sitting_id)
        announce(kind=HappeningKind.RESULTS_RELEASED, data={"sitting": sitting_id}, now=now)
    return sitting


def tell_released(*, sitting_id: int, now: datetime) -> int:
    """Tell every candidate of a released sitting who has a login; again tells nobody twice. Return how many."""
    sitting = Sitting.objects.get(pk=sitting_id)
    if sitting.released_at is None or sitting.results_told_at:
        return 0
    attempts = Attempt.objects.filter(
        admission__sitting=sitting, status=AttemptStatus.GRADED, person__user__isnull=False
    ).select_related("person__user", "admission__sitting__rule__operation")
    told = 0
    for attempt in attempts:
        tell_result(attempt=attempt, key=f"{attempt.pk}/1", kind="result_released", now=now)
        told += 1
    Sitting.objects.filter(pk=sitting_id).update(results_told_at=now)
    return told


def tell_all_released(*, now: datetime) -> int:
    """Tell what a lost message left untold; return of how many sittings."""
    left = Sitting.objects.filter(released_at__isnull=False, results_told_at=None)
    return sum(1 for pk in left.values_list("pk", flat=True) if tell_released(sitting_id=pk, now=now) is not None)
