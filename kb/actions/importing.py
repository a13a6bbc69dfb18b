"""Files of knowledge on their way to drafts: handed in, read by a worker, looked at, taken in. Never live."""

import hashlib
import logging
from collections.abc import Iterable
from datetime import datetime
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DataError, transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core.nudging import nudge_on_commit
from core.sheets.faults import Unreadable
from kb.enums import IMPORT_EDGES, ImportState, Topic
from kb.importing import formats
from kb.importing.cutting import Piece
from kb.models import Article, ImportedPiece, KnowledgeImport

from . import drafting
from .drafting import NotAnEditor

log = logging.getLogger(__name__)
MOST_TRIES = 3  # a file that kills its worker so often is given up
FIELDS = ("source", "source_clause", "source_date", "source_url", "calls", "english", "audience", "danger")


class WrongState(Exception):
    """The import has moved on; what was asked for cannot be done any more."""


def upload(
    *, filename: str, data: bytes, topic: str, source: str, source_date: str, by: User, now: datetime
) -> KnowledgeImport:
    """Keep a file and let a worker read it; the same file again, while unfinished, is the same import.

    ``topic``, ``source`` and ``source_date`` go to the drafts for which the file names none.

    :raises NotAnEditor: ``by`` lacks the role.
    :raises Unreadable: it is none of our formats, or too large; its ``code`` says why.
    """
    if not has_role(by, Role.KNOWLEDGE_EDITOR):
        raise NotAnEditor(NotAnEditor.reason)
    found = formats.detect(data, filename)
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)  # a second click waits here
        unfinished = (ImportState.UPLOADED, ImportState.READ)
        same = KnowledgeImport.objects.filter(uploaded_by=by, sha256=digest, state__in=unfinished).first()
        if same:
            return same
        made = KnowledgeImport(
            uploaded_by=by,
            uploaded_at=now,
            filename=filename[-200:],
            sha256=digest,
            format=found,
            topic=topic,
            source=source,
            source_date=source_date,
        )
        made.file.save(f"{made.pk}.file", ContentFile(data), save=False)
        made.save()
        nudge_on_commit("kb.tasks.read_knowledge_import", import_id=str(made.pk))
    return made


def read(*, import_id, now: datetime) -> None:
    """Read a file that waits for it into pieces; again, late, or twice at once is harmless.

    A try is counted before the file is opened: one that kills its worker is given up in the end.
    """
    with transaction.atomic():
        batch = KnowledgeImport.objects.select_for_update().filter(pk=import_id, state=ImportState.UPLOADED).first()
        if batch is None:
            return
        batch.tries += 1
        batch.save(update_fields=["tries"])
        if batch.tries > MOST_TRIES:
            _fail(batch, "too_hard", now)
            return
    try:
        with batch.file.open("rb") as file:
            found = formats.cut(file.read(), format=batch.format, name=PurePath(batch.filename).stem)
    except FileNotFoundError:
        found = Unreadable("lost")
    except Unreadable as fault:
        found = fault
    with transaction.atomic():
        batch = KnowledgeImport.objects.select_for_update().get(pk=import_id)
        if batch.state != ImportState.UPLOADED:
            return  # another worker was quicker, or somebody dropped it
        if isinstance(found, Unreadable):
            _fail(batch, found.code, now)
            return
        ImportedPiece.objects.bulk_create(_row(batch, number, one) for number, one in enumerate(found.pieces, 1))
        lost = [{"code": one.code, "count": one.count, "place": one.place} for one in found.lost]
        _move(batch, ImportState.READ, unread=lost)


def read_waiting(*, now: datetime) -> int:
    """Read what waits for it; return how many files those were."""
    waiting = list(KnowledgeImport.objects.filter(state=ImportState.UPLOADED).values_list("pk", flat=True))
    for key in waiting:
        read(import_id=key, now=now)
    return len(waiting)


def leave_out(*, import_id, numbers: Iterable[int], left_out: bool, by: User) -> int:
    """Leave pieces out, or have them again; return how many.

    :raises WrongState: the import does not wait for a decision, or is not of ``by``.
    """
    with transaction.atomic():
        batch = _locked(import_id, by)
        return batch.pieces.filter(number__in=list(numbers)).update(left_out=left_out)


def take_in(*, import_id, by: User, now: datetime) -> int:
    """Make a draft of each piece that is not left out; return how many. None of them is live.

    A piece that cannot be stored keeps its text and says why; the others come in without it.

    :raises WrongState: the import does not wait for a decision, or is not of ``by``.
    """
    with transaction.atomic():
        batch = _locked(import_id, by)
        taken = 0
        for piece in batch.pieces.filter(left_out=False):
            try:
                with transaction.atomic():
                    piece.article = _draft(batch, piece, by, now)
                taken += 1
            except (ValidationError, DataError) as error:
                piece.article, piece.refused = None, "; ".join(getattr(error, "messages", [str(error)]))[:300]
            piece.save(update_fields=["article", "refused"])
        _move(batch, ImportState.DONE, finished_at=now)
        _forget_file(batch)
    return taken


def cancel(*, import_id, by: User, now: datetime) -> None:
    """Drop an import before it is taken in.

    :raises WrongState: it was taken in already, or is not of ``by``.
    """
    with transaction.atomic():
        batch = _locked(import_id, by, states=(ImportState.UPLOADED, ImportState.READ))
        _move(batch, ImportState.CANCELLED, finished_at=now)
        _forget_file(batch)


def _locked(import_id, by: User, states=(ImportState.READ,)) -> KnowledgeImport:
    if not has_role(by, Role.KNOWLEDGE_EDITOR):
        raise NotAnEditor(NotAnEditor.reason)
    batch = KnowledgeImport.objects.select_for_update(of=("self",)).filter(pk=import_id, uploaded_by=by).first()
    if batch is None or batch.state not in states:
        raise WrongState
    return batch


def _move(batch: KnowledgeImport, state: ImportState, **values) -> None:
    if state not in IMPORT_EDGES[ImportState(batch.state)]:
        raise WrongState
    batch.state = state
    for name, value in values.items():
        setattr(batch, name, value)
    batch.save()


def _fail(batch: KnowledgeImport, code: str, now: datetime) -> None:
    _move(batch, ImportState.FAILED, fault=code[:20], finished_at=now)
    _forget_file(batch)


def _forget_file(batch: KnowledgeImport) -> None:
    """Once decided, the pieces say all; the file goes when the decision is committed."""
    name, storage = batch.file.name, batch.file.storage
    KnowledgeImport.objects.filter(pk=batch.pk).update(file="")
    transaction.on_commit(lambda: name and storage.delete(name))


def _row(batch: KnowledgeImport, number: int, piece: Piece) -> ImportedPiece:
    return ImportedPiece(
        batch=batch,
        number=number,
        place=piece.place[:120],
        title=piece.title,
        body=piece.body,
        questions=list(piece.questions),
        fields=piece.fields,
        doubts=list(piece.doubts),
    )


def _draft(batch: KnowledgeImport, piece: ImportedPiece, by: User, now: datetime) -> Article:
    """Store one draft; what the file does not say comes from the form."""
    fields = {name: piece.fields[name] for name in FIELDS if piece.fields.get(name)}
    topic = _topic(piece.fields.get("topic", "")) or batch.topic
    article = Article(
        slug=f"import-{str(batch.pk)[:8]}-{piece.number}",
        title=piece.title,
        topic=topic,
        body=piece.body,
        reviewed=timezone.localdate(now),
        **{"source": batch.source, "source_date": batch.source_date, **fields},
    )
    return drafting.store(article=article, questions=piece.questions, by=by)


def _topic(said: str) -> str:
    """Return the topic that a file names by its code or its label, if it is one of ours."""
    return next((topic.value for topic in Topic if said.strip() in (topic.value, str(topic.label))), "")
