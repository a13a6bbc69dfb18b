"""Draw papers and freeze them."""

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction

from core.actions.auditing import record
from core.enums import Deed
from exams.models import BankState, Blueprint, Drawing, Paper, PaperSlot, Question
from exams.queries.drawable import Drawable, drawable, plan_of
from exams.rules import blueprints
from exams.rules.blueprints import Plan
from exams.rules.composition import METHOD, Composer, Slot, sheets_digest

COLUMNS = ("paper_id", "number", "version_id", "kind", "order", "width", "marks", "scoring")
AT_ONCE = 2000
COUNT = {
    "postgresql": """
        UPDATE exams_question SET times_drawn = times_drawn + drawn.value::int
        FROM json_each_text(%s::json) AS drawn WHERE exams_question.id = drawn.key::bigint""",
    "sqlite": """
        UPDATE exams_question SET times_drawn = times_drawn + drawn.value
        FROM json_each(%s) AS drawn WHERE exams_question.id = CAST(drawn.key AS INTEGER)""",
}


def draw(*, blueprint: Blueprint, seed: int, now: datetime, spares_reserved: bool = False) -> Paper:
    """Store one candidate's paper.

    :raises BankTooSmall: the bank cannot fill the blueprint; says why.
    """
    return draw_many(blueprint=blueprint, seeds=[seed], now=now, spares_reserved=spares_reserved)[0]


def draw_many(
    *, blueprint: Blueprint, seeds: Sequence[int], now: datetime, spares_reserved: bool = False
) -> list[Paper]:
    """Store a paper for each seed, in the order of the seeds; the bank is read once.

    ``spares_reserved`` leaves out the questions reserved for exams, as practice must. The batch leaves one audit entry,
    not one a paper: it names the blueprint, the papers, the digest of the bank and the digest of what was drawn; a
    paper never changes afterwards.

    :raises BankTooSmall: the bank cannot fill the blueprint, and nothing is stored; says why.
    """
    if not seeds:
        return []
    plan, source = plan_of(blueprint), drawable(blueprint.operation_id, spares_reserved=spares_reserved)
    composer = Composer(plan, source.bank, source.times_drawn)
    sheets = [composer.paper(seed) for seed in seeds]
    with transaction.atomic():
        drawing = _keep(blueprint, plan, source, seeds, now)
        papers = Paper.objects.bulk_create(
            (
                Paper(blueprint=blueprint, seed=seed, drawn_at=now, drawing=drawing, place=place)
                for place, seed in enumerate(seeds)
            ),
            batch_size=AT_ONCE,
        )
        _store(_slot_rows(papers, sheets))
        _count(Counter(slot.question for sheet in sheets for slot in sheet))
        _record(papers, drawing, sheets)
    return papers


def _keep(blueprint: Blueprint, plan: Plan, source: Drawable, seeds: Sequence[int], now: datetime) -> Drawing:
    content = blueprints.content(plan, source.bank)
    digest = blueprints.digest(content)
    state = BankState.objects.filter(digest=digest).only("pk", "digest").first()
    if state is None:
        state, _ = BankState.objects.get_or_create(digest=digest, defaults={"content": zlib.compress(content)})
    counts = [source.times_drawn[one.question] for one in source.bank.candidates]
    return Drawing.objects.create(
        blueprint=blueprint,
        state=state,
        method=METHOD,
        times_drawn=zlib.compress(json.dumps(counts).encode()),
        seeds=zlib.compress(json.dumps(list(seeds)).encode()),
        drawn_at=now,
    )


def _slot_rows(papers: Sequence[Paper], sheets: Sequence[Sequence[Slot]]) -> Iterable[tuple]:
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
    questions = Question.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=list(drawn)).order_by("pk")
    list(questions.values_list("pk"))
    with connection.cursor() as cursor:
        cursor.execute(COUNT[connection.vendor], [json.dumps(drawn)])


def _record(papers: Sequence[Paper], drawing: Drawing, sheets: Sequence[Sequence[Slot]]) -> None:
    one = papers[0] if len(papers) == 1 else None
    record(
        deed=Deed.CREATED,
        target=one,
        kind=Paper._meta.label_lower,
        label=one.audit_label() if one else " – ".join(str(paper.pk) for paper in papers[:1] + papers[-1:]),
        after={
            "blueprint": drawing.blueprint_id,
            "drawn_at": drawing.drawn_at.isoformat(),
            "papers": len(papers),
            "bank": drawing.state.digest,
            "sheets": sheets_digest(sheets),
        },
    )
