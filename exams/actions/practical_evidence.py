"""Photos an examiner takes of a task: add, take away, and how long they are kept with the signatures."""

from datetime import datetime
from functools import partial
from hashlib import sha256
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import User
from core.actions.retention import keep
from exams.models import DrawnTask, EvidencePhoto, ScoreSheet
from exams.rules.evidence import evidence

from .score_sheets import SheetClosed

MOST_PER_TASK = 8
FOLDER = "practicals/evidence"
SIX_YEARS, THREE_YEARS = 2190, 1095


class NoSuchTask(Exception):
    """The candidate has no task at this position."""


class TooMany(Exception):
    """There are enough photos of this task."""


def add_photo(*, sheet_id: UUID, position: int, data: bytes, by: User, now: datetime) -> EvidencePhoto:
    """Keep a photo of the task at ``position``; the same picture again returns the first.

    :raises ScoreSheet.DoesNotExist: the sheet is not this examiner's.
    :raises NotAPhoto: see ``rules.evidence``.
    :raises SheetClosed: the sheet was handed in or withdrawn, or the exam called off.
    :raises NoSuchTask, TooMany: it cannot be kept there.
    """
    ScoreSheet.objects.get(pk=sheet_id, examiner=by)
    jpeg, digest = evidence(data), sha256(data).hexdigest()
    name = default_storage.save(f"{FOLDER}/{uuid4().hex}.jpg", ContentFile(jpeg))
    try:
        with transaction.atomic():
            photo = _store(_open_sheet(sheet_id, by), position, digest, name, now)
    except BaseException:
        default_storage.delete(name)  # no row knows it
        raise
    if photo.file.name != name:
        default_storage.delete(name)
    return photo


def _store(sheet: ScoreSheet, position: int, digest: str, name: str, now: datetime) -> EvidencePhoto:
    drawn = DrawnTask.objects.filter(session=sheet.session_id, position=position).first()
    if drawn is None:
        raise NoSuchTask
    photos = EvidencePhoto.objects.filter(sheet=sheet, task=drawn.task_id)
    if photo := photos.filter(digest=digest).first():
        return photo
    if photos.count() >= MOST_PER_TASK:
        raise TooMany
    return EvidencePhoto.objects.create(sheet=sheet, task_id=drawn.task_id, file=name, digest=digest, added_at=now)


def remove_photo(*, photo_id: UUID, by: User) -> None:
    """Take a photo away again, before the sheet is handed in; one that is gone stays gone.

    :raises SheetClosed: as ``add_photo``.
    """
    with transaction.atomic():
        photo = EvidencePhoto.objects.filter(pk=photo_id, sheet__examiner=by).first()
        if photo is None:
            return
        _open_sheet(photo.sheet_id, by)
        photo.delete()
        transaction.on_commit(partial(default_storage.delete, photo.file.name))


def _open_sheet(sheet_id: UUID, by: User) -> ScoreSheet:
    sheets = ScoreSheet.objects.select_for_update(of=("self",)).select_related("session")
    sheet = sheets.get(pk=sheet_id, examiner=by)
    if not sheet.is_open or not sheet.session.is_running:
        raise SheetClosed
    return sheet


@keep(
    "practical_evidence",
    days=SIX_YEARS,
    least_days=THREE_YEARS,
    source="应急管理部令第19号：考核记录；考试音像资料保存不少于三年，与考核档案同存六年（以省级规定为准）",
)
def purge_evidence(before: datetime) -> int:
    """Remove photos added, and drawn signatures given, before the moment; marks and outcome stay with the record."""
    photos = EvidencePhoto.objects.filter(added_at__lt=before)
    signed = ScoreSheet.objects.filter(submitted_at__lt=before).exclude(signature="")
    names = [*photos.values_list("file", flat=True), *signed.values_list("signature", flat=True)]
    photos.delete()
    signed.update(signature="")
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))
    return len(names)
