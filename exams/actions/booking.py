"""An accepted application books a seat, moves to another sitting, or gives its seat back."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core.actions.auditing import record
from core.enums import Deed
from core.telling import moment
from exams.enums import ApplicationStatus, AttemptStatus, SittingKind
from exams.models import Admission, Application, Attempt, Sitting
from exams.models.applications import WrongStatus
from exams.queries.applications import live_admission
from notifications.actions.notices import notify

from .admissions import AlreadyStarted, admit, cancel
from .seating import NotAnOfficer

MOVED, GIVEN_BACK = "moved by the candidate", "given back by the candidate"
BECAUSE = Admission._meta.get_field("cancelled_because").max_length
NOT_TAKEN = (AttemptStatus.ABSENT, AttemptStatus.VOIDED)


class BookingClosed(Exception):
    """Booking is not open for this sitting, or no longer for the one to leave."""


class NoReason(ValueError):
    """A seat is taken back only with a reason."""


class WrongSitting(Exception):
    """This sitting is of another operation, or takes no applications."""


def book(*, application_id: int, sitting_id: int, by: User, now: datetime) -> Admission:
    """Give the application a seat in the sitting; one it holds elsewhere is given back. Again returns the same seat.

    Where the room is full, the seat held before stays.

    :raises Application.DoesNotExist: not theirs.
    :raises WrongStatus: it was not accepted.
    :raises WrongSitting, BookingClosed: see there.
    :raises AlreadyStarted: the exam is running or passed.
    :raises admissions.NotEligible, admissions.RoomFull: from ``admissions.admit``.
    """
    with transaction.atomic():
        application = _locked(application_id, by)
        sitting = Sitting.objects.select_related("rule").get(pk=sitting_id)
        held = live_admission(application)
        if held and held.sitting_id == sitting.pk:
            return held
        if sitting.kind != SittingKind.CERTIFYING or sitting.rule.operation_id != application.rule.operation_id:
            raise WrongSitting
        if not sitting.takes_bookings(now):
            raise BookingClosed
        if held:
            _leave(held, by=by, now=now)
        elif application.status != ApplicationStatus.ACCEPTED:
            raise WrongStatus(application.status)
        admission = admit(
            sitting=sitting,
            person=application.person,
            by=by,
            now=now,
            waived=application.waived,
            application=application,
        )
        if application.status == ApplicationStatus.ACCEPTED:
            application.move_to(ApplicationStatus.ADMITTED)
            application.save(update_fields=["status"])
    return admission


def give_back(*, application_id: int, by: User, now: datetime) -> Application:
    """Give the seat back; the application is accepted as before and may book again. Without a seat nothing happens.

    :raises Application.DoesNotExist: not theirs.
    :raises BookingClosed: the sitting's booking has ended.
    :raises AlreadyStarted: the exam has begun or is over.
    """
    with transaction.atomic():
        application = _locked(application_id, by)
        held = live_admission(application)
        if held is None:
            return application
        if not held.sitting.takes_bookings(now):
            raise BookingClosed
        cancel(admission_id=held.pk, because=GIVEN_BACK, by=by, now=now)
        application.move_to(ApplicationStatus.ACCEPTED)
        application.save(update_fields=["status"])
    return application


def take_back(*, admission_id: int, reason: str, by: User, now: datetime) -> Admission:
    """An exam officer takes a seat back, also after booking has closed; the application may book again. Tells why.

    :raises seating.NotAnOfficer: ``by`` lacks the role.
    :raises NoReason: none is given.
    :raises AlreadyStarted: the exam has begun or is over.
    """
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer
    if not reason.strip():
        raise NoReason
    with transaction.atomic():
        held = Admission.objects.select_related("sitting", "person__user").get(pk=admission_id)
        application = Application.objects.select_for_update().filter(pk=held.application_id).first()
        if held.cancelled_at:
            return held
        taken = cancel(admission_id=held.pk, because=reason.strip()[:BECAUSE], by=by, now=now)
        if application:
            application.move_to(ApplicationStatus.ACCEPTED)
            application.save(update_fields=["status"])
        after = {"cancelled": taken.cancelled_because}
        record(deed=Deed.CHANGED, target=held, label=held.ticket, after=after, reason=reason.strip(), by=by, now=now)
        if held.person.user:
            _tell(held, taken.cancelled_because, by=by, now=now)
    return taken


def _tell(held: Admission, reason: str, *, by: User, now: datetime) -> None:
    notify(
        user=held.person.user,
        kind="seat_taken_back",
        key=str(held.pk),
        context={"exam": held.sitting.title, "when": moment(held.sitting.opens_at), "reason": reason},
        link=reverse("exams:index"),
        by=by,
        now=now,
    )


def _locked(application_id: int, by: User) -> Application:
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("person", "rule")
        .get(pk=application_id, person__user=by)
    )


def _leave(held: Admission, *, by: User, now: datetime) -> None:
    """Give the seat back while its booking is open; an exam that was missed or failed needs no leaving."""
    attempt = held.attempt
    if attempt.status in NOT_TAKEN or _failed(attempt):
        return
    if attempt.status != AttemptStatus.SCHEDULED:
        raise AlreadyStarted
    if not held.sitting.takes_bookings(now):
        raise BookingClosed
    cancel(admission_id=held.pk, because=MOVED, by=by, now=now)


def _failed(attempt: Attempt) -> bool:
    result = attempt.results.first()
    return attempt.status == AttemptStatus.GRADED and result is not None and not result.passed
