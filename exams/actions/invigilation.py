"""What invigilators do beside the clock: check in, seat, words, incidents, another device. With the rule of who may."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from core.actions.auditing import record
from core.enums import Deed
from exams.enums import AttemptStatus, IncidentKind
from exams.models import Admission, Attempt, Incident, Sitting, SittingMessage
from exams.pushing import push_on_commit
from exams.queries.invigilation import sittings_of


class NotOnDuty(Exception):
    """Only an invigilator on duty in the sitting, or an exam officer, and nobody where they sit themselves."""


class SeatTaken(Exception):
    """The room has no such seat, or somebody sits there."""


class NotPossible(Exception):
    """The state of the attempt does not allow it."""


def must_be_on_duty(sitting_id: int, by: User) -> Sitting:
    """Return the sitting (one query).

    :raises NotOnDuty: ``by`` may not watch over it.
    """
    sitting = sittings_of(by).filter(pk=sitting_id).first()
    if sitting is None:
        raise NotOnDuty
    return sitting


def locked(attempt_id: UUID, *, sitting_id: int) -> Attempt:
    """Return the attempt of the sitting, locked until the transaction ends.

    :raises Attempt.DoesNotExist: it is of another sitting, or none.
    """
    return (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("admission")
        .get(pk=attempt_id, admission__sitting=sitting_id)
    )


def note_change(attempt: Attempt, *, before=None, after=None, reason: str = "", by: User, now: datetime) -> None:
    """Leave an audit entry about the attempt, called by its admission ticket."""
    record(
        deed=Deed.CHANGED,
        target=attempt,
        label=attempt.admission.ticket,
        before=before,
        after=after,
        reason=reason,
        by=by,
        now=now,
    )


def check_in(*, admission_id: int, sitting_id: int, by: User, now: datetime, undo: bool = False) -> Admission:
    """Note that face and papers were compared; again keeps the first time; ``undo`` takes it back.

    :raises NotOnDuty, Admission.DoesNotExist: not there to decide, not of this sitting.
    :raises NotPossible: the admission is cancelled, or the exam has begun and the check-in would be taken back.
    """
    with transaction.atomic():
        must_be_on_duty(sitting_id, by)
        admission = Admission.objects.select_for_update(of=("self",)).get(pk=admission_id, sitting=sitting_id)
        if admission.cancelled_at:
            raise NotPossible
        if undo and not Attempt.objects.filter(admission=admission, status=AttemptStatus.SCHEDULED).exists():
            raise NotPossible
        if bool(admission.checked_in_at) == undo:
            admission.checked_in_at, admission.checked_in_by = (None, None) if undo else (now, by)
            admission.save(update_fields=["checked_in_at", "checked_in_by"])
            push_on_commit(sitting_id)
    return admission


def move_seat(*, attempt_id: UUID, sitting_id: int, seat: int, by: User, now: datetime) -> Admission:
    """Put the candidate on a free seat of the room.

    :raises NotOnDuty, Attempt.DoesNotExist: not there to decide, not of this sitting.
    :raises SeatTaken: there is no such seat, or it is not free.
    """
    with transaction.atomic():
        must_be_on_duty(sitting_id, by)
        sitting = Sitting.objects.select_for_update(of=("self",)).select_related("room").get(pk=sitting_id)
        admission = _one(attempt_id, sitting_id).admission
        taken = Admission.objects.filter(sitting=sitting, seat=seat, cancelled_at=None).exclude(pk=admission.pk)
        if not 1 <= seat <= sitting.room.seats or taken.exists():
            raise SeatTaken
        if admission.seat != seat:
            admission.seat = seat
            admission.save(update_fields=["seat"])
            push_on_commit(sitting_id)
    return admission


def say(*, sitting_id: int, text: str, by: User, now: datetime, attempt_id: UUID | None = None) -> SittingMessage:
    """Send words to one candidate's page, or without ``attempt_id`` to the whole room.

    :raises NotOnDuty, Attempt.DoesNotExist: not there to decide, not of this sitting.
    """
    with transaction.atomic():
        must_be_on_duty(sitting_id, by)
        attempt = _one(attempt_id, sitting_id)
        message = SittingMessage.objects.create(
            sitting_id=sitting_id, attempt=attempt, text=text, sent_by=by, sent_at=now
        )
        push_on_commit(sitting_id)
    return message


def note_incident(
    *, sitting_id: int, kind: IncidentKind, text: str, by: User, now: datetime, attempt_id: UUID | None = None
) -> Incident:
    """Write a line into the record of the room, about one candidate where ``attempt_id`` names one.

    :raises NotOnDuty, Attempt.DoesNotExist: not there to decide, not of this sitting.
    """
    with transaction.atomic():
        must_be_on_duty(sitting_id, by)
        attempt = _one(attempt_id, sitting_id)
        incident = Incident.objects.create(
            sitting_id=sitting_id, attempt=attempt, kind=kind, text=text, noted_by=by, noted_at=now
        )
        push_on_commit(sitting_id)
    return incident


def release_device(*, attempt_id: UUID, sitting_id: int, by: User, now: datetime) -> Attempt:
    """Let the next device that opens the attempt be its device; the page open now is told when that happens.

    :raises NotOnDuty, Attempt.DoesNotExist: not there to decide, not of this sitting.
    :raises NotPossible: it is not in progress.
    """
    with transaction.atomic():
        must_be_on_duty(sitting_id, by)
        attempt = locked(attempt_id, sitting_id=sitting_id)
        if attempt.status != AttemptStatus.IN_PROGRESS:
            raise NotPossible
        if attempt.device:
            attempt.device = ""
            attempt.save(update_fields=["device"])
            note_change(attempt, after={"device": "released"}, by=by, now=now)
            push_on_commit(sitting_id)
    return attempt


def _one(attempt_id: UUID | None, sitting_id: int) -> Attempt | None:
    return Attempt.objects.get(pk=attempt_id, admission__sitting=sitting_id) if attempt_id else None
