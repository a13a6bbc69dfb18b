"""Give a person a seat: eligibility is checked, the paper is drawn and the attempt stands ready."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import Person, User
from exams.enums import AttemptStatus
from exams.models import Admission, Attempt, Operation, Sitting
from exams.rules import eligibility
from training.queries import has_completed

from .papers import draw


class NotEligible(Exception):
    """The person may not sit; ``reason`` is what to tell them."""

    def __init__(self, reason):
        super().__init__(str(reason))
        self.reason = reason


class RoomFull(Exception):
    """Every seat of the room is taken."""


def admit(*, sitting: Sitting, person: Person, by: User | None, now: datetime, waived: bool = False) -> Admission:
    """Admit ``person`` to ``sitting``; again returns the same admission.

    ``waived`` says that a vocational skill-level certificate waives the training (Order 19).

    :raises NotEligible: age, training or attempts stand against it.
    :raises RoomFull: no seat is left.
    """
    with transaction.atomic():
        sitting = Sitting.objects.select_for_update().select_related("rule__scheme", "room").get(pk=sitting.pk)
        existing = Admission.objects.filter(sitting=sitting, person=person).first()
        if existing:
            return existing
        _check(sitting, person, waived, timezone.localdate(now))
        seat = (sitting.admissions.aggregate(last=Max("seat"))["last"] or 0) + 1
        if seat > sitting.room.seats:
            raise RoomFull
        admission = Admission.objects.create(
            sitting=sitting,
            person=person,
            seat=seat,
            ticket=f"{timezone.localtime(sitting.opens_at):%Y%m%d}{sitting.pk:05d}{seat:03d}",
            admitted_by=by,
            admitted_at=now,
        )
        paper = draw(blueprint=sitting.blueprint, seed=secrets.randbelow(2**62), now=now)
        Attempt.objects.create(admission=admission, person=person, paper=paper)
    return admission


def _check(sitting: Sitting, person: Person, waived: bool, day) -> None:
    rule = sitting.rule
    operation = Operation.objects.select_related("course").get(pk=rule.operation_id)
    completed = operation.course is None or has_completed(person=person, course=operation.course)
    used = (
        Attempt.objects.filter(person=person, admission__sitting__rule=rule)
        .exclude(status=AttemptStatus.VOIDED)  # a seat that is held counts: it ends as taken or as absent
        .count()
    )
    reason = (
        eligibility.too_young(born=person.born, minimum_age=rule.scheme.minimum_age, day=day)
        or eligibility.training_missing(completed=completed, waived=waived and rule.scheme.skill_level_waives_training)
        or eligibility.attempts_used_up(used=used, allowed=rule.scheme.theory_attempts)
    )
    if reason:
        raise NotEligible(reason)
