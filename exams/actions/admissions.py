"""Give a person a seat: eligibility is checked, the paper is drawn and the attempt stands ready; or take it back."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Person, User
from exams.enums import AttemptStatus, Post, SittingKind
from exams.models import Admission, Application, Attempt, Operation, Sitting
from exams.queries.eligibility import attempts_used
from exams.rules import eligibility
from exams.rules.retirement import sex_of
from training.queries import has_completed

from .papers import draw


class NotEligible(Exception):
    """The person may not sit; ``reason`` is what to tell them."""

    def __init__(self, reason):
        super().__init__(str(reason))
        self.reason = reason


class RoomFull(Exception):
    """Every seat of the room is taken."""


class AlreadyStarted(Exception):
    """The exam has begun or is over: the seat cannot be given back."""


def admit(
    *,
    sitting: Sitting,
    person: Person,
    by: User | None,
    now: datetime,
    waived: bool = False,
    application: Application | None = None,
) -> Admission:
    """Admit ``person`` to ``sitting``; again returns the same admission.

    ``waived`` says that a vocational skill-level certificate waives the training (Order 19); an accepted
    ``application`` has proved the training.

    :raises NotEligible: age, training or attempts stand against it.
    :raises RoomFull: no seat is left.
    """
    with transaction.atomic():
        sitting = (
            Sitting.objects.select_for_update(of=("self",)).select_related("rule__scheme", "room").get(pk=sitting.pk)
        )
        existing = Admission.objects.filter(sitting=sitting, person=person, cancelled_at=None).first()
        if existing:
            return existing
        _check(sitting, person, waived, application, timezone.localdate(max(now, sitting.opens_at)))
        admission = Admission.objects.create(
            sitting=sitting,
            person=person,
            application=application,
            seat=_free_seat(sitting),
            ticket=_ticket(sitting),
            admitted_by=by,
            admitted_at=now,
        )
        paper = draw(blueprint=sitting.blueprint, seed=secrets.randbelow(2**62), now=now)
        Attempt.objects.create(admission=admission, person=person, paper=paper)
    return admission


def _free_seat(sitting: Sitting) -> int:
    """Return the lowest free seat of the locked sitting; a seat that was given back is free again."""
    taken = set(sitting.admissions.filter(cancelled_at=None).values_list("seat", flat=True))
    for seat in range(1, sitting.room.seats + 1):
        if seat not in taken:
            return seat
    raise RoomFull


def _ticket(sitting: Sitting) -> str:
    """Return a ticket number that no other admission ever had, one given back included."""
    number = sitting.admissions.count() + 1
    return f"{timezone.localtime(sitting.opens_at):%Y%m%d}{sitting.pk:05d}{number:03d}"


def _check(sitting: Sitting, person: Person, waived: bool, application: Application | None, day: date) -> None:
    rule = sitting.rule
    operation = Operation.objects.select_related("course").get(pk=rule.operation_id)
    trained = application is not None or operation.course is None
    reason = eligibility.too_young(
        born=person.born, minimum_age=rule.scheme.minimum_age, day=day
    ) or eligibility.training_missing(
        completed=trained or has_completed(person=person, course=operation.course),
        waived=waived and rule.scheme.skill_level_waives_training,
    )
    if reason is None and sitting.kind == SittingKind.CERTIFYING:
        reason = eligibility.attempts_used_up(
            used=attempts_used(person, rule), allowed=rule.scheme.theory_attempts
        ) or eligibility.too_old(
            born=person.born,
            sex=sex_of(person.id_number, kind=person.id_kind),
            post=application.post if application else Post.STAFF,  # nobody said: the later age
            day=day,
        )
    if reason:
        raise NotEligible(reason)


def cancel(*, admission_id: int, because: str, by: User, now: datetime) -> Admission:
    """Take an admission back: its seat is free again, its attempt void, its paper never used. Again changes nothing.

    :raises AlreadyStarted: the exam has begun or is over.
    """
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update().get(admission=admission_id)
        admission = Admission.objects.select_for_update().get(pk=admission_id)
        if admission.cancelled_at:
            return admission
        if attempt.status != AttemptStatus.SCHEDULED:
            raise AlreadyStarted
        attempt.move_to(AttemptStatus.VOIDED)
        attempt.save(update_fields=["status"])
        admission.cancelled_at, admission.cancelled_because = now, because
        admission.save(update_fields=["cancelled_at", "cancelled_because"])
    return admission
