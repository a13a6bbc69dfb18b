"""A seeded scratch platform for benchmarks, inside one process."""

import os
import tempfile

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="xhyj-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")

import json
import resource
import statistics
import threading
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


def resident() -> float:
    """Return the memory of this process now, in MB."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1e6


class Watch:
    """The highest memory of this process inside the block, beyond that at its beginning; and the seconds."""

    def __enter__(self):
        self.before = self.peak = resident()
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look)
        self.thread.start()
        self.started, self.cpu = time.perf_counter(), time.process_time()
        return self

    def _look(self):
        while not self.over.wait(0.05):
            self.peak = max(self.peak, resident())

    def __exit__(self, *_):
        self.seconds, self.cpu = time.perf_counter() - self.started, time.process_time() - self.cpu
        self.over.set()
        self.thread.join()

    def tell(self, what: str, detail: str) -> None:
        detail += f"; {self.cpu:.1f} s CPU; memory +{self.peak - self.before:.0f} MB (from {self.before:.0f})"
        row = {"name": what, "unit": "s", "value": round(self.seconds, 1), "detail": detail}
        print(json.dumps(row, ensure_ascii=False), flush=True)
