"""Draw who sits where, once booking has closed."""

import secrets
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core.actions.auditing import record
from core.enums import Deed
from core.telling import moment
from exams.enums import AttemptStatus
from exams.models import Admission, Sitting
from exams.rules import seating
from notifications.actions.notices import notify


class NotAnOfficer(Exception):
    """Only an exam officer plans sittings."""


class BookingStillOpen(Exception):
    """Seats are drawn when nobody can book or leave any more."""


class AlreadyDrawn(Exception):
    """The seats were drawn, or the exam has begun."""


def draw_seats(*, sitting_id: int, by: User, now: datetime, seed: int | None = None) -> Sitting:
    """Give every candidate of the sitting a seat by lot and tell them; the seed is in the audit trail.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises BookingStillOpen: booking has not ended.
    :raises AlreadyDrawn: it was done, or somebody has started.
    """
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer
    seed = secrets.randbelow(2**62) if seed is None else seed
    with transaction.atomic():
        sitting = Sitting.objects.select_for_update(of=("self",)).select_related("room").get(pk=sitting_id)
        if now < sitting.books_until:
            raise BookingStillOpen
        live = list(sitting.admissions.filter(cancelled_at=None).select_related("attempt", "person__user"))
        if sitting.seats_drawn_at or any(one.attempt.status != AttemptStatus.SCHEDULED for one in live):
            raise AlreadyDrawn
        _seat(sitting, live, seed)
        sitting.seats_drawn_at = now
        sitting.save(update_fields=["seats_drawn_at"])
        after = {"seed": str(seed), "candidates": len(live), "seats": sitting.room.seats}
        record(deed=Deed.CHANGED, target=sitting, label=str(sitting), after=after, by=by, now=now)
        for admission in live:
            _tell(sitting, admission, by=by, now=now)
    return sitting


def _seat(sitting: Sitting, live: list[Admission], seed: int) -> None:
    """Empty the seats first: while they are dealt out anew, two rows must never name one."""
    drawn = seating.draw(candidates=[one.pk for one in live], seats=sitting.room.seats, seed=seed)
    sitting.admissions.filter(cancelled_at=None).update(seat=None)
    for admission in live:
        admission.seat = drawn[admission.pk]
    Admission.objects.bulk_update(live, ["seat"])


def _tell(sitting: Sitting, admission: Admission, *, by: User, now: datetime) -> None:
    if admission.person.user is None:
        return
    notify(
        user=admission.person.user,
        kind="seat_drawn",
        key=str(admission.pk),
        context={"exam": sitting.title, "when": moment(sitting.opens_at)},
        link=reverse("exams:ticket", args=[admission.ticket]),
        by=by,
        now=now,
    )
