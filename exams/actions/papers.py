"""Draw a paper and freeze it."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction

from exams.models import Blueprint, Paper, PaperSlot, Question
from exams.queries.papers import parts_of, shown_positions, width_of
from exams.rules import composition


def draw(*, blueprint: Blueprint, seed: int, now: datetime) -> Paper:
    """Store one candidate's paper.

    :raises composition.BankTooSmall: a blueprint row asks for more questions than there are.
    """
    rows = [
        composition.Row(str(row.point_id), row.kind, row.count, row.marks, row.scoring)
        for row in blueprint.rows.order_by("point__code", "-kind")
    ]
    slots = composition.compose(rows=rows, bank=_bank(blueprint), seed=seed)
    with transaction.atomic():
        paper = Paper.objects.create(blueprint=blueprint, seed=seed, drawn_at=now)
        PaperSlot.objects.bulk_create(
            PaperSlot(
                paper=paper,
                number=slot.number,
                version_id=slot.version,
                kind=slot.kind,
                order=slot.order,
                width=slot.width,
                marks=slot.marks,
                scoring=slot.scoring,
            )
            for slot in slots
        )
    return paper


def draw_many(*, blueprint: Blueprint, seeds, now: datetime) -> list[Paper]:
    """Temporary: bulk."""
    rows = [
        composition.Row(str(row.point_id), row.kind, row.count, row.marks, row.scoring)
        for row in blueprint.rows.order_by("point__code", "-kind")
    ]
    bank = _bank(blueprint)
    sheets = Paper.objects.bulk_create(Paper(blueprint=blueprint, seed=seed, drawn_at=now) for seed in seeds)
    PaperSlot.objects.bulk_create(
        (
            PaperSlot(
                paper=paper,
                number=slot.number,
                version_id=slot.version,
                kind=slot.kind,
                order=slot.order,
                width=slot.width,
                marks=slot.marks,
                scoring=slot.scoring,
            )
            for paper in sheets
            for slot in composition.compose(rows=rows, bank=bank, seed=paper.seed)
        ),
        batch_size=5000,
    )
    return sheets


def _bank(blueprint: Blueprint) -> dict[tuple[str, str], list[composition.Candidate]]:
    bank = defaultdict(list)
    questions = (
        Question.objects.filter(
            point__operation=blueprint.operation_id, retired_at=None, current__isnull=False, case=None
        )
        .order_by("code")
        .select_related("current")
        .prefetch_related("current__options")
    )
    for question in questions:
        parts = parts_of(question.current)
        bank[str(question.point_id), question.kind].append(
            composition.Candidate(
                question.current_id, shown_positions(question.kind, parts), width_of(question.kind, parts)
            )
        )
    return bank
