"""How an operation is examined, its practical subjects, its blueprint and its question bank."""

from datetime import datetime

from django.db import transaction

from exams.actions import bank
from exams.enums import Education, QuestionKind
from exams.models import (
    Blueprint,
    BlueprintRow,
    KnowledgePoint,
    Operation,
    OperationRule,
    PracticalSubject,
    Scheme,
)
from exams.rules.bank_files import BadBank, is_reserved, rows_of
from training.models import CoursePage

from ..rule_seeding import education_for
from .catalogue import operation_of
from .files import CONTENT, read


def folders() -> list[str]:
    """Return the names of the banks that are shipped: a folder of questions beside a file of rules."""
    return sorted(path.name for path in CONTENT.iterdir() if path.is_dir() and path.with_suffix(".yaml").exists())


def load_banks(*, now: datetime) -> int:
    """Store every bank; return how many questions they have."""
    return sum(load_operation(folder=folder, now=now) for folder in folders())


def load_operation(*, folder: str, now: datetime) -> int:
    """Store how one operation is examined and its question bank (``folder``.yaml and ``folder``/*.yaml).

    A point may have several files. Return how many questions the bank has.

    :raises BadBank: a question is malformed; nothing is stored.
    """
    data = read(CONTENT / f"{folder}.yaml")
    hours = read(CONTENT / "operations.yaml")["hours"]
    files = [read(path) for path in sorted((CONTENT / folder).glob("*.yaml"))]
    with transaction.atomic():
        operation = operation_of(data)
        Operation.objects.filter(pk=operation.pk).update(course=CoursePage.objects.filter(slug=data["course"]).first())
        for scheme in Scheme.objects.all():
            if not operation.rules.filter(scheme=scheme).exists():  # officers may have changed it, results rest on it
                _store_rule(scheme, operation, data, hours.get(operation.name))
        count = _store_questions(operation, files, now)
        _store_blueprint(operation, data["blueprint"])
    return count


def _education(scheme: Scheme, operation: Operation) -> str:
    asked = read(CONTENT / "operations.yaml").get("education", {}).get(scheme.code)
    return education_for(asked, operation.category.name) if asked else Education.NONE


def _store_rule(scheme: Scheme, operation: Operation, data: dict, hours: int | None) -> None:
    """A bank that leads to no certificate has no practical exam: no minutes, no mark, no subjects."""
    rule, _ = OperationRule.objects.get_or_create(
        scheme=scheme,
        operation=operation,
        defaults={
            "theory_minutes": data["theory_minutes"],
            "theory_pass_mark": data["theory_pass_mark"],
            "practical_minutes": data.get("practical_minutes", 0),
            "practical_pass_mark": data.get("practical_pass_mark", 0),
            "training_hours": hours,
            "education": _education(scheme, operation),
            "confirmed": False,
            "source": data["source"],
        },
    )
    for subject in data.get("subjects", ()):
        PracticalSubject.objects.update_or_create(rule=rule, code=subject["code"], defaults=subject)


def _store_blueprint(operation: Operation, data: dict) -> None:
    blueprint, _ = Blueprint.objects.get_or_create(operation=operation, name=data["name"])
    points = {point.code: point for point in KnowledgePoint.objects.filter(operation=operation)}
    for code, counts in data["rows"].items():
        for kind, count in zip((QuestionKind.TRUE_FALSE, QuestionKind.SINGLE_CHOICE), counts, strict=True):
            BlueprintRow.objects.update_or_create(
                blueprint=blueprint, point=points[code], kind=kind, defaults={"count": count}
            )


def _store_questions(operation: Operation, files: list[dict], now: datetime) -> int:
    rows = []
    for data in files:
        point, _ = KnowledgePoint.objects.get_or_create(
            operation=operation, code=data["point"], defaults={"name": data["name"]}
        )
        rows += [
            bank.Row(row.draft, point, reviewed=row.reviewed, reserved=is_reserved(row.draft)) for row in rows_of(data)
        ]
    try:
        for row in rows:
            bank.check(row.draft)
        bank.store(rows=rows, by=None, now=now, approved=True)  # reviewed before they were put into the files
    except bank.BadQuestion as bad:
        raise BadBank(f"{bad.code}: {bad}") from bad
    return len(rows)
