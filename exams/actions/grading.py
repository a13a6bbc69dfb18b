"""Grade submitted attempts, one or thousands at once; a regrade appends."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accounts.models import User
from core.actions.tracking import create_all
from exams.enums import AttemptStatus, GradedFor
from exams.models import Attempt, KeyChange, Result
from exams.queries.keys import Parts
from exams.queries.scores import scores_of
from exams.rules.breakdown import pack
from exams.rules.grading import Score
from notifications.actions.notices import notify

AT_ONCE = 200  # attempts a transaction grades: their rows stay locked for about a second


def grade(*, attempt_id: UUID, now: datetime) -> Result | None:
    """Grade what is submitted and not yet graded; anything else is left as it is. Return the newest result."""
    with transaction.atomic():
        list(Attempt.objects.select_for_update().filter(pk=attempt_id))  # another worker is done before we look
        _grade_submitted([attempt_id], {}, now)
    return Result.objects.filter(attempt=attempt_id).first()


def grade_waiting(*, now: datetime) -> int:
    """Grade all that is submitted, the oldest first, by batches; return how many.

    What another worker holds is left to it. The options of a version are read once for all batches.
    """
    graded, parts = 0, {}
    while batch := _grade_batch(parts, now):
        graded += batch
    return graded


def _grade_batch(parts: Parts, now: datetime) -> int:
    with transaction.atomic():
        waiting = Attempt.objects.filter(status=AttemptStatus.SUBMITTED).order_by("submitted_at", "pk")
        locked = list(waiting.select_for_update(skip_locked=True).values_list("pk", flat=True)[:AT_ONCE])
        return _grade_submitted(locked, parts, now)


def _grade_submitted(attempt_ids: Sequence[UUID], parts: Parts, now: datetime) -> int:
    """Grade those of the locked attempts that are submitted; the keys are read under the lock (see ``regrading``)."""
    attempts = list(
        Attempt.objects.filter(pk__in=attempt_ids, status=AttemptStatus.SUBMITTED).select_related(
            "admission__sitting__rule__operation", "person__user"
        )
    )
    if not attempts:
        return 0
    for attempt in attempts:
        attempt.move_to(AttemptStatus.GRADED)
    results = append_results(attempts, scores_of(attempts, parts=parts), reason=GradedFor.SUBMISSION, now=now)
    Attempt.objects.filter(pk__in=[attempt.pk for attempt in attempts]).update(status=AttemptStatus.GRADED)
    for attempt, result in zip(attempts, results, strict=True):
        _tell(attempt, result, now)
    return len(attempts)


def append_results(
    attempts: Sequence[Attempt],
    scores: Mapping[UUID, Score],
    *,
    reason: GradedFor,
    key_change: KeyChange | None = None,
    by: User | None = None,
    now: datetime,
) -> list[Result]:
    """Store one more result for each attempt, in their order; those before stay (three statements).

    The caller holds the attempts' rows, so that no two results take one number.
    """
    last = dict(
        Result.objects.filter(attempt__in=attempts).order_by().values_list("attempt").annotate(last=Max("number"))
    )
    return create_all(
        [
            Result(
                attempt=attempt,
                number=last.get(attempt.pk, 0) + 1,
                reason=reason,
                key_change=key_change,
                score=scores[attempt.pk].score,
                full_marks=scores[attempt.pk].full_marks,
                breakdown=pack(scores[attempt.pk].slots),
                passed=scores[attempt.pk].passed,
                graded_at=now,
            )
            for attempt in attempts
        ],
        by=by,
    )


def _tell(attempt: Attempt, result: Result, now: datetime) -> None:
    """Tell the candidate, where there is a login to tell and the sitting shows its results."""
    if attempt.person.user is None or not attempt.admission.sitting.shows_results:
        return
    tell_result(attempt=attempt, key=f"{attempt.pk}/{result.number}", kind="result_released", now=now)


def tell_result(*, attempt: Attempt, key: str, kind: str, now: datetime) -> None:
    """Tell the candidate where their result is; once for each ``key``."""
    sitting = attempt.admission.sitting
    notify(
        user=attempt.person.user,
        kind=kind,
        key=key,
        context={"exam": sitting.title, "operation": sitting.rule.operation.name},
        link=reverse("exams:result", args=[attempt.pk]),
        now=now,
    )
