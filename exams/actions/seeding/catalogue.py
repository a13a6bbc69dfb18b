"""Schemes, operations, and the laws and standards that questions cite."""

from django.db import transaction

from exams.actions import sources
from exams.models import Category, LegalSource, Operation, Scheme

from .files import CONTENT, read

GENERAL = (90, "通用安全")  # banks for training that lead to no certificate


def load_schemes() -> int:
    """Store the certification schemes; return how many there are."""
    rows = read(CONTENT / "schemes.yaml")
    with transaction.atomic():
        for row in rows:
            Scheme.objects.update_or_create(code=row["code"], defaults=row)
    return len(rows)


def load_operations() -> int:
    """Store the ten categories and 54 operations; return how many operations there are."""
    count = 0
    with transaction.atomic():
        for number, (name, operations) in enumerate(read(CONTENT / "operations.yaml")["categories"].items(), 1):
            category, _ = Category.objects.update_or_create(number=number, defaults={"name": name})
            for place, operation in enumerate(operations, 1):
                Operation.objects.update_or_create(name=operation, defaults={"category": category, "number": place})
                count += 1
    return count


def operation_of(data: dict) -> Operation:
    """Return the operation that a bank is about; one that leads to no certificate is created where it is missing."""
    if data.get("certifies", True):
        return Operation.objects.get(name=data["operation"])
    number, name = GENERAL
    general, _ = Category.objects.get_or_create(number=number, defaults={"name": name, "certifies": False})
    last = general.operations.order_by("-number").first()
    operation, _ = Operation.objects.get_or_create(
        name=data["operation"], defaults={"category": general, "number": last.number + 1 if last else 1}
    )
    return operation


def load_sources() -> int:
    """Store the laws and standards that are not there yet, and link the questions that name them; return how many.

    Those that are there stay as an officer left them.
    """
    rows = read(CONTENT / "sources.yaml")
    with transaction.atomic():
        known = set(LegalSource.objects.values_list("code", flat=True))
        new = [row for row in rows if row["code"] not in known]
        by_code = {row["code"]: _source(row) for row in new}
        sources.add(by_code.values())
        successors = {row["code"]: row["superseded_by"] for row in new if "superseded_by" in row}
        sources.supersede(successors)
    return len(rows)


def _source(row: dict) -> LegalSource:
    said = {name: value for name, value in row.items() if name not in ("known_as", "superseded_by")}
    return LegalSource(known_as="\n".join(row["known_as"]), **said)
