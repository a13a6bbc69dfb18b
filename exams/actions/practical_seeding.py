"""Load the tasks of practical exams from ``exams/content``; again changes only what changed there."""

from datetime import datetime
from pathlib import Path

import yaml
from django.db import transaction

from exams.models import ChecklistItem, Operation, PracticalSubject, PracticalTask, VetoItem

CONTENT = Path(__file__).resolve().parent.parent / "content"
PATTERN = "*-practical.yaml"
TEXTS = ("title", "setup", "brief", "source")


class BadTask(ValueError):
    """A task cannot be loaded; says which one and why, and nothing of its file is stored."""


def load_practicals(*, now: datetime, folder: Path = CONTENT) -> int:
    """Load every file of practical tasks whose operation is in the catalogue; return how many tasks are in use."""
    return sum(load_practical(path=path, now=now) for path in sorted(folder.glob(PATTERN)))


def load_practical(*, path: Path, now: datetime) -> int:
    """Store the tasks of one operation and retire those that left the file; return how many there are.

    A task whose content changed becomes a new row and the old one is retired: sheets keep what they were marked by.

    :raises BadTask: a task is malformed, or its marks are not those of its subject; nothing is stored.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    with transaction.atomic():
        operation = Operation.objects.filter(name=data["operation"]).first()
        if operation is None:
            raise BadTask(f"{path.name}: no operation is called {data['operation']}")
        rows = [(subject, row) for subject, tasks in data["subjects"].items() for row in tasks]
        _check(operation, rows)
        in_use = {task.code: task for task in PracticalTask.objects.filter(operation=operation, retired_at=None)}
        for subject, row in rows:
            _store(operation, subject, row, in_use.pop(row["code"], None), now)
        for task in in_use.values():
            _retire(task, now)
    return len(rows)


def _check(operation: Operation, rows: list[tuple[str, dict]]) -> None:
    codes = [row["code"] for _, row in rows]
    if len(set(codes)) != len(codes):
        raise BadTask(f"{operation}: a task number stands twice")
    wanted = PracticalSubject.objects.filter(rule__operation=operation).values_list("code", "marks")
    full: dict[str, set[int]] = {}
    for code, marks in wanted:
        full.setdefault(code, set()).add(marks)
    if full and full.keys() != {subject for subject, _ in rows}:
        raise BadTask(f"{operation}: the subjects are {', '.join(sorted(full))}")
    for subject, row in rows:
        total = sum(item["marks"] for item in row["items"])
        if full and full[subject] != {total}:
            raise BadTask(f"{row['code']}: {total} marks, but {subject} has {sorted(full[subject])}")


def _store(operation: Operation, subject: str, row: dict, current: PracticalTask | None, now: datetime) -> None:
    if current and _content(current) == _content_of(subject, row):
        return
    if current:
        _retire(current, now)
    texts = {name: str(row[name]).strip() for name in TEXTS}
    task = PracticalTask.objects.create(
        operation=operation,
        subject=subject,
        code=row["code"],
        minutes=row["minutes"],
        reviewed=row["reviewed"],
        created_at=now,
        **texts,
    )
    ChecklistItem.objects.bulk_create(
        ChecklistItem(task=task, position=position, text=item["text"], marks=item["marks"])
        for position, item in enumerate(row["items"], 1)
    )
    VetoItem.objects.bulk_create(
        VetoItem(task=task, position=position, text=text) for position, text in enumerate(row["veto"], 1)
    )


def _retire(task: PracticalTask, now: datetime) -> None:
    task.retired_at = now
    task.save(update_fields=["retired_at"])


def _content(task: PracticalTask) -> tuple:
    return (
        task.subject,
        task.minutes,
        task.reviewed,
        *(getattr(task, name) for name in TEXTS),
        tuple(task.items.values_list("text", "marks")),
        tuple(task.vetoes.values_list("text", flat=True)),
    )


def _content_of(subject: str, row: dict) -> tuple:
    return (
        subject,
        row["minutes"],
        row["reviewed"],
        *(str(row[name]).strip() for name in TEXTS),
        tuple((item["text"], item["marks"]) for item in row["items"]),
        tuple(row["veto"]),
    )
