"""Draw papers and freeze them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction

from core.actions.auditing import record
from core.enums import Deed
from exams.models import Blueprint, Paper, PaperSlot, Question
from exams.queries.papers import parts_of, shown_positions, width_of
from exams.rules import composition

COLUMNS = ("paper_id", "number", "version_id", "kind", "order", "width", "marks", "scoring")
AT_ONCE = 2000


def draw(*, blueprint: Blueprint, seed: int, now: datetime) -> Paper:
    """Store one candidate's paper.

    :raises composition.BankTooSmall: a blueprint row asks for more questions than there are.
    """
    return draw_many(blueprint=blueprint, seeds=[seed], now=now)[0]


def draw_many(*, blueprint: Blueprint, seeds: Sequence[int], now: datetime) -> list[Paper]:
    """Store a paper for each seed, in the order of the seeds; the bank is read once.

    The batch leaves one audit entry, not one a paper: it names the blueprint and the papers' numbers, and a paper never
    changes afterwards.

    :raises composition.BankTooSmall: a blueprint row asks for more questions than there are; nothing is stored.
    """
    rows = [
        composition.Row(str(row.point_id), row.kind, row.count, row.marks, row.scoring)
        for row in blueprint.rows.order_by("point__code", "-kind")
    ]
    bank = _bank(blueprint)
    sheets = [composition.compose(rows=rows, bank=bank, seed=seed) for seed in seeds]
    with transaction.atomic():
        papers = Paper.objects.bulk_create(
            (Paper(blueprint=blueprint, seed=seed, drawn_at=now) for seed in seeds), batch_size=AT_ONCE
        )
        _store(_slot_rows(papers, sheets))
        _count(Counter(slot.version for sheet in sheets for slot in sheet))
        _record(papers, blueprint, now)
    return papers


def _slot_rows(papers: Sequence[Paper], sheets: Sequence[Sequence[composition.Slot]]) -> Iterable[tuple]:
    for paper, sheet in zip(papers, sheets, strict=True):
        for slot in sheet:
            yield (
                paper.pk,
                slot.number,
                slot.version,
                str(slot.kind),
                slot.order,
                slot.width,
                slot.marks,
                str(slot.scoring),
            )


def _store(rows: Iterable[tuple]) -> None:
    if connection.vendor != "postgresql":
        slots = (PaperSlot(**dict(zip(COLUMNS, row, strict=True))) for row in rows)
        PaperSlot.objects.bulk_create(slots, batch_size=AT_ONCE)
        return
    columns = ", ".join(f'"{column}"' for column in COLUMNS)
    with connection.cursor() as cursor, cursor.copy(f"COPY exams_paperslot ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _count(drawn: Counter[int]) -> None:
    """Add to ``times_drawn`` in one UPDATE; the rows are locked in one order, so that no two batches deadlock."""
    if not drawn:
        return
    question_of = dict(
        Question.objects.select_for_update(of=("self",), no_key=True)
        .filter(current__in=list(drawn))
        .order_by("pk")
        .values_list("current_id", "pk")
    )
    counts = ", ".join(f"({question:d}, {drawn[version]:d})" for version, question in question_of.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE exams_question SET times_drawn = times_drawn + drawn.column2 FROM (VALUES {counts}) AS drawn"
            " WHERE exams_question.id = drawn.column1"
        )


def _record(papers: Sequence[Paper], blueprint: Blueprint, now: datetime) -> None:
    if not papers:
        return
    one = papers[0] if len(papers) == 1 else None
    span = f"{papers[0].pk}–{papers[-1].pk}"
    record(
        deed=Deed.CREATED,
        target=one,
        kind=Paper._meta.label_lower,
        label=one.audit_label() if one else span,
        after={"blueprint": blueprint.pk, "drawn_at": now.isoformat(), "papers": len(papers)},
    )


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
