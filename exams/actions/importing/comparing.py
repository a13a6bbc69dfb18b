"""Hold an import's items against the bank and each other by likeness; the preview shows what it finds."""

import logging
from uuid import UUID

from django.db import transaction

from exams.enums import ImportState, ItemFate
from exams.exchange.packing import unpack
from exams.models import ImportItem, QuestionImport
from exams.queries.duplicates import likely_duplicates

from .claiming import PATIENCE, Claim, Clock, Overtaken, claim

log = logging.getLogger(__name__)
MOST_LIKES = 3
ITEMS_AT_ONCE = 500
STEM_SHOWN = 80


def compare(*, import_id: UUID, clock: Clock) -> None:
    """Note what each new item is nearly the same as, if nobody has yet; again, late, or twice at once is harmless."""
    mine = claim(import_id=import_id, state=ImportState.READ, now=clock(), patience=PATIENCE)
    if mine is None:
        return
    batch = QuestionImport.objects.get(pk=import_id)
    try:
        if batch.compared_at is None:
            _compare(mine, batch, clock)
    except Overtaken:
        log.info("import %s: decided on before it was compared", import_id)
    finally:
        mine.release()


def _compare(mine: Claim, batch: QuestionImport, clock: Clock) -> None:
    items = list(batch.items.filter(fate__in=(ItemFate.NEW, ItemFate.CHANGED)).defer("raw"))
    drafts = [unpack({**item.draft, "media": []} | {"code": item.code}, {}) for item in items]
    found = likely_duplicates(drafts, operation=batch.operation_id)
    alike = []
    for item, likes in zip(items, found, strict=True):
        if likes:
            item.likes = [_packed(like, items) for like in likes[:MOST_LIKES]]
            alike.append(item)
    with transaction.atomic():
        mine.beat(clock(), compared_at=clock())
        ImportItem.objects.bulk_update(alike, ["likes"], batch_size=ITEMS_AT_ONCE)


def _packed(like, items: list[ImportItem]) -> dict:
    there = {"code": like.code} if like.draft is None else {"number": items[like.draft].number}
    return {**there, "likeness": like.likeness, "stem": like.stem[:STEM_SHOWN]}
