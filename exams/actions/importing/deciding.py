"""What authors do with an import: hand it in, leave items out, have it taken in, drop it. Workers do the rest."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core.nudging import nudge_on_commit
from exams.actions.bank import NotAnAuthor
from exams.enums import IMPORT_EDGES, ImportState, ItemVerdict
from exams.exchange import detected
from exams.models import ImportItem, KnowledgePoint, Operation, QuestionImport
from exams.rules.items import LONGEST

UNFINISHED = (ImportState.UPLOADED, ImportState.READ, ImportState.CONFIRMED)
FOLDER = "imports/questions"


class WrongState(Exception):
    """The import has moved on; what was asked for cannot be done any more."""


def upload(
    *,
    operation: Operation,
    filename: str,
    data: bytes,
    by: User,
    now: datetime,
    point: KnowledgePoint | None = None,
    source: str = "",
    format: str = "",
) -> QuestionImport:
    """Keep the file and let a worker read it; the same file again, while unfinished, is the same import.

    :raises NotAnAuthor: ``by`` lacks the role.
    :raises exams.exchange.Malformed: it is none of our formats, or too large.
    """
    if not has_role(by, Role.QUESTION_AUTHOR):
        raise NotAnAuthor
    found = detected(data)
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # a second click waits here
        same = QuestionImport.objects.filter(
            operation=operation, uploaded_by=by, sha256=digest, state__in=UNFINISHED
        ).first()
        if same:
            return same
        made = QuestionImport(
            operation=operation,
            point=point,
            source=source[: LONGEST["source"]],
            uploaded_by=by,
            uploaded_at=now,
            filename=filename[-200:],
            sha256=digest,
            format=format or found,
        )
        made.file.save(f"{made.pk}.file", ContentFile(data), save=False)
        made.save()
        nudge_on_commit("exams.tasks.read_questions", import_id=str(made.pk))
    return made


def leave_out(*, import_id, numbers: Iterable[int], left_out: bool, by: User, now: datetime) -> int:
    """Leave items out, or have them again; return how many.

    :raises WrongState: the import does not wait for a decision.
    """
    with transaction.atomic():
        batch = _locked(import_id, by)
        if batch.state != ImportState.READ:
            raise WrongState
        return batch.items.filter(number__in=list(numbers)).update(left_out=left_out)


def confirm(
    *,
    import_id,
    doubtful: bool,
    alike: bool,
    by: User,
    now: datetime,
    point: KnowledgePoint | None = None,
    source: str | None = None,
) -> QuestionImport:
    """Have the good items taken in; confirming again is harmless.

    ``doubtful`` ones and those ``alike`` to others come along or are left out. ``point`` and ``source`` go to those
    that name none.

    :raises WrongState: it does not wait for a decision.
    """
    with transaction.atomic():
        batch = _locked(import_id, by)
        if batch.state == ImportState.CONFIRMED:
            return batch
        if point is not None:
            batch.point = point
        if source is not None:
            batch.source = source[: LONGEST["source"]]
        batch.done, batch.claimed_at = 0, None
        move_to(batch, ImportState.CONFIRMED)
        if not doubtful:
            batch.items.filter(verdict=ItemVerdict.DOUBTFUL).update(left_out=True)
        if not alike:
            batch.items.exclude(likes=[]).update(left_out=True)
        nudge_on_commit("exams.tasks.take_in_questions", import_id=str(batch.pk))
    return batch


def cancel(*, import_id, by: User, now: datetime) -> QuestionImport:
    """Drop the import with its items and files; nothing was taken in. Again is harmless.

    :raises WrongState: questions are being taken in, or were.
    """
    with transaction.atomic():
        batch = _locked(import_id, by)
        if batch.state == ImportState.CANCELLED:
            return batch
        batch.finished_at, batch.claimed_at = now, None
        move_to(batch, ImportState.CANCELLED)
        forget_media(batch)
        batch.items.all().delete()
        forget_file(batch)
    return batch


def _locked(import_id, by: User) -> QuestionImport:
    batch = QuestionImport.objects.select_for_update().get(pk=import_id)
    if batch.uploaded_by_id != by.pk or not has_role(by, Role.QUESTION_AUTHOR):
        raise NotAnAuthor
    return batch


def move_to(batch: QuestionImport, state: ImportState, **fields) -> None:
    """Change the state along its edges and save it.

    :raises WrongState: there is no such edge.
    """
    if state not in IMPORT_EDGES[ImportState(batch.state)]:
        raise WrongState
    batch.state = state
    for name, value in fields.items():
        setattr(batch, name, value)
    batch.save()


def media_path(batch: QuestionImport, digest: str) -> str:
    """Return where a file of the import's drafts lies."""
    return f"{FOLDER}/{batch.pk}/{digest}"


def forget_file(batch: QuestionImport) -> None:
    """Remove the uploaded file once the transaction is committed."""
    if batch.file:
        name, storage = batch.file.name, batch.file.storage
        QuestionImport.objects.filter(pk=batch.pk).update(file="")
        batch.file = ""
        transaction.on_commit(partial(storage.delete, name))


def forget_media(batch: QuestionImport) -> None:
    """Remove the files of the drafts once the transaction is committed; the bank has its own."""
    packed = ImportItem.objects.filter(batch=batch, draft__has_key="media").values_list("draft__media", flat=True)
    digests = {one["sha256"] for media in packed.iterator() for one in media}
    for digest in digests:
        transaction.on_commit(partial(default_storage.delete, media_path(batch, digest)))
