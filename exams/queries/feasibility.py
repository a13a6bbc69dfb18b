"""Whether a blueprint can be filled, told before it is saved: what each row wants and finds, and what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from exams.enums import SourceStatus
from exams.models import Blueprint, BlueprintRow, KnowledgePoint, OperationRule, Question
from exams.rules.blueprints import Plan, Row
from exams.rules.pools import Pool
from exams.rules.shortages import Lack, Shortage, found, shortages

from .drawable import drawable, plan_of


@dataclass(frozen=True)
class RowReport:
    """One row: so many ``wanted``, so many ``there``; of its questions those ``stale``, and those still unapproved.

    Stale ones cite a law that no longer holds and may be drawn; unapproved ones may not and are not in ``there``.
    """

    number: int
    wanted: int
    there: int
    unapproved: int
    stale: int

    @property
    def enough(self) -> bool:
        """Say whether the row alone finds enough."""
        return self.there >= self.wanted


@dataclass(frozen=True)
class Feasibility:
    """The report: ``problems`` in words, none if a paper can be drawn; how long and how many marks a paper is.

    Least and most differ where cases of different lengths may be drawn. ``minutes`` are those of the rules in force
    last, 0 where the operation has none.
    """

    rows: tuple[RowReport, ...]
    problems: tuple[str, ...]
    questions: tuple[int, int]
    marks: tuple[Decimal, Decimal]
    minutes: int

    @property
    def seconds_each(self) -> int:
        """Return how long a candidate has for one question."""
        return self.minutes * 60 // self.questions[1] if self.questions[1] else 0


def feasibility(blueprint: Blueprint, rows: Iterable[BlueprintRow] | None = None) -> Feasibility:
    """Report on a blueprint with its stored rows, or with rows not yet saved (eight queries, nine with stored rows)."""
    plan = plan_of(blueprint, rows)
    bank = drawable(blueprint.operation_id).bank
    pool = Pool(plan, bank)
    stale = set(_stale(blueprint.operation_id).values_list("pk", flat=True))
    waiting = list(_unapproved(blueprint.operation_id))
    reports = [
        RowReport(
            number + 1,
            row.count,
            there,
            _fitting_unapproved(row, waiting),
            len(stale & _drawn_by(pool, number)),
        )
        for number, (row, there) in enumerate(zip(plan.rows, found(pool), strict=True))
    ]
    lengths = [_lengths(pool, number) for number in range(len(plan.rows))]
    rule = OperationRule.objects.filter(operation=blueprint.operation_id).order_by("-scheme__effective_from").first()
    return Feasibility(
        rows=tuple(reports),
        problems=tuple(in_words(shortages(plan, bank), blueprint.operation_id)),
        questions=(sum(least for least, _most in lengths), sum(most for _least, most in lengths)),
        marks=(_marks(plan, [least for least, _most in lengths]), _marks(plan, [most for _least, most in lengths])),
        minutes=rule.theory_minutes if rule else 0,
    )


def in_words(lacking: Sequence[Shortage], operation_id: int) -> list[str]:
    """Say what is missing; rows count from 1 (one query if points are missing)."""
    wanted_points = {point for one in lacking for point in one.points}
    points = KnowledgePoint.objects.filter(operation=operation_id, pk__in=wanted_points) if wanted_points else []
    names = {point.pk: str(point) for point in points}
    return [_sentence(one, names) for one in lacking]


def _sentence(one: Shortage, names: dict[int, str]) -> str:
    said = {
        "rows": "、".join(str(row + 1) for row in one.rows),
        "wanted": one.wanted,
        "there": one.there,
        "points": "、".join(names.get(point, str(point)) for point in one.points),
    }
    sentences = {
        Lack.ROW: _("Row %(rows)s wants %(wanted)s, the bank has %(there)s that fit."),
        Lack.TOGETHER: _("Rows %(rows)s draw from the same questions: together they want %(wanted)s of %(there)s."),
        Lack.POINT: _("No row finds a question of these knowledge points: %(points)s."),
        Lack.NEAR_DUPLICATES: _("Without two near-duplicates on a paper at most %(there)s of %(wanted)s are left."),
        Lack.COVERAGE: _("The rows cannot take a question of each of the %(wanted)s knowledge points at once."),
    }
    return sentences[one.lack] % said


def _drawn_by(pool: Pool, number: int) -> set[int]:
    singles = {question for question, rows in pool.fits.items() if number in rows}
    return singles | {one.question for whole in pool.wholes if number in whole.rows for one in whole.members}


def _lengths(pool: Pool, number: int) -> tuple[int, int]:
    """Return the fewest and the most questions that a row brings onto a paper."""
    row = pool.plan.rows[number]
    if not row.cases:
        return row.count, row.count
    sizes = sorted(len(whole.members) for whole in pool.wholes if number in whole.rows)
    return sum(sizes[: row.count]), sum(sizes[-row.count :])


def _marks(plan: Plan, counts: Sequence[int]) -> Decimal:
    return sum((row.marks * count for row, count in zip(plan.rows, counts, strict=True)), Decimal(0))


def _stale(operation_id: int) -> QuerySet[Question]:
    ended = (SourceStatus.SUPERSEDED, SourceStatus.REPEALED)
    return Question.objects.filter(
        point__operation=operation_id, retired_at=None, current__cites__status__in=ended
    ).distinct()


def _unapproved(operation_id: int) -> QuerySet:
    """Return what is written and waits for its first approval."""
    return Question.objects.filter(point__operation=operation_id, retired_at=None, current=None).values_list(
        "kind", "point_id", "difficulty", "case_id", F("case__point"), named=True
    )


def _fitting_unapproved(row: Row, waiting: Sequence) -> int:
    return sum(
        bool(one.case_id) == row.cases
        and (not row.kind or one.kind == row.kind)
        and row.easiest <= one.difficulty <= row.hardest
        and (row.points is None or (one.case__point if row.cases else one.point_id) in row.points)
        for one in waiting
    )
