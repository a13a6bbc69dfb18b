"""What the runner and a candidate's list show."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from accounts.models import Person
from exams.enums import AttemptStatus
from exams.models import Admission, Answer, Attempt, Certificate, Result

from .papers import printed  # noqa: F401  (the runner reads it from here)


def saved_answers(attempt_id: UUID) -> list[dict]:
    """Return the acknowledged answers in slot order (one query)."""
    rows = Answer.objects.filter(attempt=attempt_id).order_by("slot")
    return list(rows.values("slot", "response", "marked", "seq"))


@dataclass(frozen=True)
class Pulse:
    """What a running page asks every half minute."""

    status: str
    deadline: datetime
    lease: str
    paused_at: datetime | None
    sitting_id: int


def pulse(attempt_id: UUID) -> Pulse | None:
    """Return status, clock, whose page it is and in which sitting (one query)."""
    fields = ("status", "deadline", "lease", "paused_at", "admission__sitting")
    row = Attempt.objects.filter(pk=attempt_id).values_list(*fields).first()
    return Pulse(*row) if row else None


def sitting_of(attempt_id: UUID) -> int:
    """Return the number of the attempt's sitting (one query)."""
    return Attempt.objects.values_list("admission__sitting", flat=True).get(pk=attempt_id)


def waits_for_its_grade(attempt_id: UUID) -> bool:
    """Say whether an attempt is handed in and not graded (one query)."""
    return Attempt.objects.filter(pk=attempt_id, status=AttemptStatus.SUBMITTED).exists()


def admissions_of(person: Person) -> QuerySet[Admission]:
    """Return a person's standing admissions, newest window first: sitting, attempt, newest result (two queries)."""
    return (
        Admission.objects.filter(person=person, cancelled_at=None)
        .select_related("sitting__rule__operation", "sitting__room__point", "attempt")
        .prefetch_related(Prefetch("attempt__results", Result.objects.order_by("-number")))
        .order_by("-sitting__opens_at", "-pk")
    )


def certificates_of(person: Person) -> QuerySet[Certificate]:
    """Return a person's certificates, of replaced ones only what took their place (one query)."""
    return Certificate.objects.filter(person=person, replaced_at=None).select_related("rule__operation__category")
