"""Draw invigilators for sittings: across organisations, reproducible from a seed."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from core.actions.auditing import record
from core.enums import Deed
from exams.models import Sitting, SittingDuty
from exams.queries import scheduling as reading
from exams.rules import assignment

from .seating import NotAnOfficer


class Impossible(Exception):
    """Somewhere invigilators are lacking, and nothing was stored; ``lacks`` says where and why."""

    def __init__(self, lacks: list[assignment.Lack]):
        super().__init__(", ".join(f"{lack.sitting}: {lack.found}/{lack.wanted}" for lack in lacks))
        self.lacks = lacks


class SittingBegun(Exception):
    """Duties are not drawn anew once a sitting has opened; ``sitting`` is that one."""

    def __init__(self, sitting: Sitting):
        super().__init__(str(sitting))
        self.sitting = sitting


@dataclass(frozen=True)
class Drawn:
    """The duties that were stored, and the seed that gives them again."""

    duties: list[SittingDuty]
    seed: int


def draw_duties(*, sitting_ids: Sequence[int], each: int, by: User, now: datetime, seed: int | None = None) -> Drawn:
    """Draw ``each`` invigilators for every sitting, in the place of those drawn before.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises SittingBegun: one has opened.
    :raises Impossible: there are not enough.
    """
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer
    seed = secrets.randbelow(2**31) if seed is None else seed
    with transaction.atomic():
        sittings = list(Sitting.objects.select_for_update().filter(pk__in=sitting_ids).order_by("pk"))
        for sitting in sittings:
            if sitting.opens_at <= now:
                raise SittingBegun(sitting)
        SittingDuty.objects.filter(sitting__in=sittings).delete()
        plan = assignment.assign(
            watches=reading.watches(sittings, each=each), invigilators=reading.invigilators(sittings), seed=seed
        )
        if not plan.is_whole:
            raise Impossible(plan.lacks)
        duties = [
            SittingDuty.objects.create(sitting_id=sitting, user_id=user, assigned_by=by, assigned_at=now)
            for sitting, users in plan.users.items()
            for user in users
        ]
        after = {"sittings": sorted(plan.users), "each": each, "seed": seed}
        record(deed=Deed.CHANGED, kind="exams.sittingduty", after=after, by=by, now=now)
    return Drawn(duties, seed)
