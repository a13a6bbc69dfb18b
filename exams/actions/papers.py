"""Draw a paper and freeze it."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from exams.models import Blueprint, Paper, PaperSlot, Question
from exams.rules import composition


def draw(*, blueprint: Blueprint, seed: int, now: datetime) -> Paper:
    """Store one candidate's paper.

    :raises composition.BankTooSmall: a blueprint row asks for more questions than there are.
    """
    rows = [
        composition.Row(str(row.point_id), row.kind, row.count)
        for row in blueprint.rows.order_by("point__code", "-kind")
    ]
    slots = composition.compose(rows=rows, bank=_bank(blueprint), seed=seed)
    with transaction.atomic():
        paper = Paper.objects.create(blueprint=blueprint, seed=seed, drawn_at=now)
        PaperSlot.objects.bulk_create(
            PaperSlot(paper=paper, number=slot.number, version_id=slot.version, kind=slot.kind, order=slot.order)
            for slot in slots
        )
    return paper


def _bank(blueprint: Blueprint) -> dict[tuple[str, str], list[composition.Candidate]]:
    bank = defaultdict(list)
    questions = (
        Question.objects.filter(point__operation=blueprint.operation_id, retired_at=None, current__isnull=False)
        .order_by("code")
        .annotate(options=Count("current__options"))
        .values_list("point_id", "kind", "current_id", "options")
    )
    for point, kind, version, options in questions:
        bank[str(point), kind].append(composition.Candidate(version, options))
    return bank
