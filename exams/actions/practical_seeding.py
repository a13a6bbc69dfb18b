"""Load the tasks of practical exams from ``exams/content``; again changes only what changed there."""

from datetime import datetime
from pathlib import Path

import yaml
from django.db import transaction

from exams.models import Operation, PracticalSubject, PracticalTask

from .practical_tasks import BadTask, content, content_of, retire, write

CONTENT = Path(__file__).resolve().parent.parent / "content"
PATTERN = "*-practical.yaml"


def load_practicals(*, now: datetime, folder: Path = CONTENT) -> int:
    """Load every file of practical tasks whose operation is in the catalogue; return how many tasks are in use."""
    return sum(load_practical(path=path, now=now) for path in sorted(folder.glob(PATTERN)))


def load_practical(*, path: Path, now: datetime) -> int:
    """Store the tasks of one operation and retire those that left the file; return how many there are.

    A task whose content changed becomes a new row and the old one is retired: sheets keep what they were marked by.
    What an officer changed since it was loaded stays as the officer wants it.

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
            retire(task, now=now)
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
    kept = current and (current.changed_by_id or content(current) == content_of(subject, row))
    if not kept:
        write(operation=operation, subject=subject, row=row, current=current, now=now)
