"""Statistics of 10,000 attempts of 100 questions, from the database to figures. DATABASE_URL chooses the database."""

from _machine import set_up

set_up()

import json
import os
import time

from _sat import Hall
from django.db import connection
from django.utils import timezone

from exams.actions.statistics import refresh
from exams.models import Sitting
from exams.queries.statistics import report

ATTEMPTS = int(os.environ.get("ATTEMPTS", "10000"))
LIMIT_S = 5

now = timezone.now()
sitting = Sitting.objects.order_by("pk").first()
Hall(sitting, 1_000_000, now).be_graded(ATTEMPTS)
Sitting.objects.filter(pk=sitting.pk).update(released_at=now)
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")


def tell(name: str, work) -> float:
    begun = time.perf_counter()
    found = work()
    wall = time.perf_counter() - begun
    detail = f"{ATTEMPTS} attempts on {connection.vendor}: {found}; at most {LIMIT_S} s"
    print(json.dumps({"name": name, "unit": "s", "value": round(wall, 2), "detail": detail}), flush=True)
    return wall


def whole_report() -> str:
    found = report([sitting.pk])
    assert found.whole.attempts == ATTEMPTS
    return f"{len(found.questions)} versions, alpha {found.whole.cic:.1f} %"


assert tell("figures of a sitting", whole_report) < LIMIT_S
assert (
    tell("figures of questions stored", lambda: refresh(operation_id=sitting.rule.operation_id, now=now)) < 2 * LIMIT_S
)
