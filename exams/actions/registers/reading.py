"""Read an old register into lines with a verdict each; what a dead worker left, the next one goes on behind."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.enums import RosterState
from core.sheets import tables
from core.sheets.faults import Unreadable
from exams.actions.claiming import Claim, Clock, Overtaken, claim
from exams.models import CertificateImport, CertificateImportLine
from exams.registers import reading

from .deciding import forget_file, move_to, opened
from .judging import Rulebook, judged

log = logging.getLogger(__name__)
LINES_AT_ONCE = 500


def read(*, import_id: UUID, clock: Clock) -> None:
    """Read the register if it waits to be read and nobody does; again, late, or twice at once is harmless."""
    mine = claim(CertificateImport, import_id, state=RosterState.UPLOADED, now=clock())
    if mine is None:
        return
    try:
        _read(mine, CertificateImport.objects.get(pk=import_id), clock)
    except Overtaken:
        log.info("register %s: another worker has it", import_id)
    except FileNotFoundError:
        _give_up(mine, "lost", clock())
    except Unreadable as fault:
        _give_up(mine, fault.code, clock())


def _read(mine: Claim, batch: CertificateImport, clock: Clock) -> None:
    today = timezone.localdate(batch.uploaded_at)  # of the upload, so that going on tomorrow reads the same
    behind = batch.lines.aggregate(last=Max("number"))["last"] or 0
    book = Rulebook.read()
    with tables.opened(opened(batch)) as found_tables:
        found = reading.find(found_tables)
        mine.beat(clock(), sheet=found.table.title[:100], total=max(found.table.estimate - found.below, 0))
        lines = reading.batches(found, after=behind, size=LINES_AT_ONCE, today=today, operations=book.operations)
        for some in lines:
            rows = judged(batch, some, book, today=today)
            with transaction.atomic():
                mine.beat(clock(), read=batch.read + len(rows))  # first: who is overtaken stops here
                CertificateImportLine.objects.bulk_create(rows)
            batch.read += len(rows)
    _finish(mine, clock())


def _finish(mine: Claim, now: datetime) -> None:
    with transaction.atomic():
        mine.beat(now)
        batch = CertificateImport.objects.select_for_update().get(pk=mine.pk)
        count = batch.lines.count()
        move_to(batch, RosterState.READ, total=count, read=count, claimed_at=None)
        forget_file(batch)


def _give_up(mine: Claim, code: str, now: datetime) -> None:
    with transaction.atomic():
        try:
            mine.beat(now)
        except Overtaken:
            return
        batch = CertificateImport.objects.select_for_update().get(pk=mine.pk)
        batch.lines.all().delete()
        move_to(batch, RosterState.FAILED, fault=code, claimed_at=None, finished_at=now)
        forget_file(batch)
