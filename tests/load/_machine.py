"""A seeded scratch platform for benchmarks, inside one process."""

import os
import tempfile

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="xhyj-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import django


def set_up() -> None:
    """Migrate and seed the scratch database, quietly."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        call_command("collectstatic", interactive=False, verbosity=0, stdout=nowhere)
        call_command("seed", stdout=nowhere)


def measure(name: str, work: Callable[[int], object], *, rounds: int, detail: str = "") -> None:
    """Run ``work`` and print one JSON line: median CPU milliseconds, and the 95th percentile of wall time."""
    for number in range(min(20, rounds)):
        work(number)
    cpu, wall = [], []
    for number in range(rounds):
        wall_start, cpu_start = time.perf_counter(), time.process_time()
        work(number + 1000)
        cpu.append((time.process_time() - cpu_start) * 1000)
        wall.append((time.perf_counter() - wall_start) * 1000)
    tail = statistics.quantiles(wall, n=20)[18]
    print(
        json.dumps(
            {
                "name": name,
                "unit": "ms CPU (median)",
                "value": round(statistics.median(cpu), 2),
                "detail": f"wall p95 {tail:.1f} ms over {rounds}" + (f"; {detail}" if detail else ""),
            }
        ),
        flush=True,
    )
