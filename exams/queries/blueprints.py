"""Blueprints as officers see them: the list, trial papers compared, and one paper as candidates would see it."""

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from exams.models import Blueprint, BlueprintRow, KnowledgePoint, Paper, PaperSlot, QuestionVersion
from exams.rules.composition import Composer
from exams.rules.parallel_forms import ParallelForms, parallel_forms

from .drawable import drawable, plan_of
from .papers import Item, item_of, with_case_and_media

TRIALS = 200
FIRST_TRIAL = 1  # trial papers are always the same ones, so that two blueprints compare


def blueprints() -> QuerySet[Blueprint]:
    """Return all blueprints with ``rows_count``, ``papers_count`` and ``questions``, those in use first (one query)."""

    def per_blueprint(model, figure):
        found = model.objects.filter(blueprint=OuterRef("pk")).order_by().values("blueprint").annotate(figure=figure)
        return Coalesce(Subquery(found.values("figure"), output_field=IntegerField()), 0)

    return (
        Blueprint.objects.select_related("operation")
        .annotate(
            rows_count=per_blueprint(BlueprintRow, Count("pk")),
            questions=per_blueprint(BlueprintRow, Sum("count")),
            papers_count=per_blueprint(Paper, Count("pk")),
        )
        .order_by("retired_at", "operation__category__number", "operation__number", "name", "pk")
    )


def has_papers(blueprint: Blueprint) -> bool:
    """Say whether papers were drawn from it, so that it is copied, never edited (one query)."""
    return blueprint.papers.exists()


@dataclass(frozen=True)
class PointCovered:
    """A knowledge point: on which share of papers, in per cent, with how many questions on average."""

    name: str
    percent: float
    questions: float


@dataclass(frozen=True)
class Trial:
    """The figures of trial papers, the points by name, and the questions used most, by code."""

    figures: ParallelForms
    points: list[PointCovered]


def trial(blueprint: Blueprint, papers: int = TRIALS) -> Trial:
    """Draw ``papers`` trial papers, store none, and compare them (seven queries).

    :raises BankTooSmall: no paper can be drawn.
    """
    source = drawable(blueprint.operation_id)
    composer = Composer(plan_of(blueprint), source.bank, source.times_drawn)
    sheets = [composer.paper(seed) for seed in range(FIRST_TRIAL, FIRST_TRIAL + papers)]
    figures = parallel_forms(sheets, source.bank, composer.in_play)
    names = {point.pk: str(point) for point in KnowledgePoint.objects.filter(operation=blueprint.operation_id)}
    points = [PointCovered(names[one.point], 100 * one.papers, one.questions) for one in figures.points]
    return Trial(figures, sorted(points, key=lambda point: point.name))


def previewed(blueprint: Blueprint, seed: int) -> list[Item]:
    """Return the paper that ``seed`` would give now, as candidates see it; nothing is stored (nine queries).

    :raises BankTooSmall: no paper can be drawn.
    """
    source = drawable(blueprint.operation_id)
    slots = Composer(plan_of(blueprint), source.bank, source.times_drawn).paper(seed)
    versions = with_case_and_media(QuestionVersion.objects.all()).in_bulk([slot.version for slot in slots])
    return [
        item_of(
            PaperSlot(
                number=slot.number,
                version=versions[slot.version],
                kind=slot.kind,
                order=slot.order,
                width=slot.width,
                marks=slot.marks,
            )
        )
        for slot in slots
    ]
