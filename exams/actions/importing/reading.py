"""Read an import's file into items with a verdict each; what a dead worker left, the next one goes on behind."""

import json
import logging
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max

from core.nudging import nudge_on_commit
from exams.enums import ImportState, ItemFate, ItemVerdict
from exams.exchange import Malformed, Read
from exams.exchange import read as read_file
from exams.exchange.packing import pack, sha256
from exams.exchange.sameness import fingerprint
from exams.models import ImportItem, QuestionImport
from exams.rules.items import Draft

from .claiming import Claim, Clock, Overtaken, claim
from .deciding import forget_file, media_path, move_to
from .knowing import Judged, Points, judge

log = logging.getLogger(__name__)
ITEMS_AT_ONCE = 500
GOOD = (ItemVerdict.READ, ItemVerdict.DOUBTFUL)
UNSTORABLE = re.compile(r"\\u0000|\\ud[89a-f][0-9a-f]{2}", re.IGNORECASE)  # what PostgreSQL takes in no JSON


def read(*, import_id: UUID, clock: Clock) -> None:
    """Read the import if it waits to be read and nobody does; again, late, or twice at once is harmless."""
    mine = claim(import_id=import_id, state=ImportState.UPLOADED, now=clock())
    if mine is None:
        return
    batch = QuestionImport.objects.get(pk=import_id)
    try:
        _read(mine, batch, clock)
    except Overtaken:
        log.info("import %s: another worker has it", import_id)
    except FileNotFoundError:
        _give_up(mine, {"code": "lost"}, clock())
    except Malformed as fault:
        _stopped(mine, fault, clock())


def _read(mine: Claim, batch: QuestionImport, clock: Clock) -> None:
    with batch.file.open("rb") as file:
        data = file.read()
    behind = batch.items.aggregate(last=Max("number"))["last"] or 0
    reads = enumerate(read_file(data, batch.format), 1)
    numbered = ((number, one) for number, one in reads if number > behind)
    points = Points(batch.operation_id)
    for some in _batches(numbered):
        _store(mine, batch, some, points, clock())
    _finish(mine, clock())


def _batches(numbered: Iterator[tuple[int, Read]]) -> Iterator[list[tuple[int, Read]]]:
    """Cut into batches; what was read before the file broke off is stored before that is said."""
    while True:
        some: list[tuple[int, Read]] = []
        try:
            for one in islice(numbered, ITEMS_AT_ONCE):
                some.append(one)
        except Malformed:
            if some:
                yield some
            raise
        if not some:
            return
        yield some


def _store(mine: Claim, batch: QuestionImport, some: Sequence[tuple[int, Read]], points: Points, now: datetime) -> None:
    """Judge and store one batch, and renew the claim, all or nothing."""
    good = {number: one for number, one in some if one.verdict in GOOD}
    prints = {number: fingerprint(one.draft) for number, one in good.items()}
    fates = dict(zip(good, _judged(batch, list(good.values()), list(prints.values())), strict=True))
    rows = [_row(batch, number, one, fates.get(number), prints.get(number, ""), points) for number, one in some]
    _keep_media([one.draft for _, one in some if one.draft and one.draft.media], batch)
    with transaction.atomic():
        mine.beat(now, read=batch.read + len(rows))  # first: who is overtaken stops here
        ImportItem.objects.bulk_create(rows)
    batch.read += len(rows)


def _keep_media(drafts: Sequence[Draft], batch: QuestionImport) -> None:
    for medium in (medium for draft in drafts for medium in draft.media):
        path = media_path(batch, sha256(medium.content))
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(medium.content))


def _judged(batch: QuestionImport, reads: Sequence[Read], prints: Sequence[str]) -> list[Judged]:
    drafts = [one.draft for one in reads]
    before = batch.items.filter(verdict__in=GOOD)
    codes = {draft.code for draft in drafts if draft.code}
    earlier = dict(before.filter(fingerprint__in=prints).values_list("fingerprint", "code"))
    said = dict(before.filter(code__in=codes).exclude(code="").values_list("code", "fingerprint"))
    return judge(drafts, prints, batch, earlier=earlier, codes=said)


def _row(
    batch: QuestionImport, number: int, one: Read, judged: Judged | None, its_print: str, points: Points
) -> ImportItem:
    packed = pack(one.draft) if one.draft else None
    verdict = one.verdict
    if packed and UNSTORABLE.search(json.dumps(packed)):
        packed, verdict, judged = None, ItemVerdict.UNREADABLE, None
    return ImportItem(
        batch=batch,
        number=number,
        first=one.first,
        last=one.last,
        where=one.where[:200],
        verdict=verdict,
        why=[{"code": reason.code, **reason.params} for reason in one.why],
        raw=one.raw.replace("\0", "\ufffd"),
        draft=packed,
        code=judged.code if judged else "",
        fingerprint=its_print if judged else "",
        fate=judged.fate if judged else "",
        point=points.of(one.draft) if judged else None,
        left_out=bool(judged and judged.fate not in (ItemFate.NEW, ItemFate.CHANGED)),
    )


def _finish(mine: Claim, now: datetime, fault: dict | None = None) -> None:
    with transaction.atomic():
        mine.beat(now)
        batch = QuestionImport.objects.select_for_update().get(pk=mine.import_id)
        count = batch.items.count()
        if not count:
            move_to(batch, ImportState.FAILED, fault={"code": "nothing"}, claimed_at=None, finished_at=now)
        else:
            move_to(batch, ImportState.READ, read=count, claimed_at=None, fault=fault or {})
            nudge_on_commit("exams.tasks.compare_questions", import_id=str(batch.pk))
        forget_file(batch)


def _stopped(mine: Claim, fault: Malformed, now: datetime) -> None:
    """The file broke off: what was read before stands, and what went wrong is said beside it."""
    said = {"code": fault.code, "line": fault.line, "where": fault.where}
    try:
        if QuestionImport.objects.get(pk=mine.import_id).items.exists():
            _finish(mine, now, said)
        else:
            _give_up(mine, said, now)
    except Overtaken:
        log.info("import %s: another worker has it", mine.import_id)


def _give_up(mine: Claim, fault: dict, now: datetime) -> None:
    with transaction.atomic():
        try:
            mine.beat(now)
        except Overtaken:
            return
        batch = QuestionImport.objects.select_for_update().get(pk=mine.import_id)
        move_to(batch, ImportState.FAILED, fault=fault, claimed_at=None, finished_at=now)
        forget_file(batch)
