"""Papers to print: of one candidate, or of all candidates of a sitting in the order of their seats."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet, Sum

from exams.enums import AttemptStatus, QuestionKind
from exams.models import Attempt, PaperSlot, Sitting
from exams.models.attempts import plain

from .papers import Item, keys_of, printed_many


@dataclass(frozen=True)
class Sheet:
    """One candidate's paper with what its head says; ``key`` only where it was asked for."""

    paper: int
    name: str
    ticket: str
    seat: str
    marks: str
    items: list[Item]
    key: dict[int, str]
    words: frozenset[int] = frozenset()  # slots whose key is words, not letters


def on_seats(sitting: Sitting) -> QuerySet[Attempt]:
    """Return the attempts of a sitting in the order of seats, cancelled and void ones left out (one query)."""
    return (
        Attempt.objects.filter(admission__sitting=sitting, admission__cancelled_at=None)
        .exclude(status=AttemptStatus.VOIDED)
        .select_related("admission", "person")
        .order_by(F("admission__seat").asc(nulls_last=True), "admission__ticket")
    )


def sheets(attempts: list[Attempt]) -> list[Sheet]:
    """Return the papers of attempts with their questions, without the key (six queries)."""
    papers = [attempt.paper_id for attempt in attempts]
    return _sheets(attempts, printed_many(papers), {})


def key_sheets(attempts: list[Attempt]) -> list[Sheet]:
    """Return the papers of attempts with their keys, without the questions (five queries)."""
    return _sheets(attempts, {}, keys_of([attempt.paper_id for attempt in attempts]))


def _sheets(attempts: list[Attempt], items: dict, keys: dict) -> list[Sheet]:
    papers = [attempt.paper_id for attempt in attempts]
    words: dict[int, set[int]] = defaultdict(set)
    fill_ins = PaperSlot.objects.filter(paper__in=papers, kind=QuestionKind.FILL_IN).values_list("paper", "number")
    for paper, number in fill_ins:
        words[paper].add(number)
    rows = PaperSlot.objects.filter(paper__in=papers).order_by().values("paper").annotate(full=Sum("marks"))
    marks = dict(rows.values_list("paper", "full"))
    return [
        Sheet(
            paper=attempt.paper_id,
            name=attempt.person.name,
            ticket=attempt.admission.ticket,
            seat=str(attempt.admission.seat or "—"),
            marks=plain(Decimal(marks.get(attempt.paper_id, 0))),
            items=items.get(attempt.paper_id, []),
            key=keys.get(attempt.paper_id, {}),
            words=frozenset(words[attempt.paper_id]),
        )
        for attempt in attempts
    ]
