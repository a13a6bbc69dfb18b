"""Appeals: what they are about, and until when they are taken."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import F, QuerySet

from exams.enums import AppealState, AttemptStatus
from exams.models import Appeal, Attempt, LateAnswer, PaperSlot
from exams.queries.scores import counted_answers
from exams.rules import appeals, grading

from .keys import keyed_papers


def released_at(attempt: Attempt) -> datetime | None:
    """Return since when the candidate may see the result, None while they may not (none or one query)."""
    sitting = attempt.admission.sitting
    if attempt.status != AttemptStatus.GRADED or not sitting.shows_results:
        return None
    return sitting.released_at or attempt.results.order_by("number").values_list("graded_at", flat=True).first()


def open_until(attempt: Attempt) -> datetime | None:
    """Return until when an appeal is taken, None while there is nothing to appeal against (none or one query)."""
    since = released_at(attempt)
    return appeals.closes(released_at=since, days=attempt.admission.sitting.appeal_days) if since else None


def appeals_to_work_on() -> QuerySet[Appeal]:
    """Return all appeals, those that wait first, the oldest of them first (one query)."""
    return Appeal.objects.select_related(
        "attempt__person", "attempt__admission__sitting__rule__operation", "decided_by", "confirmed_by"
    ).order_by(F("decided_at").asc(nulls_first=True), "appealed_at", "pk")


def waiting_appeals() -> int:
    """Return how many appeals nobody has decided (one query)."""
    return Appeal.objects.filter(state=AppealState.OPEN).count()


@dataclass(frozen=True)
class LateEffect:
    """What would come of counting what arrived too late."""

    answers: list[LateAnswer]
    old: Decimal
    new: Decimal
    old_passed: bool
    new_passed: bool


def late_effect(attempt: Attempt) -> LateEffect | None:
    """Return what counting the late answers would change, None where nothing came late (seven queries)."""
    late = list(attempt.late_answers.order_by("slot", "seq"))
    newest = attempt.results.first()
    if not late or newest is None:
        return None
    score = grading.grade(
        slots=keyed_papers([attempt.paper_id])[attempt.paper_id],
        answers=counted_answers([attempt.pk], late=True).get(attempt.pk, {}),
        pass_mark=attempt.admission.sitting.rule.theory_pass_mark,
    )
    return LateEffect(late, newest.score, score.score, newest.passed, score.passed)


def disputed(appeal: Appeal) -> PaperSlot | None:
    """Return the question an appeal is about, with its version and options (two queries)."""
    if appeal.slot is None:
        return None
    slots = PaperSlot.objects.filter(paper=appeal.attempt.paper_id, number=appeal.slot)
    return slots.select_related("version__question__point").prefetch_related("version__options").first()
