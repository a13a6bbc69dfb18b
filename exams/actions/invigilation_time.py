"""The clock in the invigilator's hand: start the room, give time, make up for an interruption, pause and resume."""

from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext as _

from accounts.models import User
from core.actions.auditing import record
from core.enums import Deed
from exams.enums import AttemptStatus
from exams.models import Admission, Allowance, Attempt, Sitting
from exams.pushing import push_on_commit
from exams.rules import access, timing

from . import attempts
from .invigilation import must_be_on_duty, note_change


class NothingToGive(Exception):
    """No time was lost that has not been given back yet, or nobody is there to get it."""


def start_room(*, sitting_id: int, by: User, now: datetime) -> int:
    """Start everybody who has checked in and not begun, with one UPDATE; again starts those who came since.

    :raises NotOnDuty: ``by`` may not watch over the sitting.
    :raises attempts.NotOpen: outside the window.
    """
    with transaction.atomic():
        must_be_on_duty(sitting_id, by)
        sitting = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting_id)
        if reason := access.window(opens_at=sitting.opens_at, closes_at=sitting.closes_at, now=now):
            raise attempts.NotOpen(reason)
        present = Admission.objects.filter(sitting=sitting, cancelled_at=None, checked_in_at__isnull=False)
        # No join: with one, the UPDATE would look at the status as it was before another start's commit.
        here = Attempt.objects.filter(admission__in=present, status=AttemptStatus.SCHEDULED)
        started = attempts.begin(here, sitting=sitting, started=now, lead=timing.NOTICED)
        if sitting.room_started_at is None:
            Sitting.objects.filter(pk=sitting_id).update(room_started_at=now)
        _record(sitting, after={"room started": now.isoformat(), "attempts": started}, by=by, now=now)
    return started


def _record(sitting: Sitting, *, after: dict, by: User, now: datetime, reason: str = "") -> None:
    record(deed=Deed.CHANGED, target=sitting, label=str(sitting), after=after, reason=reason, by=by, now=now)
    push_on_commit(sitting.pk)


def _locked_rows(sitting_id: int, attempt_id: UUID | None, statuses: set) -> list[Attempt]:
    """Lock one attempt of the sitting, or all: in one order, so that two acts at once never wait for each other."""
    rows = Attempt.objects.filter(admission__sitting=sitting_id, status__in=statuses)
    if attempt_id:
        Attempt.objects.get(pk=attempt_id, admission__sitting=sitting_id)
        rows = rows.filter(pk=attempt_id)
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _some(rows: list[Attempt]) -> QuerySet[Attempt]:
    return Attempt.objects.filter(pk__in=[row.pk for row in rows])


def give_time(
    *, sitting_id: int, seconds: int, reason: str, by: User, now: datetime, attempt_id: UUID | None = None
) -> int:
    """Give seconds to one candidate, or to all who are sitting; return how many got them.

    One who has not begun gets them with the start. What is over stays over.

    :raises NotOnDuty, Attempt.DoesNotExist: not there to decide, not of this sitting.
    :raises NothingToGive: nobody is there to get it.
    """
    waiting = {AttemptStatus.SCHEDULED} if attempt_id else set()
    with transaction.atomic():
        sitting = must_be_on_duty(sitting_id, by)
        rows = _locked_rows(sitting_id, attempt_id, {AttemptStatus.IN_PROGRESS, *waiting})
        if not rows:
            raise NothingToGive
        _move(rows, timedelta(seconds=seconds))
        Allowance.objects.bulk_create(
            Allowance(attempt=row, seconds=seconds, reason=reason, given_by=by, given_at=now) for row in rows
        )
        _tell(sitting, rows, after={"seconds": seconds}, reason=reason, by=by, now=now)
    return len(rows)


def make_up_for(*, sitting_id: int, since: datetime, until: datetime, reason: str, by: User, now: datetime) -> int:
    """Give everybody who was sitting back what the interruption took from them; return how many got something.

    Who began during it gets the rest of it; minutes that a pause or another act gave back already count once.

    :raises NotOnDuty: ``by`` may not watch over the sitting.
    :raises NothingToGive: the interval is empty, or all of it was given back before.
    """
    with transaction.atomic():
        sitting = must_be_on_duty(sitting_id, by)
        rows = _locked_rows(sitting_id, None, {AttemptStatus.IN_PROGRESS})
        credited = _credited(rows)
        spans, given = defaultdict(list), []
        for row in rows:
            start, end = max(since, row.started_at), min(until, row.paused_at or now, now)
            span = timing.uncredited((start, end), credited=credited[row.pk]) if start < end else timedelta()
            if whole := int(span.total_seconds()):
                spans[whole].append(row)
                given.append(
                    Allowance(
                        attempt=row, seconds=whole, reason=reason, since=start, until=end, given_by=by, given_at=now
                    )
                )
        if not given:
            raise NothingToGive
        for whole, those in spans.items():
            _move(those, timedelta(seconds=whole))
        Allowance.objects.bulk_create(given)
        interval = {"since": since.isoformat(), "until": until.isoformat(), "attempts": len(given)}
        _record(sitting, after=interval, reason=reason, by=by, now=now)
    return len(given)


def _credited(rows: list[Attempt]) -> dict:
    intervals = defaultdict(list)
    known = Allowance.objects.filter(attempt__in=rows, since__isnull=False)
    for attempt_id, since, until in known.values_list("attempt", "since", "until"):
        intervals[attempt_id].append((since, until))
    return intervals


def _move(rows: list[Attempt], span: timedelta) -> None:
    """Move the end of what runs, and remember the sum for what has not begun: one UPDATE."""
    _some(rows).update(
        extra=F("extra") + Value(span),
        deadline=attempts.moved(F("deadline"), Value(span)),
        accepts_until=attempts.moved(F("accepts_until"), Value(span)),
    )


def _tell(sitting: Sitting, rows: list[Attempt], *, after: dict, reason: str, by: User, now: datetime) -> None:
    """Leave one audit entry: about the attempt where there is one, else about the sitting."""
    if len(rows) == 1:
        note_change(rows[0], after=after, reason=reason, by=by, now=now)
        push_on_commit(sitting.pk)
    else:
        _record(sitting, after={**after, "attempts": len(rows)}, reason=reason, by=by, now=now)


def pause(*, sitting_id: int, reason: str, by: User, now: datetime, attempt_id: UUID | None = None) -> int:
    """Let the clock of one candidate, or of all who are sitting, stand; return how many were stopped.

    Nothing closes them meanwhile, and answers that are on their way are still taken. Who is paused stays so.

    :raises NotOnDuty, Attempt.DoesNotExist: not there to decide, not of this sitting.
    """
    with transaction.atomic():
        sitting = must_be_on_duty(sitting_id, by)
        rows = _locked_rows(sitting_id, attempt_id, {AttemptStatus.IN_PROGRESS})
        rows = [row for row in rows if row.paused_at is None]
        if rows:
            far = attempts.moved(F("accepts_until"), Value(timing.STANDS_STILL))
            _some(rows).update(paused_at=now, accepts_until=far)
            _tell(sitting, rows, after={"paused": True}, reason=reason, by=by, now=now)
    return len(rows)


def resume(*, sitting_id: int, by: User, now: datetime, attempt_id: UUID | None = None) -> int:
    """Let the clocks go on and move each deadline by its pause; return how many go on.

    :raises NotOnDuty, Attempt.DoesNotExist: not there to decide, not of this sitting.
    """
    with transaction.atomic():
        sitting = must_be_on_duty(sitting_id, by)
        rows = _locked_rows(sitting_id, attempt_id, {AttemptStatus.IN_PROGRESS})
        rows = [row for row in rows if row.paused_at]
        by_pause = defaultdict(list)
        for row in rows:
            by_pause[row.paused_at].append(row)
        for paused_at, those in by_pause.items():  # one for a room that was paused together
            _go_on(those, paused_at, by=by, now=now)
        if rows:
            _tell(sitting, rows, after={"paused": False}, reason="", by=by, now=now)
    return len(rows)


def _go_on(rows: list[Attempt], paused_at: datetime, *, by: User, now: datetime) -> None:
    span = max(timedelta(), now - paused_at)
    _some(rows).update(
        paused_at=None,
        extra=F("extra") + Value(span),
        deadline=attempts.moved(F("deadline"), Value(span)),
        accepts_until=attempts.moved(F("accepts_until"), Value(span - timing.STANDS_STILL)),
    )
    if whole := int(span.total_seconds()):
        interval = {"since": paused_at, "until": now}
        Allowance.objects.bulk_create(
            Allowance(attempt=row, seconds=whole, reason=_("Pause"), given_by=by, given_at=now, **interval)
            for row in rows
        )
