"""The papers of an application: handed in, taken out again, checked. The file is stored before its row."""

from datetime import datetime
from functools import partial
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import User
from core.actions.auditing import record
from core.enums import Deed
from exams.enums import ApplicationStatus, DocumentKind, DocumentVerdict
from exams.models import Application, ApplicationDocument
from exams.models.applications import WrongStatus
from exams.rules import uploads

from .access import check_reviewer, editable

MOST_OF_A_KIND = 4


class TooMany(Exception):
    """There are enough files of this kind."""


class NeedsReason(Exception):
    """What is not accepted goes back with a reason."""


def hand_in(*, application_id: int, kind: DocumentKind | str, data: bytes, by: User, now: datetime):
    """Store one document and return its row.

    :raises uploads.NotADocument: no picture, no PDF, or too large.
    :raises TooMany: there are enough of this kind.
    :raises Application.DoesNotExist, WrongStatus: not theirs, or no longer theirs to change.
    """
    content_type = uploads.content_type_of(data)
    name = default_storage.save(f"applications/{uuid4().hex}{uploads.SUFFIXES[content_type]}", ContentFile(data))
    try:
        with transaction.atomic():
            application = editable(application_id, by)
            if application.documents.filter(kind=kind).count() >= MOST_OF_A_KIND:
                raise TooMany
            return _store(application, kind, name, content_type, len(data), now)
    except BaseException:
        default_storage.delete(name)  # no row knows it
        raise


def _store(application, kind, name: str, content_type: str, size: int, now: datetime) -> ApplicationDocument:
    return ApplicationDocument.objects.create(
        application=application, kind=kind, file=name, content_type=content_type, size=size, uploaded_at=now
    )


def copy_photo(application: Application, *, now: datetime) -> None:
    """Put the person's photo into the application, in the place of an earlier copy; part of the caller's transaction.

    What is checked, and printed on the ticket, must not change afterwards.
    """
    photo = application.person.photo
    if not photo:
        return
    with photo.open("rb") as file:
        data = file.read()
    for old in application.documents.filter(kind=DocumentKind.PHOTO):
        _drop(old)
    name = default_storage.save(f"applications/{uuid4().hex}.jpg", ContentFile(data))
    _store(application, DocumentKind.PHOTO, name, "image/jpeg", len(data), now)


def take_out(*, document_id: int, by: User, now: datetime) -> None:
    """Remove one document.

    :raises ApplicationDocument.DoesNotExist: not theirs.
    :raises WrongStatus: the application is no longer theirs to change.
    """
    with transaction.atomic():
        document = ApplicationDocument.objects.get(pk=document_id, application__person__user=by)
        editable(document.application_id, by)
        _drop(document)


def _drop(document: ApplicationDocument) -> None:
    name = document.file.name
    document.delete()
    transaction.on_commit(partial(default_storage.delete, name))


def judge(
    *, document_id: int, verdict: DocumentVerdict | str, note: str, by: User, now: datetime
) -> ApplicationDocument:
    """Say whether a document will do.

    :raises NotAReviewer: ``by`` lacks the role, or it is their own.
    :raises NeedsReason: it is not accepted, and nobody said why.
    :raises WrongStatus: the application does not wait for a check.
    """
    if verdict == DocumentVerdict.REJECTED and not note.strip():
        raise NeedsReason
    with transaction.atomic():
        document = ApplicationDocument.objects.select_related("application__person").get(pk=document_id)
        application = Application.objects.select_for_update().get(pk=document.application_id)
        check_reviewer(document.application, by)
        if application.status != ApplicationStatus.SUBMITTED:
            raise WrongStatus(application.status)
        document.verdict, document.note = verdict, note.strip()
        document.judged_by, document.judged_at = by, now
        document.save(update_fields=["verdict", "note", "judged_by", "judged_at"])
    return document


def open_for_review(*, document_id: int, by: User, now: datetime) -> ApplicationDocument:
    """Return a document to whoever checks it, and record that they saw it.

    :raises ApplicationDocument.DoesNotExist: there is none, or it was not handed in yet.
    :raises NotAReviewer: ``by`` lacks the role, or it is their own.
    """
    document = (
        ApplicationDocument.objects.select_related("application__person")
        .exclude(application__status=ApplicationStatus.DRAFT)
        .get(pk=document_id)
    )
    check_reviewer(document.application, by)
    record(deed=Deed.UNMASKED, target=document, by=by, now=now)
    return document
