"""Load the catalogue, the schemes and a question bank from ``exams/content``; again changes only what changed there."""

from datetime import datetime
from pathlib import Path

import yaml
from django.db import transaction

from exams.enums import Education, QuestionKind
from exams.models import (
    Blueprint,
    BlueprintRow,
    Category,
    KnowledgePoint,
    Operation,
    OperationRule,
    Option,
    PracticalSubject,
    Question,
    QuestionVersion,
    Scheme,
)
from exams.rules.responses import LETTERS
from training.models import CoursePage

from .rule_seeding import education_for

CONTENT = Path(__file__).resolve().parent.parent / "content"
TRUE_FALSE_OPTIONS = ("正确", "错误")


class BadBank(ValueError):
    """A question file cannot be loaded; says which question and why, and nothing of it is stored."""


def _read(path: Path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def load_schemes() -> int:
    """Store the certification schemes; return how many there are."""
    rows = _read(CONTENT / "schemes.yaml")
    with transaction.atomic():
        for row in rows:
            Scheme.objects.get_or_create(code=row["code"], defaults=row)  # what officers changed since stays
    return len(rows)


def load_operations() -> int:
    """Store the ten categories and 54 operations; return how many operations there are."""
    count = 0
    with transaction.atomic():
        for number, (name, operations) in enumerate(_read(CONTENT / "operations.yaml")["categories"].items(), 1):
            category, _ = Category.objects.update_or_create(number=number, defaults={"name": name})
            for place, operation in enumerate(operations, 1):
                Operation.objects.update_or_create(name=operation, defaults={"category": category, "number": place})
                count += 1
    return count


def load_operation(*, folder: str, now: datetime) -> int:
    """Store how one operation is examined and its question bank (``folder``.yaml and ``folder``/*.yaml).

    Return how many questions the bank has.

    :raises BadBank: a question is malformed; nothing is stored.
    """
    data = _read(CONTENT / f"{folder}.yaml")
    hours = _read(CONTENT / "operations.yaml")["hours"]
    with transaction.atomic():
        operation = Operation.objects.get(name=data["operation"])
        Operation.objects.filter(pk=operation.pk).update(course=CoursePage.objects.filter(slug=data["course"]).first())
        for scheme in Scheme.objects.all():
            if operation.rules.filter(scheme=scheme).exists():
                continue  # officers may have changed it, and results may rest on it
            _store_rule(scheme, operation, data, hours.get(operation.name))
        count = sum(_store_point(operation, _read(path), now) for path in sorted((CONTENT / folder).glob("*.yaml")))
        _store_blueprint(operation, data["blueprint"])
    return count


def _store_rule(scheme: Scheme, operation: Operation, data: dict, hours: int | None) -> None:
    rule, _ = OperationRule.objects.update_or_create(
        scheme=scheme,
        operation=operation,
        defaults={
            "theory_minutes": data["theory_minutes"],
            "theory_pass_mark": data["theory_pass_mark"],
            "practical_minutes": data["practical_minutes"],
            "practical_pass_mark": data["practical_pass_mark"],
            "training_hours": hours,
            "education": _education(scheme, operation),
            "confirmed": False,
            "source": data["source"],
        },
    )
    for subject in data["subjects"]:
        PracticalSubject.objects.update_or_create(rule=rule, code=subject["code"], defaults=subject)


def _education(scheme: Scheme, operation: Operation) -> str:
    asked = _read(CONTENT / "operations.yaml")["education"].get(scheme.code)
    return education_for(asked, operation.category.name) if asked else Education.NONE


def _store_blueprint(operation: Operation, data: dict) -> None:
    blueprint, _ = Blueprint.objects.get_or_create(operation=operation, name=data["name"])
    for code, counts in data["rows"].items():
        point = KnowledgePoint.objects.get(operation=operation, code=code)
        for kind, count in zip((QuestionKind.TRUE_FALSE, QuestionKind.SINGLE_CHOICE), counts, strict=True):
            BlueprintRow.objects.update_or_create(
                blueprint=blueprint, point=point, kind=kind, defaults={"count": count}
            )


def _store_point(operation: Operation, data: dict, now: datetime) -> int:
    point, _ = KnowledgePoint.objects.update_or_create(
        operation=operation, code=data["point"], defaults={"name": data["name"]}
    )
    for row in data["questions"]:
        options, right = _options(row)
        question, _ = Question.objects.get_or_create(code=row["id"], defaults={"point": point, "kind": row["kind"]})
        _store_version(question, row, options, right, now)
    return len(data["questions"])


def _options(row: dict) -> tuple[list[str], int]:
    if row["kind"] == QuestionKind.TRUE_FALSE and isinstance(row["answer"], bool):
        return list(TRUE_FALSE_OPTIONS), 0 if row["answer"] else 1
    options = [str(option) for option in row.get("options", ())]
    right = LETTERS.find(str(row["answer"]))
    if row["kind"] != QuestionKind.SINGLE_CHOICE or not 0 <= right < len(options) or len(set(options)) < 3:
        raise BadBank(f"{row['id']}: kind, options and answer do not fit together")
    return options, right


def _store_version(question: Question, row: dict, options: list[str], right: int, now: datetime) -> None:
    """Add a version where the text differs from the current one; papers keep the version they were drawn with."""
    said = {name: str(row[name]).strip() for name in ("stem", "explanation", "source")}
    current = question.current
    if current and said == {name: getattr(current, name) for name in said}:
        stored = list(current.options.values_list("text", "is_right"))
        if stored == [(text, position == right) for position, text in enumerate(options)]:
            return
    version = QuestionVersion.objects.create(
        question=question,
        number=(current.number if current else 0) + 1,
        reviewed=row["reviewed"],
        created_at=now,
        approved_at=now,  # reviewed before it was put into the files
        **said,
    )
    Option.objects.bulk_create(
        Option(version=version, position=position, text=text, is_right=position == right)
        for position, text in enumerate(options)
    )
    question.current = version
    question.save(update_fields=["current"])
