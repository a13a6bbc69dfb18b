"""Codes for questions that come without one."""

from collections import Counter
from dataclasses import replace

from django.utils.text import slugify

from exams.models import KnowledgePoint, Question


def with_codes(rows: list) -> list:
    """Return the rows, each with a code: q, the operation's number, the point, and a number that goes on."""
    points = {row.point.pk: row.point for row in rows if not row.draft.code}
    if not points:
        return list(rows)
    # Who waits for the lock counts what the one before has stored.
    list(KnowledgePoint.objects.select_for_update().filter(pk__in=points).order_by("pk").values_list("pk"))
    last: Counter[str] = Counter()
    for prefix in {_prefix(point) for point in points.values()}:
        taken = Question.objects.filter(code__startswith=prefix).values_list("code", flat=True)
        numbers = [code.removeprefix(prefix) for code in taken]
        last[prefix] = max((int(number) for number in numbers if number.isdecimal()), default=0)
    coded = []
    for row in rows:
        if not row.draft.code:
            prefix = _prefix(row.point)
            last[prefix] += 1
            row = replace(row, draft=replace(row.draft, code=f"{prefix}{last[prefix]:04d}"))
        coded.append(row)
    return coded


def _prefix(point: KnowledgePoint) -> str:
    return f"q{point.operation_id}-{slugify(point.code) or point.pk}-"
