"""Give every operation of the catalogue its rules under every scheme; what is there, and what officers set, stays."""

from pathlib import Path

import yaml
from django.db import transaction

from exams.enums import Education
from exams.models import Operation, OperationRule, Scheme

OPERATIONS = Path(__file__).resolve().parent.parent / "content" / "operations.yaml"


def load_rules() -> int:
    """Store the rules that are missing, none of them confirmed; return how many there are."""
    data = yaml.safe_load(OPERATIONS.read_text(encoding="utf-8"))
    exam, hours = data["exam"], data["hours"]
    with transaction.atomic():
        for scheme in Scheme.objects.all():
            asked = data["education"].get(scheme.code)
            if asked is None:
                continue  # made by an officer, as the successor of one: it has its rules
            for operation in Operation.objects.filter(category__certifies=True).select_related("category"):
                OperationRule.objects.get_or_create(
                    scheme=scheme,
                    operation=operation,
                    defaults={
                        **exam,
                        "training_hours": hours.get(operation.name),
                        "education": education_for(asked, operation.category.name),
                        "confirmed": False,
                    },
                )
    return OperationRule.objects.count()


def education_for(asked: dict[str, str], category: str) -> Education:
    """Return the schooling that a scheme asks for in a category."""
    return Education(asked.get(category, asked["default"]))
