"""What workers do for exams; each may run twice or late."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from . import pushing
from .actions import (
    attempts,
    certificate_batches,
    certificate_files,
    certificate_reminders,
    duplicates,
    grading,
    hints,
    key_changes,
    releasing,
    statistics,
)
from .actions.importing import approving, comparing, ending
from .actions.importing import reading as reading_questions
from .actions.importing import taking as taking_questions
from .actions.registers import reading, taking
from .models import Sitting
from .queries.attempts import sitting_of, waits_for_its_grade


@shared_task
def grade(*, attempt_id: str) -> None:
    """Grade a submitted attempt and all that waits with it, and let the consoles of its sitting see that.

    After a whole room handed in, one task does the work of all.
    """
    if waits_for_its_grade(UUID(attempt_id)):
        grading.grade_waiting(now=timezone.now())
    pushing.push(sitting_of(UUID(attempt_id)))


@shared_task
def close_overdue() -> None:
    """Every 10 s: close what nobody closed, grade what nobody graded."""
    attempts.close_overdue(now=timezone.now())
    grading.grade_waiting(now=timezone.now())


@shared_task
def write_certificate(*, certificate_id: int) -> None:
    """Write one certificate's files."""
    certificate_files.write_files(certificate_id=certificate_id, now=timezone.now())


@shared_task
def write_missing_certificates() -> None:
    """Every 30 s: write what a crash left unwritten."""
    certificate_files.write_missing(clock=timezone.now)


@shared_task
def find_duplicates(*, operation_id: int) -> None:
    """Search one operation's bank for questions that say nearly the same."""
    duplicates.find(operation_id=operation_id, now=timezone.now())


@shared_task
def find_wanted_duplicates() -> None:
    """Every 60 s: search the banks that changed."""
    duplicates.find_wanted(now=timezone.now())


@shared_task
def issue_batch(*, batch_id: str) -> None:
    """Issue the certificates of one batch."""
    certificate_batches.work(batch_id=UUID(batch_id), clock=timezone.now)


@shared_task
def read_register(*, import_id: str) -> None:
    """Read one old register into lines."""
    reading.read(import_id=UUID(import_id), clock=timezone.now)


@shared_task
def take_over_register(*, import_id: str) -> None:
    """Take one confirmed register over."""
    taking.take_over(import_id=UUID(import_id), clock=timezone.now)


@shared_task
def carry_on_certificate_jobs() -> None:
    """Every 10 s: go on with each batch and each register that waits for a worker."""
    certificate_batches.carry_on(clock=timezone.now)
    taking.carry_on(clock=timezone.now)


@shared_task
def remind_of_expiry() -> None:
    """Once a day: tell holders and managers whose certificates end soon."""
    certificate_reminders.remind(now=timezone.now())


@shared_task
def after_release(*, sitting_id: int) -> None:
    """Tell the candidates of a released sitting, make its questions' figures anew, look for what is improbable."""
    now = timezone.now()
    releasing.tell_released(sitting_id=sitting_id, now=now)
    statistics.refresh(operation_id=Sitting.objects.get(pk=sitting_id).rule.operation_id, now=now)
    hints.find(sitting_id=sitting_id, now=now)


@shared_task
def find_hints(*, sitting_id: int) -> None:
    """Look for what is improbable in a sitting."""
    hints.find(sitting_id=sitting_id, now=timezone.now())


@shared_task
def apply_key_change(*, change_id: int) -> None:
    """Grade again what an approved change of a key concerns."""
    key_changes.apply(change_id=change_id, now=timezone.now())


@shared_task
def carry_on_results() -> None:
    """Every minute: tell who was not told of a release, apply approved changes of keys that were not."""
    releasing.tell_all_released(now=timezone.now())
    key_changes.apply_approved(now=timezone.now())


@shared_task
def refresh_statistics() -> None:
    """Every night: make the figures of all questions anew."""
    statistics.refresh_all(now=timezone.now())


@shared_task
def read_questions(*, import_id: str) -> None:
    """Read one file of questions into items."""
    reading_questions.read(import_id=UUID(import_id), clock=timezone.now)


@shared_task
def compare_questions(*, import_id: str) -> None:
    """Hold one import's items against the bank by likeness."""
    comparing.compare(import_id=UUID(import_id), clock=timezone.now)


@shared_task
def take_in_questions(*, import_id: str) -> None:
    """Take one confirmed import into the bank."""
    taking_questions.take_in(import_id=UUID(import_id), clock=timezone.now)


@shared_task
def approve_questions(*, import_id: str) -> None:
    """Approve what an officer asked for, all of one import."""
    approving.go_on(import_id=UUID(import_id), clock=timezone.now)


@shared_task
def carry_on_question_imports() -> None:
    """Every 10 s: go on with each import that waits for a worker."""
    ending.carry_on(clock=timezone.now)
