"""Take a confirmed register over: register who is new, store each certificate with its reviews, by batches."""

import logging
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.actions import persons
from accounts.enums import IdKind, RosterState
from accounts.models import Person
from accounts.queries import person_by_id_number
from accounts.rules import names
from core import actor
from core.actions import retention
from core.actions.auditing import record
from core.encryption import blind_index
from core.enums import Deed
from exams.actions.certificate_reviews import settle
from exams.actions.certificates import new_code
from exams.actions.claiming import Claim, Clock, Overtaken, claim, free_at
from exams.enums import CertificateEventKind, CertificateOrigin, ImportMode, ImportVerdict
from exams.models import Certificate, CertificateEvent, CertificateImport, CertificateImportLine, CertificateReview
from exams.rules import numbers

from .deciding import move_to
from .reading import read

log = logging.getLogger(__name__)
LINES_AT_ONCE = 100
DAYS = 30


class WentBad(Exception):
    """Since the preview somebody else's data came in the way."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def take_over(*, import_id: UUID, clock: Clock) -> None:
    """Take the register over if it is confirmed and nobody does; again, late, or twice at once is harmless."""
    mine = claim(CertificateImport, import_id, state=RosterState.CONFIRMED, now=clock())
    if mine is None:
        return
    batch = CertificateImport.objects.select_related("uploaded_by").get(pk=import_id)
    who = actor.current(batch.uploaded_by)
    try:
        with actor.acting(lambda: who):
            while _some(mine, batch, clock()):
                pass
            _finish(mine, clock())
    except Overtaken:
        log.info("register %s: another worker has it", import_id)


def _some(mine: Claim, batch: CertificateImport, now: datetime) -> bool:
    """Take the next lines over, all or none of them; False when none is left."""
    verdicts = [ImportVerdict.NEW] + ([ImportVerdict.DOUBTFUL] if batch.mode == ImportMode.ALL_GOOD else [])
    waiting = batch.lines.filter(verdict__in=verdicts, certificate=None).order_by("number")
    lines = list(waiting.defer("cells")[:LINES_AT_ONCE])
    if not lines:
        return False
    with transaction.atomic():
        mine.beat(now, done=batch.done + len(lines))  # first: who is overtaken stops here
        for line in lines:
            _take(line, batch, now)
    batch.done += len(lines)
    return True


def _take(line: CertificateImportLine, batch: CertificateImport, now: datetime) -> None:
    row = CertificateImportLine.objects.filter(pk=line.pk)
    try:
        with transaction.atomic():
            certificate = _stored(line.contents, batch, now)
    except WentBad as fault:
        row.update(verdict=ImportVerdict.BAD, reasons=[{"code": fault.code}])
    except IntegrityError:  # the same certificate came in by another register meanwhile
        row.update(verdict=ImportVerdict.KNOWN)
    else:
        row.update(certificate=certificate)


def _stored(found: dict, batch: CertificateImport, now: datetime) -> Certificate:
    days = {
        name: date.fromisoformat(found[name]) if found[name] else None
        for name in ("first", "begins", "until", "review_due", "review_done")
    }
    certificate = Certificate.objects.create(
        code=new_code(),
        origin=CertificateOrigin.IMPORTED,
        source=f"{batch.source}（{batch.filename}）"[:300],
        authority=found["authority"],
        number=found["number"],
        number_digest=blind_index(numbers.normal(found["number"])),
        person=_person(found, now),
        rule_id=found["rule"],
        first_issued_on=days["first"],
        issued_on=days["begins"],
        valid_until=days["until"],
    )
    CertificateEvent.objects.create(
        certificate=certificate, kind=CertificateEventKind.IMPORTED, reason=batch.source, by=batch.uploaded_by, at=now
    )
    if days["review_due"]:
        CertificateReview.objects.create(
            certificate=certificate, due_on=days["review_due"], done_on=days["review_done"], note=batch.source
        )
        settle(certificate)
    return certificate


def _person(found: dict, now: datetime) -> Person:
    """Return the person of the line, registered if nobody has the number yet.

    :raises WentBad: the number has been registered with another name.
    """
    person = person_by_id_number(found["id_number"])
    if person is None:
        try:
            kind = IdKind(found["id_kind"])
            values = {"name": found["name"], "id_number": found["id_number"], "id_kind": kind}
            return persons.register(**values, user=None, by=None, now=now)
        except persons.PersonExists:  # registered this moment
            person = person_by_id_number(found["id_number"])
    if not names.same(person.name, found["name"]):
        raise WentBad("other_name")
    return person


def _finish(mine: Claim, now: datetime) -> None:
    with transaction.atomic():
        mine.beat(now)
        batch = CertificateImport.objects.select_for_update().get(pk=mine.pk)
        taken = batch.lines.exclude(certificate=None).count()
        move_to(batch, RosterState.DONE, done=taken, claimed_at=None, finished_at=now)
        after = {"lines": batch.total, "certificates": taken, "mode": batch.mode, "source": batch.source}
        record(deed=Deed.IMPORTED, target=batch, after=after, by=batch.uploaded_by, now=now)


def carry_on(*, clock: Clock) -> int:
    """Go on with each register that waits for a worker; return how many there were."""
    states = (RosterState.UPLOADED, RosterState.CONFIRMED)
    waiting = CertificateImport.objects.filter(free_at(clock()), state__in=states).order_by("uploaded_at")
    found = list(waiting.values_list("pk", "state"))
    for pk, state in found:
        (read if state == RosterState.UPLOADED else take_over)(import_id=pk, clock=clock)
    return len(found)


@retention.keep(
    "certificate_imports", days=DAYS, source="个人信息保护法第十九条：保存期限为实现处理目的所必要的最短时间"
)
def purge(before: datetime) -> int:
    """Remove imports with their lines and files; one that is just being taken over stays until it is done."""
    old = CertificateImport.objects.filter(uploaded_at__lt=before).exclude(state=RosterState.CONFIRMED)
    with transaction.atomic():
        for batch in old.exclude(file=""):
            transaction.on_commit(lambda name=batch.file.name, files=batch.file.storage: files.delete(name))
        _rows, by_model = old.delete()
    return by_model.get("exams.CertificateImport", 0)
