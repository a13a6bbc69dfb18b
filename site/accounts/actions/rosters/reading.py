"""Read a roster's file into lines with a verdict each; what a dead worker left, the next one goes on behind."""

import json
import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.enums import RosterState, Verdict
from accounts.models import RosterImport, RosterLine
from accounts.rosters import reading
from accounts.rules import names
from accounts.rules.rosters.lines import Line
from core.encryption import blind_index
from core.sheets import tables
from core.sheets.faults import Unreadable

from . import known
from .claiming import Claim, Clock, Overtaken, claim
from .deciding import forget_file, move_to, opened

log = logging.getLogger(__name__)
LINES_AT_ONCE = 1000


def read(*, roster_id: UUID, clock: Clock) -> None:
    """Read the roster if it waits to be read and nobody does; again, late, or twice at once is harmless."""
    mine = claim(roster_id=roster_id, state=RosterState.UPLOADED, now=clock())
    if mine is None:
        return
    try:
        _read(mine, RosterImport.objects.get(pk=roster_id), clock)
    except Overtaken:
        log.info("roster %s: another worker has it", roster_id)
    except FileNotFoundError:
        _give_up(mine, "lost", clock())
    except Unreadable as fault:
        _give_up(mine, fault.code, clock())


def _read(mine: Claim, roster: RosterImport, clock: Clock) -> None:
    today = timezone.localdate(roster.uploaded_at)  # of the upload, so that going on tomorrow reads the same
    behind = roster.lines.aggregate(last=Max("number"))["last"] or 0
    with tables.opened(opened(roster)) as found_tables:
        found = reading.find(found_tables)
        mine.beat(clock(), sheet=found.table.title[:100], total=max(found.table.estimate - found.below, 0))
        for batch in reading.batches(found, after=behind, size=LINES_AT_ONCE, today=today):
            _store(mine, roster, batch, clock())
    _finish(mine, clock())


def _store(mine: Claim, roster: RosterImport, batch: list[Line], now: datetime) -> None:
    """Judge and store one batch, and renew the claim, all or nothing."""
    rows = _judged(roster, batch)
    with transaction.atomic():
        mine.beat(now, **({"read": roster.read + len(rows)} if rows else {}))  # first: who is overtaken stops here
        RosterLine.objects.bulk_create(rows)
    roster.read += len(rows)


def _judged(roster: RosterImport, batch: list[Line]) -> list[RosterLine]:
    digests = [blind_index(line.id_number) if line.id_number and not line.bad else "" for line in batch]
    wanted = set(digests) - {""}
    earlier = _earlier(roster, wanted)
    registered = known.persons(wanted)
    inside = known.members(
        organisation_id=roster.organisation_id, person_ids=[person.pk for person in registered.values()]
    )
    rows = []
    for line, digest in zip(batch, digests, strict=True):
        verdict = _verdict(line, earlier.get(digest), registered.get(digest), inside)
        if verdict in (Verdict.NEW, Verdict.KNOWN, Verdict.MEMBER):
            earlier[digest] = (line.number, line.name)
        rows.append(_row(roster, line, digest if verdict != Verdict.BAD else "", verdict))
    return rows


def _earlier(roster: RosterImport, digests: set[str]) -> dict[str, tuple[int, str]]:
    """Return line and name of those of the batch who stand in an earlier one."""
    rows = roster.lines.filter(id_digest__in=list(digests)).exclude(verdict=Verdict.REPEATED)
    return {digest: (number, name) for digest, number, name in rows.values_list("id_digest", "number", "name")}


def _verdict(line: Line, earlier, person: known.Registered | None, inside: set[int]) -> Verdict:
    if line.bad:
        return Verdict.BAD
    if earlier:
        number, name = earlier
        if not names.same(name, line.name):
            line.refuse("repeated_other_name", line=number)
            return Verdict.BAD
        line.remark("repeated", line=number)
        return Verdict.REPEATED
    if person is None:
        return Verdict.NEW
    if not names.same(person.name, line.name):  # whose number it is stays between us and them
        line.refuse("other_name")
        return Verdict.BAD
    return Verdict.MEMBER if person.pk in inside else Verdict.KNOWN


def _row(roster: RosterImport, line: Line, digest: str, verdict: Verdict) -> RosterLine:
    return RosterLine(
        roster=roster,
        number=line.number,
        cells=json.dumps(line.cells, ensure_ascii=False) if verdict == Verdict.BAD else "",  # only to be mended
        name=line.name,
        id_kind=line.id_kind,
        id_number=line.id_number,
        id_digest=digest,
        phone=line.phone,
        job=line.job,
        verdict=verdict,
        reasons=line.reasons,
    )


def _finish(mine: Claim, now: datetime) -> None:
    with transaction.atomic():
        mine.beat(now)
        roster = RosterImport.objects.select_for_update().get(pk=mine.roster_id)
        count = roster.lines.count()
        move_to(roster, RosterState.READ, total=count, read=count, claimed_at=None)
        forget_file(roster)


def _give_up(mine: Claim, code: str, now: datetime) -> None:
    with transaction.atomic():
        try:
            mine.beat(now)
        except Overtaken:
            return
        roster = RosterImport.objects.select_for_update().get(pk=mine.roster_id)
        roster.lines.all().delete()
        move_to(roster, RosterState.FAILED, fault=code, claimed_at=None, finished_at=now)
        forget_file(roster)
