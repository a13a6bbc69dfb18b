"""1,000 certificates with one worker: issued as a batch, then their signed PDFs and pictures. DATABASE_URL chooses."""

from _machine import set_up

set_up()

import json
import resource
import statistics
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.actions import persons, roles
from accounts.enums import Role
from accounts.models import User
from accounts.rules.identity import check_digit
from exams.actions import certificate_batches, certificate_files
from exams.credentials import status
from exams.enums import AttemptStatus, BatchState
from exams.models import (
    Admission,
    Attempt,
    Blueprint,
    Certificate,
    CertificateBatch,
    OperationRule,
    Paper,
    Practical,
    Room,
    Sitting,
)
from exams.queries.credentials import set_bits

PEOPLE = 1000
LIMIT_S = 300  # of the issue: 1,000 signed PDFs in under five minutes with one worker
now = timezone.now()


def tell(name: str, value: float, unit: str, detail: str) -> None:
    print(json.dumps({"name": name, "unit": unit, "value": round(value, 2), "detail": detail}), flush=True)


def passed(number: int, sitting: Sitting, examiner: User) -> None:
    """Register somebody who passed both parts."""
    first17 = f"3702821990{number // 100 % 12 + 1:02d}{number % 28 + 1:02d}{number // 28 % 900 + 100:03d}"
    user = User.objects.create_user(username=f"bench-certificate-{number}")
    name = "王李张刘陈"[number % 5] + "安全生产应急"[number % 6]
    person = persons.register(name=name, id_number=first17 + check_digit(first17), user=user, by=None, now=now)
    admission = Admission.objects.create(
        sitting=sitting, person=person, seat=number + 1, ticket=f"B{number:08d}", admitted_at=now
    )
    theory = Attempt.objects.create(
        admission=admission,
        person=person,
        paper=Paper.objects.create(blueprint=sitting.blueprint, seed=number, drawn_at=now),
        status=AttemptStatus.GRADED,
        started_at=now,
        deadline=now + timedelta(hours=2),
        accepts_until=now + timedelta(hours=2),
        submitted_at=now + timedelta(hours=1),
        receipt=f"BENCH-{number:012d}",
    )
    Practical.objects.create(
        person=person, rule=sitting.rule, theory=theory, number=1, examiner=examiner, veto=False, score=95, passed=True,
        taken_at=now,
    )  # fmt: skip


def people() -> User:
    rule = OperationRule.objects.select_related("operation", "scheme").get(
        scheme__code="order-19", operation__name="低压电工作业"
    )
    sitting = Sitting.objects.create(
        title="bench",
        rule=rule,
        blueprint=Blueprint.objects.filter(operation=rule.operation).first(),
        room=Room.objects.first(),
        opens_at=now,
        closes_at=now + timedelta(hours=3),
        minutes=120,
    )
    examiner, certifier = (User.objects.create_user(name) for name in ("bench-examiner", "bench-certifier"))
    roles.grant(user=certifier, role=Role.CERTIFIER, by=None, now=now)
    Practical.objects.filter(certificate=None).delete()
    for number in range(PEOPLE):
        passed(number, sitting, examiner)
    return certifier


call_command("make_certificate_signer", if_missing=True)
call_command("make_credential_key", if_missing=True)
certifier = people()
batch = certificate_batches.open_batch(practical_ids=None, by=certifier, now=now)

began, cpu = time.perf_counter(), time.process_time()
certificate_batches.work(batch_id=batch.pk, clock=timezone.now)
issued_s, issued_cpu = time.perf_counter() - began, time.process_time() - cpu
assert CertificateBatch.objects.get(pk=batch.pk).state == BatchState.DONE
assert Certificate.objects.count() >= PEOPLE

waiting = list(Certificate.objects.filter(certificate_files.WITHOUT_FILES).values_list("pk", flat=True))
began, cpu, each = time.perf_counter(), time.process_time(), []
for pk in waiting:
    one = time.perf_counter()
    assert certificate_files.write_files(certificate_id=pk, now=timezone.now())
    each.append((time.perf_counter() - one) * 1000)
written_s, written_cpu = time.perf_counter() - began, time.process_time() - cpu
folder = Path(settings.MEDIA_ROOT) / "certificates"
assert len(list(folder.glob("*.pdf"))) == len(list(folder.glob("*.png"))) == len(waiting) >= PEOPLE

tail = statistics.quantiles(each, n=20)[18]
tell("certificates issued in one batch", issued_s, "s", f"{PEOPLE}, {connection.vendor}, {issued_cpu:.1f} CPU-s")
tell(
    "signed PDFs (PAdES B-B, PDF/A-3b) with pictures, one worker",
    written_s,
    "s",
    f"{len(waiting)}, p95 {tail:.0f} ms each, {written_cpu:.1f} CPU-s,"
    f" peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB",
)
total = issued_s + written_s
tell("1,000 certificates from batch to file", total, "s", f"limit {LIMIT_S} s")

began = time.perf_counter()
for _ in range(20):
    ones = set_bits(purpose="revocation", number=1)
    status.list_token(purpose="revocation", number=1, ones=ones, now=now)
tell("one status list of 131,072 bits", (time.perf_counter() - began) * 50, "ms", f"{PEOPLE} credentials")
assert total < LIMIT_S, f"{total:.0f} s for {PEOPLE} certificates"
