"""From stored results to the figures of sittings, questions and points."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import numpy as np
from django.db.models import Count, Q, QuerySet

from exams.enums import AttemptStatus, SittingKind
from exams.models import Attempt, QuestionVersion, Result, Sitting
from exams.rules import statistics
from exams.rules.advice import Advice, on_question, on_test
from exams.rules.scoring import random_guess
from exams.rules.statistics import Marks, OptionCount, PointFigures, QuestionFigures, WholeTest

from .keys import parts_of_versions
from .released import newest_results, released

BARS = 20


def results_of(sitting_ids: Collection[int]) -> QuerySet[Result]:
    """Return the newest results of the graded attempts of these sittings that say what each slot got."""
    return (
        newest_results()
        .filter(attempt__admission__sitting__in=sitting_ids, attempt__status=AttemptStatus.GRADED, full_marks__gt=0)
        .exclude(breakdown=b"")
    )


def marks_of(sitting_ids: Collection[int]) -> Marks:
    """Return what every slot got in these sittings (one query)."""
    return statistics.gather([bytes(packed) for packed in results_of(sitting_ids).values_list("breakdown", flat=True)])


@dataclass(frozen=True)
class QuestionRow:
    """One version in the report: what it is, its figures, and what they ask for."""

    version: QuestionVersion
    figures: QuestionFigures
    advice: Sequence[Advice]

    @property
    def facility(self) -> float:
        """The facility index in per cent."""
        return 100 * self.figures.facility

    @property
    def sd(self) -> float | None:
        """The standard deviation in per cent of the marks, as Moodle's report shows it."""
        figures = self.figures
        return 100 * figures.sd / figures.marks if figures.sd is not None and figures.marks else None

    @property
    def random_guess(self) -> float | None:
        """The random guess score in per cent."""
        return None if self.figures.random_guess is None else 100 * self.figures.random_guess


@dataclass(frozen=True)
class PointRow:
    name: str
    figures: PointFigures

    @property
    def facility(self) -> float:
        """The facility index in per cent."""
        return 100 * self.figures.facility


@dataclass(frozen=True)
class Report:
    """All figures of a sitting. ``bars`` counts candidates by twentieths of the full marks."""

    whole: WholeTest
    full_marks: Decimal | None
    passed: int
    questions: list[QuestionRow]
    points: list[PointRow]
    bars: list[tuple[str, int]]
    advice: list[Advice]


def report(sitting_ids: Collection[int]) -> Report:
    """Return the figures of these sittings together (three queries)."""
    rows = list(results_of(sitting_ids).values_list("breakdown", "score", "full_marks", "passed"))
    marks = statistics.gather([bytes(row[0]) for row in rows])
    versions = _versions(np.unique(marks.version).tolist())
    whole = statistics.whole_test(marks)
    full = {row[2] for row in rows}
    return Report(
        whole=whole,
        full_marks=full.pop() if len(full) == 1 else None,
        passed=sum(row[3] for row in rows),
        questions=_question_rows(marks, versions),
        points=_point_rows(marks, versions),
        bars=_bars([float(score / full_marks) for _, score, full_marks, _ in rows]),
        advice=on_test(whole),
    )


def figures_of(marks: Marks) -> list[QuestionFigures]:
    """Return the figures of every version in ``marks`` (two queries)."""
    versions = _versions(np.unique(marks.version).tolist())
    return statistics.questions(marks, guesses=_guesses(versions))


def _versions(ids: Collection[int]) -> dict[int, QuestionVersion]:
    return QuestionVersion.objects.select_related("question__point").in_bulk(ids)


def _guesses(versions: dict[int, QuestionVersion]) -> dict[int, float | None]:
    parts = parts_of_versions(versions.keys())
    return {pk: random_guess(version.question.kind, parts[pk]) for pk, version in versions.items()}


def _question_rows(marks: Marks, versions: dict[int, QuestionVersion]) -> list[QuestionRow]:
    found = statistics.questions(marks, guesses=_guesses(versions))
    return [QuestionRow(versions[one.version], one, on_question(one)) for one in found]


def _point_rows(marks: Marks, versions: dict[int, QuestionVersion]) -> list[PointRow]:
    point_of = {pk: version.question.point_id for pk, version in versions.items()}
    names = {version.question.point_id: str(version.question.point) for version in versions.values()}
    rows = [PointRow(names[one.point], one) for one in statistics.points(marks, point_of=point_of)]
    return sorted(rows, key=lambda row: row.name)


def _bars(shares: Sequence[float]) -> list[tuple[str, int]]:
    edges = [100 * at // BARS for at in range(BARS + 1)]
    counts = [0] * BARS
    for share in shares:
        counts[min(int(share * BARS), BARS - 1)] += 1
    return [(f"{low}–{high}", count) for (low, high), count in zip(pairwise(edges), counts, strict=True)]


def option_counts(sitting_ids: Collection[int], version_id: int) -> list[OptionCount]:
    """Return how often each option of a version was chosen in these sittings (one query)."""
    return statistics.options(marks_of(sitting_ids)).get(version_id, [])


def sittings_with_results() -> QuerySet[Sitting]:
    """Return sittings that anybody sat, mock exams left out, the newest first, with counts (one query).

    ``scheduled`` have not sat yet, ``sitting_now`` are at it, ``submitted`` wait for their grade.
    """
    counts = {
        "scheduled": AttemptStatus.SCHEDULED,
        "sitting_now": AttemptStatus.IN_PROGRESS,
        "submitted": AttemptStatus.SUBMITTED,
        "graded": AttemptStatus.GRADED,
        "absent": AttemptStatus.ABSENT,
    }
    counted = {
        name: Count("admissions", filter=Q(admissions__attempt__status=status)) for name, status in counts.items()
    }
    return (
        Sitting.objects.exclude(kind=SittingKind.MOCK)
        .annotate(**counted)
        .filter(Q(graded__gt=0) | Q(submitted__gt=0) | Q(sitting_now__gt=0))
        .select_related("rule__operation", "room__point", "released_by")
        .order_by("-opens_at", "-pk")
    )


def state_of(sitting: Sitting) -> str:
    """Return running, to_grade, to_release or released, for a row of ``sittings_with_results``."""
    if sitting.shows_results and sitting.graded:
        return "released"
    if sitting.scheduled or sitting.sitting_now:
        return "running"
    return "to_grade" if sitting.submitted else "to_release"


def counted_sittings(operation_id: int) -> QuerySet[Sitting]:
    """Return the released sittings of an operation that a question's figures over all sittings are taken from."""
    return Sitting.objects.filter(released(), rule__operation=operation_id).exclude(kind=SittingKind.MOCK)


def results_in(sitting_id: int) -> QuerySet[Attempt]:
    """Return the graded attempts of a sitting with person, seat and results, by seat (two queries)."""
    return (
        Attempt.objects.filter(admission__sitting=sitting_id, status=AttemptStatus.GRADED)
        .select_related("person", "admission")
        .prefetch_related("results")
        .order_by("admission__seat", "pk")
    )
