"""Change a task of practical exams: the changed one is a new row, sheets keep the one they were marked by."""

from datetime import datetime

from django.db import transaction

from accounts.enums import Role
from accounts.models import User
from accounts.queries import has_role
from exams.models import ChecklistItem, Operation, PracticalTask, VetoItem

TEXTS = ("title", "setup", "brief", "source")


class BadTask(ValueError):
    """A task cannot be stored; says which one and why, and nothing is stored."""


class NotAnOfficer(Exception):
    """Only an exam officer changes tasks."""


class Replaced(Exception):
    """Somebody else changed the task meanwhile."""


def change(*, task_id: int, row: dict, by: User, now: datetime) -> PracticalTask:
    """Put a task with the content of ``row`` (as in the files) in the place of one in use; return the one in use now.

    :raises NotAnOfficer: ``by`` lacks the role.
    :raises BadTask: the marks are not those the task had: the subject counts so much.
    :raises Replaced: it is no longer in use.
    """
    if not has_role(by, Role.EXAM_OFFICER):
        raise NotAnOfficer
    with transaction.atomic():
        task = PracticalTask.objects.select_for_update(of=("self",)).get(pk=task_id)
        if task.retired_at:
            raise Replaced
        had, has = (sum(marks) for marks in (marks_of(task), [item["marks"] for item in row["items"]]))
        if had != has:
            raise BadTask(f"{task.code}: {has} marks, but {task.subject} has {had}")
        if content(task) == content_of(task.subject, row):
            return task
        return write(operation=task.operation, subject=task.subject, row=row, current=task, by=by, now=now)


def write(
    *,
    operation: Operation,
    subject: str,
    row: dict,
    current: PracticalTask | None,
    now: datetime,
    by: User | None = None,
) -> PracticalTask:
    """Store a task as a new row and retire the one it replaces; part of the caller's transaction."""
    if current:
        retire(current, now=now)
    texts = {name: str(row[name]).strip() for name in TEXTS}
    task = PracticalTask.objects.create(
        operation=operation,
        subject=subject,
        code=row["code"],
        minutes=row["minutes"],
        reviewed=row["reviewed"],
        created_at=now,
        changed_by=by,
        **texts,
    )
    ChecklistItem.objects.bulk_create(
        ChecklistItem(task=task, position=position, text=item["text"], marks=item["marks"])
        for position, item in enumerate(row["items"], 1)
    )
    VetoItem.objects.bulk_create(
        VetoItem(task=task, position=position, text=text) for position, text in enumerate(row["veto"], 1)
    )
    return task


def retire(task: PracticalTask, *, now: datetime) -> None:
    """Draw the task no more; what was marked by it stays. Part of the caller's transaction."""
    task.retired_at = now
    task.save(update_fields=["retired_at"])


def marks_of(task: PracticalTask) -> list[int]:
    """Return the full marks of its items."""
    return list(task.items.values_list("marks", flat=True))


def content(task: PracticalTask) -> tuple:
    """Return what makes two tasks the same to an examiner."""
    return (
        task.subject,
        task.minutes,
        task.reviewed,
        *(getattr(task, name) for name in TEXTS),
        tuple(task.items.values_list("text", "marks")),
        tuple(task.vetoes.values_list("text", flat=True)),
    )


def content_of(subject: str, row: dict) -> tuple:
    """Return the same of a row as the files have it."""
    return (
        subject,
        row["minutes"],
        row["reviewed"],
        *(str(row[name]).strip() for name in TEXTS),
        tuple((item["text"], item["marks"]) for item in row["items"]),
        tuple(row["veto"]),
    )
