"""Make sittings for several rooms and times at once."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from exams.models import Blueprint, OperationRule, Room, Sitting
from exams.queries.scheduling import overlapping

from .seating import NotAnOfficer

PASSCODE_DIGITS = 6


class RoomTaken(Exception):
    """A room has another sitting in that window; ``sitting`` is that one."""

    def __init__(self, sitting: Sitting):
        super().__init__(str(sitting))
        self.sitting = sitting


class OtherOperation(Exception):
    """The blueprint is of another operation than the rules."""


class RulesNotInForce(Exception):
    """The rules do not hold on the day of a sitting; ``day`` is that day."""

    def __init__(self, day):
        super().__init__(f"{day:%Y-%m-%d}")
        self.day = day


def make_sittings(
    *,
    rule: OperationRule,
    blueprint: Blueprint,
    rooms: Iterable[Room],
    opens: Iterable[datetime],
    window_minutes: int,
    title: str,
    by: User,
    now: datetime,
    **options,
) -> list[Sitting]:
    """Make one sitting for each room and moment, each with a code of its own; all or none.

    ``options`` are further fields of ``Sitting``.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises RoomTaken, OtherOperation, RulesNotInForce: see there; nothing is stored.
    :raises ValidationError: the fields do not fit together; nothing is stored.
    """
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer
    if blueprint.operation_id != rule.operation_id:
        raise OtherOperation
    made = []
    with transaction.atomic():
        locked = list(Room.objects.select_for_update().filter(pk__in=[room.pk for room in rooms]).order_by("pk"))
        for moment in sorted(set(opens)):
            if not rule.scheme.in_force_on(timezone.localdate(moment)):
                raise RulesNotInForce(timezone.localdate(moment))
            for room in locked:
                made.append(_make(room, moment, window_minutes, title, rule, blueprint, options))
    return made


def _make(room, opens_at, window_minutes, title, rule, blueprint, options) -> Sitting:
    closes_at = opens_at + timedelta(minutes=window_minutes)
    taken = overlapping(room, opens_at, closes_at).first()
    if taken:
        raise RoomTaken(taken)
    sitting = Sitting(
        title=f"{title} {timezone.localtime(opens_at):%m-%d %H:%M} {room.name}"[:120],
        rule=rule,
        blueprint=blueprint,
        room=room,
        opens_at=opens_at,
        closes_at=closes_at,
        passcode=new_passcode(),
        **options,
    )
    sitting.full_clean()
    sitting.save()
    return sitting


def new_passcode() -> str:
    """Return the digits that an invigilator reads out."""
    return f"{secrets.randbelow(10**PASSCODE_DIGITS):0{PASSCODE_DIGITS}d}"
