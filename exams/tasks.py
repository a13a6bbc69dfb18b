"""What workers do for exams; each may run twice or late."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from .actions import attempts, certificates, duplicates, grading
from .actions.importing import approving, comparing, ending, reading, taking


@shared_task
def grade(*, attempt_id: str) -> None:
    """Grade one submitted attempt."""
    grading.grade(attempt_id=UUID(attempt_id), now=timezone.now())


@shared_task
def close_overdue() -> None:
    """Every 10 s: close what nobody closed, grade what nobody graded."""
    attempts.close_overdue(now=timezone.now())
    grading.grade_waiting(now=timezone.now())


@shared_task
def write_certificate(*, certificate_id: int) -> None:
    """Write one certificate's files."""
    certificates.write_files(certificate_id=certificate_id)


@shared_task
def write_missing_certificates() -> None:
    """Every 30 s: write what a crash left unwritten."""
    certificates.write_missing()


@shared_task
def find_duplicates(*, operation_id: int) -> None:
    """Search one operation's bank for questions that say nearly the same."""
    duplicates.find(operation_id=operation_id, now=timezone.now())


@shared_task
def find_wanted_duplicates() -> None:
    """Every 60 s: search the banks that changed."""
    duplicates.find_wanted(now=timezone.now())


@shared_task
def read_questions(*, import_id: str) -> None:
    """Read one file of questions into items."""
    reading.read(import_id=UUID(import_id), clock=timezone.now)


@shared_task
def compare_questions(*, import_id: str) -> None:
    """Hold one import's items against the bank by likeness."""
    comparing.compare(import_id=UUID(import_id), clock=timezone.now)


@shared_task
def take_in_questions(*, import_id: str) -> None:
    """Take one confirmed import into the bank."""
    taking.take_in(import_id=UUID(import_id), clock=timezone.now)


@shared_task
def approve_questions(*, import_id: str) -> None:
    """Approve what an officer asked for, all of one import."""
    approving.go_on(import_id=UUID(import_id), clock=timezone.now)


@shared_task
def carry_on_question_imports() -> None:
    """Every 10 s: go on with each import that waits for a worker."""
    ending.carry_on(clock=timezone.now)
