"""1,000 certificates with one worker: issued as a batch, then their signed PDFs and pictures. DATABASE_URL chooses."""

from _machine import set_up

set_up()

import json
import resource
import statistics
import time
from pathlib import Path

from _passed import people
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from exams.actions import certificate_batches, certificate_files
from exams.credentials import status
from exams.enums import BatchState
from exams.models import Certificate, CertificateBatch
from exams.queries.credentials import set_bits

PEOPLE = 1000
LIMIT_S = 300  # of the issue: 1,000 signed PDFs in under five minutes with one worker
now = timezone.now()


def tell(name: str, value: float, unit: str, detail: str) -> None:
    print(json.dumps({"name": name, "unit": unit, "value": round(value, 2), "detail": detail}), flush=True)


call_command("make_certificate_signer", if_missing=True)
call_command("make_credential_key", if_missing=True)
certifier, _practicals = people(PEOPLE, now=now)
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
