"""An examiner fills in a score sheet and hands it in, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from exams.enums import SignedAs
from exams.models import ItemMark, PracticalSession, ScoreSheet, VetoItem, VetoMark
from exams.queries.score_sheets import filled, slots_of
from exams.rules import practicals as rules

from .practical_outcomes import settle
from .practicals import NotAllowed

MAX_SEQ = 2_000_000_000
MAX_NOTE = 300
FOLDER = "practicals/signatures"


class InvalidEntry(ValueError):
    """No such slot on this sheet, or no such marks for it; nothing of what was sent is stored."""


class SheetClosed(Exception):
    """The sheet was handed in or withdrawn, or the exam called off."""


class NotComplete(Exception):
    """``missing`` names the subjects with items without a mark, ``unexplained`` those with a veto without a note."""

    def __init__(self, missing: list[str], unexplained: list[str]):
        super().__init__(missing, unexplained)
        self.missing, self.unexplained = missing, unexplained


class WrongTimes(Exception):
    """``reason`` says what is wrong with beginning and end."""

    def __init__(self, reason):
        super().__init__(str(reason))
        self.reason = reason


class NotSigned(Exception):
    """Neither drawn, nor a name after proving who it is."""


@dataclass(frozen=True)
class Entry:
    """What the page sends of one slot: marks as digits ("" takes them back), or a veto's note and if it applied."""

    slot: int
    response: str
    marked: bool
    seq: int

    def __post_init__(self):
        for number in (self.slot, self.seq):
            if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= MAX_SEQ:
                raise InvalidEntry("slot and seq are positive whole numbers")
        if not isinstance(self.marked, bool) or not isinstance(self.response, str) or len(self.response) > MAX_NOTE:
            raise InvalidEntry("response is a short text, marked true or false")
        if "\x00" in self.response:
            raise InvalidEntry("no text")


@dataclass(frozen=True)
class Signature:
    """A drawn one as PNG, or a name typed by somebody who has just proved who they are."""

    png: bytes = b""
    name: str = ""
    proved: bool = False


def save(*, sheet_id: UUID, by: User, entries: Sequence[Entry], now: datetime) -> dict[int, int]:
    """Store each entry unless a newer one is there; return the sequence number held for each slot that was sent.

    :raises ScoreSheet.DoesNotExist: it is not this examiner's.
    :raises InvalidEntry: a slot is not on this sheet, or its item has no such marks; nothing is stored.
    :raises SheetClosed: it takes no more marks.
    """
    with transaction.atomic():
        sheet = _locked(sheet_id, by)
        slots = slots_of(sheet.session_id)
        newest = {}
        for entry in sorted(entries, key=lambda entry: entry.seq):
            if entry.slot not in slots:
                raise InvalidEntry("no such slot")
            newest[entry.slot] = entry
        held = {slot: _keep(sheet, slots[slot], entry, now) for slot, entry in newest.items()}
        if sheet.begun_at is None:
            ScoreSheet.objects.filter(pk=sheet_id).update(begun_at=now)
    return held


def hand_in(
    *, sheet_id: UUID, by: User, started: datetime, finished: datetime, signature: Signature, now: datetime
) -> ScoreSheet:
    """Close the sheet for good, and decide the exam if it was the last one needed. Again returns the same sheet.

    :raises ScoreSheet.DoesNotExist: it is not this examiner's.
    :raises NotAllowed: ``by`` is an examiner no more.
    :raises SheetClosed: withdrawn.
    :raises NotComplete: items lack marks, or vetoes their notes.
    :raises WrongTimes: beginning and end do not fit.
    :raises NotSigned: no signature.
    """
    if not has_role(by, Role.EXAMINER):
        raise NotAllowed
    name = default_storage.save(f"{FOLDER}/{sheet_id}.png", ContentFile(signature.png)) if signature.png else ""
    try:
        with transaction.atomic():
            sheet, new = _close(sheet_id, by, (started, finished), signature, name, now)
    except BaseException:
        _forget(name)  # no row knows it
        raise
    if not new:
        _forget(name)
    return sheet


def _close(sheet_id: UUID, by: User, times, signature: Signature, name: str, now: datetime) -> tuple[ScoreSheet, bool]:
    session_id = ScoreSheet.objects.values_list("session_id", flat=True).get(pk=sheet_id, examiner=by)
    session = (  # of two sheets handed in at once the second waits here, and sees the first
        PracticalSession.objects.select_for_update(of=("self",))
        .select_related("person__user", "rule__operation", "theory__admission__sitting")
        .get(pk=session_id)
    )
    sheet = ScoreSheet.objects.select_for_update().get(pk=sheet_id)
    if sheet.submitted_at:
        return sheet, False
    if sheet.withdrawn_at or not session.is_running:
        raise SheetClosed
    form = filled(sheet)
    if form.missing or form.unexplained:
        raise NotComplete(form.missing, form.unexplained)
    started, finished = times
    if reason := rules.times_wrong(started=started, finished=finished, opened=session.opened_at, now=now):
        raise WrongTimes(reason)
    sheet.started_at, sheet.finished_at = started, min(finished, now)
    sheet.total, sheet.submitted_at = form.total, now
    _sign(sheet, signature, name)
    sheet.save()
    settle(session, now=now)
    return sheet, True


def _sign(sheet: ScoreSheet, signature: Signature, name: str) -> None:
    if name:
        sheet.signed_as, sheet.signature = SignedAs.DRAWN, name
    elif signature.name.strip() and signature.proved:
        sheet.signed_as, sheet.signed_name = SignedAs.TYPED, signature.name.strip()[:80]
    else:
        raise NotSigned


def _forget(name: str) -> None:
    if name:
        default_storage.delete(name)


def _locked(sheet_id: UUID, by: User) -> ScoreSheet:
    sheets = ScoreSheet.objects.select_for_update(of=("self",)).select_related("session")
    sheet = sheets.get(pk=sheet_id, examiner=by)
    if not sheet.is_open or not sheet.session.is_running:
        raise SheetClosed
    return sheet


def _keep(sheet: ScoreSheet, about, entry: Entry, now: datetime) -> int:
    if isinstance(about, VetoItem):
        model, key = VetoMark, {"veto": about}
        values = {"seen": entry.marked, "note": entry.response.strip()}
    else:
        model, key = ItemMark, {"item": about}
        values = {"marks": _marks(entry.response, about.marks)}
    row, new = model.objects.get_or_create(sheet=sheet, **key, defaults={**values, "seq": entry.seq, "saved_at": now})
    if not new and entry.seq > row.seq:
        model.objects.filter(pk=row.pk).update(**values, seq=entry.seq, saved_at=now)
        return entry.seq
    return row.seq


def _marks(response: str, full: int) -> int | None:
    if not response:
        return None
    if not (response.isascii() and response.isdigit() and len(response) <= 2 and int(response) <= full):
        raise InvalidEntry("no such marks for this item")
    return int(response)
