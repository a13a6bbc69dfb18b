"""What the runner, the result page and a candidate's list show."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from accounts.models import Person
from exams.enums import AttemptStatus
from exams.models import Admission, Answer, Attempt, Certificate, Option, PaperSlot, Result
from exams.rules.composition import LETTERS, shown_letter


@dataclass(frozen=True)
class Choice:
    letter: str
    text: str


@dataclass(frozen=True)
class Item:
    """A question as printed: nothing about the key."""

    slot: int
    kind: str
    stem: str
    options: list[Choice]


def printed(paper_id: int) -> list[Item]:
    """Return the paper's questions in order, without the key (two queries)."""
    options = Prefetch("version__options", Option.objects.only("version_id", "position", "text"))
    slots = (
        PaperSlot.objects.filter(paper=paper_id)
        .select_related("version")
        .only("number", "kind", "order", "version__stem")
        .prefetch_related(options)
    )
    return [Item(slot.number, slot.kind, slot.version.stem, _choices(slot)) for slot in slots]


def _choices(slot: PaperSlot) -> list[Choice]:
    texts = {str(option.position): option.text for option in slot.version.options.all()}
    return [Choice(LETTERS[place], texts[position]) for place, position in enumerate(slot.order)]


def saved_answers(attempt_id: UUID) -> list[dict]:
    """Return the acknowledged answers in slot order (one query)."""
    rows = Answer.objects.filter(attempt=attempt_id).order_by("slot")
    return list(rows.values("slot", "choice", "marked", "seq"))


def key_of(paper_id: int) -> dict[int, str]:
    """Return slot → right letter as shown on this paper (one query)."""
    rows = PaperSlot.objects.filter(paper=paper_id, version__options__is_right=True).values_list(
        "number", "order", "version__options__position"
    )
    return {number: shown_letter(order, position) for number, order, position in rows}


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
    """Return a person's admissions with sitting, attempt and newest result, newest window first (two queries)."""
    return (
        Admission.objects.filter(person=person)
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
    explanation: str
    source: str


def review(attempt: Attempt) -> list[Reviewed]:
    """Return every question with the answer given, the right one and why (four queries).

    :raises PermissionError: the result is not released.
    """
    if attempt.status != AttemptStatus.GRADED:
        raise PermissionError("the result is not released")
    key = key_of(attempt.paper_id)
    given = dict(attempt.answers.values_list("slot", "choice"))
    notes = {
        number: (explanation, source)
        for number, explanation, source in PaperSlot.objects.filter(paper=attempt.paper_id).values_list(
            "number", "version__explanation", "version__source"
        )
    }
    return [
        Reviewed(item, given.get(item.slot, ""), key[item.slot], *notes[item.slot])
        for item in printed(attempt.paper_id)
    ]
