"""What a change of a key does to results: reckoned before it is approved, and the same way when it is applied."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Case, QuerySet, When

from exams.enums import AttemptStatus
from exams.models import Attempt, KeyChange, PaperSlot, QuestionVersion, Result
from exams.rules.breakdown import SlotMark, unpack
from exams.rules.grading import KeyedSlot, Score, mark, summed
from exams.rules.rekeying import rekeyed
from exams.rules.scoring import Key

from .keys import changes_of, parts_of_versions
from .released import newest_results
from .scores import counted_answers

AT_ONCE = 500


@dataclass(frozen=True)
class Difference:
    """One attempt whose marks change: its newest result and what it would be; ``attempt`` has person and sitting."""

    attempt: Attempt
    old: Result
    new: Score

    @property
    def turns(self) -> bool:
        """Say whether a pass becomes a fail, or a fail a pass."""
        return self.old.passed != self.new.passed


def versions_of(change: KeyChange) -> list[int]:
    """Return the versions a change concerns (none or one query)."""
    if change.version_id:
        return [change.version_id]
    return list(QuestionVersion.objects.filter(question=change.question_id).values_list("pk", flat=True))


def attempts_with(versions: Collection[int]) -> list[UUID]:
    """Return the attempts on whose papers a version stands, closed and perhaps graded, in one order (one query)."""
    closed = (AttemptStatus.SUBMITTED, AttemptStatus.GRADED)
    rows = Attempt.objects.filter(status__in=closed, paper__slots__version__in=versions)
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct())


def differences(change: KeyChange) -> list[Difference]:
    """Return whose marks change if ``change`` holds from now on (eight queries for each 500 attempts)."""
    ids = attempts_with(versions_of(change))
    return [
        one for start in range(0, len(ids), AT_ONCE) for one in differences_of(ids[start : start + AT_ONCE], change)
    ]


def differences_of(attempt_ids: Sequence[UUID], change: KeyChange) -> Iterator[Difference]:
    """Yield those of the attempts whose marks the change changes; every other slot stays as it was graded."""
    versions = versions_of(change)
    changes = changes_of(versions, also=None if change.approved_at else change)
    parts = parts_of_versions(versions)
    slots = _slots(attempt_ids, versions)
    answers = counted_answers(attempt_ids)
    newest = newest_results().filter(attempt__in=attempt_ids, attempt__status=AttemptStatus.GRADED)
    for result in newest.select_related("attempt__person__user", "attempt__admission__sitting__rule__operation"):
        again = {}
        for number, version, kind, order, marks, scoring in slots[result.attempt_id]:
            slot = KeyedSlot(number, version, marks, Key(kind, parts[version], order, scoring))
            response = answers.get(result.attempt_id, {}).get(number, "")
            again[number] = mark(rekeyed(slot, changes.get(version, ())), response)
        score = _with(result, again)
        if score is not None:
            yield Difference(result.attempt, result, score)


def _slots(attempt_ids: Sequence[UUID], versions: Collection[int]) -> dict[UUID, list[tuple]]:
    slots = {attempt: [] for attempt in attempt_ids}
    rows = PaperSlot.objects.filter(paper__attempt__in=attempt_ids, version__in=versions)
    names = ("paper__attempt", "number", "version_id", "kind", "order", "marks", "scoring")
    for attempt, *slot in rows.values_list(*names):
        slots[attempt].append(slot)
    return slots


def _with(result: Result, again: dict[int, SlotMark]) -> Score | None:
    """Return the score with these slots marked again, None where no mark changes."""
    old = unpack(result.breakdown)
    new = tuple(replace(one, awarded=again[one.slot].awarded) if one.slot in again else one for one in old)
    if new == tuple(old):
        return None
    return summed(new, pass_mark=result.attempt.admission.sitting.rule.theory_pass_mark)


def key_changes_to_look_at() -> QuerySet[KeyChange]:
    """Return all changes of keys, those that wait for an approval first (one query)."""
    decided = Case(When(approved_at=None, refused_at=None, then=0), default=1)
    people = ("proposed_by", "approved_by", "refused_by")
    return KeyChange.objects.select_related("question__point", "version", *people).order_by(
        decided, "-proposed_at", "-pk"
    )


def changed_results(change: KeyChange) -> list[Difference]:
    """Return what an approved change appended so far, beside the result before (two queries)."""
    appended = list(change.results.select_related("attempt__person", "attempt__admission__sitting").order_by("attempt"))
    before = {
        (result.attempt_id, result.number): result
        for result in Result.objects.filter(attempt__in=[one.attempt_id for one in appended])
    }
    return [
        Difference(
            one.attempt,
            before[one.attempt_id, one.number - 1],
            Score(one.score, one.full_marks, one.passed, ()),
        )
        for one in appended
    ]
