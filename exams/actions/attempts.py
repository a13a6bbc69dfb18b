"""What happens to an attempt: start, resume, submit, close. With ``answers`` the only writer of its state."""

import secrets
import unicodedata
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.models import Person
from core.nudging import nudge_on_commit
from exams.enums import AttemptStatus
from exams.models import Attempt
from exams.rules import timing

RECEIPT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that can be misread


class AttemptClosed(Exception):
    """The attempt takes no more answers; ``receipt`` is its receipt, if it has one."""

    def __init__(self, receipt: str | None = None):
        super().__init__(receipt)
        self.receipt = receipt


class NotOpen(Exception):
    """The sitting's window is not open now."""


class WrongPasscode(Exception):
    """The code is not the one read out in the room."""


class LeaseLost(Exception):
    """Another tab or device has taken over."""


def start(*, attempt_id: UUID, by: Person, passcode: str, now: datetime) -> Attempt:
    """Start the candidate's attempt with one UPDATE; a second click changes nothing.

    :raises Attempt.DoesNotExist: not this candidate's.
    :raises NotOpen: outside the window.
    :raises WrongPasscode: not the code read out in the room.
    :raises AttemptClosed: submitted, voided or absent.
    """
    attempt = Attempt.objects.select_related("admission__sitting").get(pk=attempt_id, person=by)
    sitting = attempt.admission.sitting
    if attempt.status == AttemptStatus.SCHEDULED:
        if not sitting.opens_at <= now < sitting.closes_at:
            raise NotOpen
        if not secrets.compare_digest(_code(sitting.passcode), _code(passcode)):
            raise WrongPasscode
        deadline = timing.deadline(
            started=now,
            minutes=sitting.minutes,
            allowance=timedelta(),
            window_closes=sitting.closes_at,
            policy=sitting.late_policy,
        )
        Attempt.objects.filter(pk=attempt_id, status=AttemptStatus.SCHEDULED, on_paper_at=None).update(
            status=AttemptStatus.IN_PROGRESS,
            started_at=now,
            deadline=deadline,
            accepts_until=deadline + timedelta(seconds=sitting.grace_seconds),
        )
        attempt.refresh_from_db()
    if attempt.status != AttemptStatus.IN_PROGRESS:
        raise AttemptClosed(attempt.receipt)
    return attempt


def _code(typed: str) -> bytes:
    """Fold what a Chinese keyboard makes of a code (full-width digits); bytes, for Chinese text cannot be compared."""
    return unicodedata.normalize("NFKC", typed).strip().encode()


def take_lease(*, attempt_id: UUID, by: Person) -> str:
    """Make the caller's page the one that may save; the page that held the lease is told at its next save.

    :raises AttemptClosed: it is not in progress, or not this candidate's.
    """
    lease = secrets.token_urlsafe(16)
    taken = Attempt.objects.filter(pk=attempt_id, person=by, status=AttemptStatus.IN_PROGRESS).update(lease=lease)
    if not taken:
        raise AttemptClosed(Attempt.objects.filter(pk=attempt_id, person=by).values_list("receipt", flat=True).first())
    return lease


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
        return _close(attempt, now)


def _close(attempt: Attempt, now: datetime) -> Attempt:
    attempt.move_to(AttemptStatus.SUBMITTED)
    attempt.submitted_at = min(now, attempt.deadline)
    attempt.receipt = new_receipt()
    attempt.save(update_fields=["status", "submitted_at", "receipt"])
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
        _close(attempt, now)
        return True
