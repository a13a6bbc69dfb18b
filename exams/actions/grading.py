"""Grade a submitted attempt; a regrade appends."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from exams.enums import AttemptStatus
from exams.models import Attempt, Result
from exams.queries.papers import keyed
from exams.rules import grading
from exams.rules.breakdown import pack
from notifications.actions.notices import notify


def grade(*, attempt_id: UUID, now: datetime) -> Result | None:
    """Grade what is submitted and not yet graded; anything else is left as it is. Return the newest result."""
    with transaction.atomic():
        attempt = (
            Attempt.objects.select_for_update(of=("self",))
            .select_related("admission__sitting__rule__operation", "person__user")
            .get(pk=attempt_id)
        )
        if attempt.status == AttemptStatus.SUBMITTED:
            attempt.move_to(AttemptStatus.GRADED)
            attempt.save(update_fields=["status"])
            result = _append_result(attempt, now)
            _tell(attempt, result, now)
            return result
        return attempt.results.first()


def _append_result(attempt: Attempt, now: datetime) -> Result:
    answers = dict(attempt.answers.filter(saved_at__lte=attempt.accepts_until).values_list("slot", "response"))
    score = grading.grade(
        slots=keyed(attempt.paper_id),
        answers=answers,
        pass_mark=attempt.admission.sitting.rule.theory_pass_mark,
    )
    return Result.objects.create(
        attempt=attempt,
        number=attempt.results.count() + 1,
        score=score.score,
        full_marks=score.full_marks,
        breakdown=pack(score.slots),
        passed=score.passed,
        graded_at=now,
    )


def _tell(attempt: Attempt, result: Result, now: datetime) -> None:
    """Tell the candidate, where there is a login to tell and the sitting shows its results."""
    if attempt.person.user is None or not attempt.admission.sitting.shows_results:
        return
    sitting = attempt.admission.sitting
    notify(
        user=attempt.person.user,
        kind="result_released",
        key=f"{attempt.pk}/{result.number}",
        context={"exam": sitting.title, "operation": sitting.rule.operation.name},
        link=reverse("exams:result", args=[attempt.pk]),
        now=now,
    )


def grade_waiting(*, now: datetime) -> int:
    """Grade whatever a lost message left ungraded; return how many."""
    waiting = list(Attempt.objects.filter(status=AttemptStatus.SUBMITTED).values_list("pk", flat=True))
    for pk in waiting:
        grade(attempt_id=pk, now=now)
    return len(waiting)
