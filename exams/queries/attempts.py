"""What the runner, the result page and a candidate's list show."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from accounts.models import Person
from exams.enums import AttemptStatus, QuestionKind
from exams.models import Admission, Answer, Attempt, Certificate, PaperSlot, Result
from exams.rules.breakdown import unpack
from exams.rules.responses import blanks

from .papers import Item, keyed, printed, right_response


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


def pulse(attempt_id: UUID) -> Pulse | None:
    """Return status, deadline and whose page it is (one query)."""
    row = Attempt.objects.filter(pk=attempt_id).values_list("status", "deadline", "lease").first()
    return Pulse(*row) if row else None


def admissions_of(person: Person) -> QuerySet[Admission]:
    """Return a person's standing admissions, newest window first: sitting, attempt, newest result (two queries)."""
    return (
        Admission.objects.filter(person=person, cancelled_at=None)
        .select_related("sitting__rule__operation", "sitting__room__point", "attempt")
        .prefetch_related(Prefetch("attempt__results", Result.objects.order_by("-number")))
        .order_by("-sitting__opens_at", "-pk")
    )


def certificates_of(person: Person) -> QuerySet[Certificate]:
    """Return a person's certificates (one query)."""
    return Certificate.objects.filter(person=person).select_related("rule__operation__category")


@dataclass(frozen=True)
class Reviewed:
    """One graded question: shown only after the result is released."""

    item: Item
    chosen: str
    right: str
    is_right: bool
    explanation: str
    source: str

    @property
    def by_letter(self) -> bool:
        """Say whether letters stand for chosen options, not for an order or a match."""
        return self.item.kind in (QuestionKind.TRUE_FALSE, QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE)


def _readable(response: str) -> str:
    return "；".join(blanks(response)) if response.startswith("[") else response


def review(attempt: Attempt) -> list[Reviewed]:
    """Return every question with the answer given, the right one, the marks got and why (eight queries).

    :raises PermissionError: the result is not released.
    """
    if attempt.status != AttemptStatus.GRADED or not attempt.admission.sitting.shows_results:
        raise PermissionError("the result is not released")
    keys = {slot.number: slot.key for slot in keyed(attempt.paper_id)}
    given = dict(attempt.answers.values_list("slot", "response"))
    result = attempt.results.first()
    awarded = {one.slot: one for one in unpack(result.breakdown)} if result else {}
    notes = {
        number: (explanation, source)
        for number, explanation, source in PaperSlot.objects.filter(paper=attempt.paper_id).values_list(
            "number", "version__explanation", "version__source"
        )
    }
    return [
        Reviewed(
            item,
            _readable(given.get(item.slot, "")),
            right_response(keys[item.slot]),
            item.slot in awarded and awarded[item.slot].awarded == awarded[item.slot].marks,
            *notes[item.slot],
        )
        for item in printed(attempt.paper_id)
    ]
