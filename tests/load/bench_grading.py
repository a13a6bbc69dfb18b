"""Grading 2,000 attempts of 100 questions with one worker. DATABASE_URL chooses the database; ATTEMPTS how many."""

from _machine import set_up

set_up()

import json
import os
import time

from _sat import Hall
from django.db import connection
from django.utils import timezone

from core.models import AuditEntry
from exams.actions import grading
from exams.models import Result, Sitting

ATTEMPTS = int(os.environ.get("ATTEMPTS", "2000"))
LIMIT_S = 60

now = timezone.now()
sitting = Sitting.objects.order_by("pk").first()
Hall(sitting, 0, now).hand_in(ATTEMPTS)
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
entries = AuditEntry.objects.count()
begun, cpu = time.perf_counter(), time.process_time()
assert grading.grade_waiting(now=timezone.now()) == ATTEMPTS
wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
assert Result.objects.count() == ATTEMPTS
assert AuditEntry.objects.count() - entries == ATTEMPTS
questions = sitting.blueprint.papers.order_by("pk").first().slots.count()
detail = f"{ATTEMPTS} × {questions} on {connection.vendor}, CPU of the worker {cpu:.1f} s; at most {LIMIT_S} s"
print(json.dumps({"name": "grade what waits", "unit": "s", "value": round(wall, 1), "detail": detail}), flush=True)
assert wall < LIMIT_S
