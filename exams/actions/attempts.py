"""What happens to an attempt: start, resume, submit, close. With ``answers`` the only writer of its state."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Q, QuerySet, Value

from accounts.models import Person
from core.nudging import nudge_on_commit
from exams.enums import AttemptStatus, Takeover
from exams.models import Admission, Attempt, Sitting
from exams.rules import access, timing

OF_ADMISSION = ("ticket", "checked_in_at", "cancelled_at")
OF_SITTING = (
    *("opens_at", "closes_at", "minutes", "late_policy", "grace_seconds", "passcode"),
    *("ip_ranges", "seb_keys", "needs_check_in", "starts_together", "room_started_at"),
)
TO_START = (
    *("status", "receipt", "person"),
    *(f"admission__{name}" for name in OF_ADMISSION),
    *(f"admission__sitting__{name}" for name in OF_SITTING),
)
RECEIPT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that can be misread


class AttemptClosed(Exception):
    """The attempt takes no more answers; ``receipt`` is its receipt, if it has one."""

    def __init__(self, receipt: str | None = None):
        super().__init__(receipt)
        self.receipt = receipt


class NotAllowed(Exception):
    """A rule of the sitting stands against it; ``reason`` is what to tell the candidate."""

    def __init__(self, reason):
        super().__init__(str(reason))
        self.reason = reason


class NotOpen(NotAllowed):
    """The sitting's window is not open now."""


class WrongPasscode(NotAllowed):
    """The code is not the one read out in the room."""


class LeaseLost(Exception):
    """Another tab or device has taken over."""


class OtherDevice(Exception):
    """The sitting binds the attempt to the device it was begun on, and nobody released it."""


def start(*, attempt_id: UUID, by: Person, passcode: str, now: datetime, place=access.NOWHERE) -> Attempt:
    """Start the candidate's attempt with one UPDATE; a second click changes nothing (two statements).

    :raises Attempt.DoesNotExist: not this candidate's.
    :raises NotOpen: outside the window.
    :raises WrongPasscode: not the code read out in the room.
    :raises NotAllowed: check-in, network, browser or the room's common start stand against it.
    :raises AttemptClosed: submitted, voided or absent.
    """
    attempt = Attempt.objects.select_related("admission__sitting").only(*TO_START).get(pk=attempt_id, person=by)
    if attempt.status == AttemptStatus.SCHEDULED:
        _check(attempt, passcode, place, now)
        scheduled = Attempt.objects.filter(pk=attempt_id, status=AttemptStatus.SCHEDULED)
        if begin(scheduled, sitting=attempt.admission.sitting, started=now, device=place.device):
            attempt.status, attempt.started_at, attempt.device = AttemptStatus.IN_PROGRESS, now, place.device
        else:
            attempt.refresh_from_db()
    if attempt.status != AttemptStatus.IN_PROGRESS:
        raise AttemptClosed(attempt.receipt)
    return attempt


def _check(attempt: Attempt, passcode: str, place: access.Place, now: datetime) -> None:
    sitting = attempt.admission.sitting
    if reason := access.window(opens_at=sitting.opens_at, closes_at=sitting.closes_at, now=now):
        raise NotOpen(reason)
    for reason in access.standing(attempt.admission, place=place, now=now):
        raise NotAllowed(reason)
    if reason := access.room_code(code=sitting.passcode, typed=passcode):
        raise WrongPasscode(reason)


def begin(attempts: QuerySet[Attempt], *, sitting: Sitting, started: datetime, lead=timedelta(), device="") -> int:
    """Start the scheduled ``attempts`` of a sitting with one UPDATE and return how many there were.

    Each gets the time it was given in addition as its row has it at that moment, not as somebody read it before.
    """
    own = timing.deadline(
        started=started + lead,
        minutes=sitting.minutes,
        allowance=timedelta(),
        window_closes=sitting.closes_at,
        policy=sitting.late_policy,
    )
    grace = timedelta(seconds=sitting.grace_seconds)
    return attempts.filter(on_paper_at=None).update(
        status=AttemptStatus.IN_PROGRESS,
        started_at=started,
        deadline=moved(Value(own), F("extra")),
        accepts_until=moved(Value(own + grace), F("extra")),
        device=device,
    )


def moved(moment, by) -> ExpressionWrapper:
    """Return the SQL for a moment moved by a span of time."""
    return ExpressionWrapper(moment + by, output_field=DateTimeField())


def take_lease(*, attempt_id: UUID, by: Person, device: str = "") -> str:
    """Make the caller's page the one that may save; the page that held the lease is told at its next save.

    Where the sitting binds the attempt to its device, only that one may; after a release the first one to come.

    :raises OtherDevice: it is bound to another device.
    :raises AttemptClosed: it is not in progress, or not this candidate's.
    """
    lease = secrets.token_urlsafe(16)
    running = Attempt.objects.filter(pk=attempt_id, person=by, status=AttemptStatus.IN_PROGRESS)
    bound = Admission.objects.filter(sitting__takeover=Takeover.RELEASED)  # no join: the UPDATE must see its own row
    free = Q(device__in=["", device]) | ~Q(admission__in=bound)
    if running.filter(free).update(lease=lease, device=device):
        return lease
    if running.exists():
        raise OtherDevice
    raise AttemptClosed(Attempt.objects.filter(pk=attempt_id, person=by).values_list("receipt", flat=True).first())


def submit(*, attempt_id: UUID, lease: str, now: datetime) -> Attempt:
    """Close the attempt and give it its receipt; calling again returns the same one.

    :raises AttemptClosed: voided or never started.
    :raises LeaseLost: another page holds the lease, and nothing was submitted.
    """
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
        if attempt.receipt:  # a lost reply, a second click, the sweep: same receipt
            return attempt
        if attempt.status != AttemptStatus.IN_PROGRESS:
            raise AttemptClosed
        if not secrets.compare_digest(attempt.lease, lease):
            raise LeaseLost
        return close(attempt, now=now)


def close(attempt: Attempt, *, now: datetime) -> Attempt:
    """Submit a locked attempt in progress, stamped with its deadline where that is past; a pause ends with it."""
    if attempt.paused_at:
        pause = now - attempt.paused_at
        attempt.deadline += pause
        attempt.accepts_until += pause - timing.STANDS_STILL
        attempt.paused_at = None
    attempt.move_to(AttemptStatus.SUBMITTED)
    attempt.submitted_at = min(now, attempt.deadline)
    attempt.receipt = new_receipt()
    attempt.save(update_fields=["status", "submitted_at", "receipt", "deadline", "accepts_until", "paused_at"])
    nudge_on_commit("exams.tasks.grade", attempt_id=str(attempt.pk))
    return attempt


def new_receipt() -> str:
    """Return sixteen random characters in four groups."""
    return "-".join("".join(secrets.choice(RECEIPT_ALPHABET) for _ in range(4)) for _ in range(4))


def close_overdue(*, now: datetime) -> int:
    """Submit what nobody closed, stamped with its deadline; mark who never came. Return how many were closed."""
    overdue = Attempt.objects.filter(status=AttemptStatus.IN_PROGRESS, accepts_until__lt=now)
    closed = sum(_close_one_overdue(pk, now) for pk in overdue.values_list("pk", flat=True))
    nobody_came = Attempt.objects.filter(status=AttemptStatus.SCHEDULED, on_paper_at=None)
    nobody_came.filter(admission__sitting__closes_at__lt=now).update(status=AttemptStatus.ABSENT)
    return closed


def _close_one_overdue(pk: UUID, now: datetime) -> bool:
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update().get(pk=pk)
        if attempt.status != AttemptStatus.IN_PROGRESS or attempt.accepts_until >= now:
            return False  # the candidate was faster, or was given more time
        close(attempt, now=now)
        return True
