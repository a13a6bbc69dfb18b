"""Take confirmed items into the bank by batches, as versions that another person approves."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse

from core.actions.auditing import record
from core.enums import Deed
from core.telling import tell
from exams.actions import bank
from exams.enums import ImportState, ItemFate, ItemVerdict
from exams.exchange.packing import unpack
from exams.exchange.sameness import merged
from exams.models import ImportItem, QuestionImport
from exams.queries.drafts import draft_of
from exams.rules.items import Draft

from .claiming import Claim, Clock, Overtaken, claim
from .deciding import forget_media, media_path, move_to
from .knowing import Judged, judge

log = logging.getLogger(__name__)
ITEMS_AT_ONCE = 500
GOOD = (ItemVerdict.READ, ItemVerdict.DOUBTFUL)
SETTLE = """
    UPDATE exams_importitem SET version_id = %s, code = %s, fate = %s, is_new = %s, point_id = %s WHERE id = %s
"""
TAKEN = (ItemFate.NEW, ItemFate.CHANGED)


@dataclass
class _Chosen:
    """An item on its way: what it says in the end, and what becomes of it."""

    item: ImportItem
    draft: Draft
    judged: Judged


def to_take() -> Q:
    """Return what tells the items that are to be taken in."""
    return Q(verdict__in=GOOD, left_out=False, settled_at=None)


def take_in(*, import_id: UUID, clock: Clock) -> None:
    """Take the import in if it is confirmed and nobody does; again, late, or twice at once is harmless."""
    mine = claim(import_id=import_id, state=ImportState.CONFIRMED, now=clock())
    if mine is None:
        return
    batch = QuestionImport.objects.select_related("uploaded_by", "operation", "point").get(pk=import_id)
    try:
        while True:
            with transaction.atomic():
                if not _take_some(mine, batch, clock()):
                    _finish(mine, batch, clock())
                    return
    except Overtaken:
        log.info("import %s: another worker has it", import_id)


def _take_some(mine: Claim, batch: QuestionImport, now: datetime) -> bool:
    """Take the next items in; False when none is left. What cannot be stored is refused by itself."""
    items = list(batch.items.filter(to_take()).select_related("point").defer("raw").order_by("number")[:ITEMS_AT_ONCE])
    if not items:
        return False
    mine.beat(now)  # first: who is overtaken stops here
    taken = sum(one.is_new for one in _stored(batch, _chosen(batch, items, now), now))
    _settle(items, now)
    batch.done += taken
    mine.beat(now, done=batch.done)
    return True


def _settle(items: Sequence[ImportItem], now: datetime) -> None:
    """Note what became of the items; ``bulk_update`` takes as long for it as all the rest together."""
    ImportItem.objects.filter(pk__in=[item.pk for item in items]).update(settled_at=now)
    rows = [(item.version_id, item.code, item.fate, item.is_new, item.point_id, item.pk) for item in items]
    with connection.cursor() as cursor:
        cursor.executemany(SETTLE, rows)
    ImportItem.objects.bulk_update([item for item in items if item.refused], ["refused"])


def _chosen(batch: QuestionImport, items: Sequence[ImportItem], now: datetime) -> list[_Chosen]:
    """Return what can go in, judged anew: since the preview the bank may have changed."""
    usable = []
    for item in items:
        item.settled_at = now
        point = item.point or batch.point
        if point is None:
            item.refused = [{"code": "no_point"}]
        else:
            item.point = point
            usable.append((item, _unpacked(batch, item)))
    drafts = [draft for _, draft in usable]
    said = judge(drafts, [item.fingerprint for item, _ in usable], batch, earlier={}, codes={})
    chosen = []
    for (item, draft), judged in zip(usable, said, strict=True):
        item.fate, item.code = judged.fate, judged.code
        if judged.fate == ItemFate.SAME and judged.known:
            item.version = judged.known.version
        elif judged.fate in TAKEN:
            chosen.append(_Chosen(item, _filled(draft, judged, batch), judged))
        else:
            item.refused = [{"code": judged.fate}]
    return chosen


def _unpacked(batch: QuestionImport, item: ImportItem) -> Draft:
    files = {}
    for one in item.draft.get("media", ()):
        with default_storage.open(media_path(batch, one["sha256"]), "rb") as file:
            files[one["sha256"]] = file.read()
    return unpack(item.draft, files)


def _filled(draft: Draft, judged: Judged, batch: QuestionImport) -> Draft:
    """Return the draft as it is stored: with the bank's own where the file says nothing."""
    known = judged.known
    if known:
        whole = draft_of(known.version) if not draft.media else known.draft
        draft = merged(draft, whole, batch.format)
    return replace(draft, code=judged.code, source=draft.source or batch.source)


def _stored(batch: QuestionImport, chosen: list[_Chosen], now: datetime) -> list[bank.Stored]:
    """Store what can be stored; an item that the bank refuses is left behind, the others go in without it."""
    good = []
    for one in chosen:
        try:
            bank.check(one.draft)
            good.append(one)
        except bank.BadQuestion as bad:
            _refuse(one, bad)
    while good:
        try:
            with transaction.atomic():
                rows = [bank.Row(one.draft, one.item.point) for one in good]
                stored = bank.store(rows=rows, by=batch.uploaded_by, now=now)
        except bank.BadQuestion as bad:
            good = _without(good, bad, batch, now)
            continue
        for one, result in zip(good, stored, strict=True):
            one.item.version, one.item.is_new = result.version, result.is_new
            one.item.code = result.version.question.code
        return stored
    return []


def _without(good: list[_Chosen], bad: bank.BadQuestion, batch: QuestionImport, now: datetime) -> list[_Chosen]:
    """Refuse the item that a batch failed for; where nothing says which, try each alone."""
    named = [one for one in good if bad.code and one.draft.code == bad.code]
    guilty = named or [one for one in good if not _fits(one, batch, now)] or good
    for one in guilty:
        _refuse(one, bad)
    return [one for one in good if one not in guilty]


def _fits(one: _Chosen, batch: QuestionImport, now: datetime) -> bool:
    try:
        with transaction.atomic():
            bank.store(rows=[bank.Row(one.draft, one.item.point)], by=batch.uploaded_by, now=now)
            transaction.set_rollback(True)
    except bank.BadQuestion:
        return False
    return True


def _refuse(one: _Chosen, bad: bank.BadQuestion) -> None:
    one.item.refused = [{"code": "refused", "text": str(problem)} for problem in bad.problems]


def _finish(mine: Claim, batch: QuestionImport, now: datetime) -> None:
    mine.beat(now)
    fresh = QuestionImport.objects.get(pk=batch.pk)
    figures = {
        "items": fresh.items.count(),
        "questions": fresh.items.filter(is_new=True).count(),
        "refused": fresh.items.exclude(refused=[]).count(),
    }
    move_to(fresh, ImportState.DONE, done=figures["questions"], claimed_at=None, finished_at=now)
    record(deed=Deed.IMPORTED, target=fresh, after=figures, by=batch.uploaded_by, now=now)
    forget_media(fresh)
    tell(
        user=batch.uploaded_by,
        kind="questions_imported",
        key=str(batch.pk),
        context={"file": batch.filename, **figures},
        link=reverse("exam_bank:import", args=[batch.pk]),
        now=now,
    )
