"""`make bench`: run every measurement in tests/load and write var/bench.json.

Each file there is a program that prints one JSON object a line: {"name", "unit", "value", "detail"}.
"""

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import catalogue
import environment
from steps import ROOT, Steps

import frontend

RESULTS = ROOT / "var/bench.json"


def bench() -> int:
    """Run the measurements one after the other, print a table, and return 0 only if each gave a result."""
    steps = Steps(3)
    frontend.ensure(steps)
    catalogue.ensure(steps)
    about = machine()
    print(f"\n{about['processor']}, {about['cores']} cores, {about['memory_gb']} GB; Python {about['python']}")
    rows, failed = [], []
    for program in sorted((ROOT / "tests/load").glob("[!_]*.py")):
        found = measure(program)
        rows += found
        if not found:
            failed.append(program.name)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"machine": about, "results": rows}, ensure_ascii=False, indent=1) + "\n")
    print(f"\n{len(rows)} figures in {RESULTS.relative_to(ROOT)}")
    if failed:
        print(f"without a result: {', '.join(failed)}")
    return int(bool(failed or not rows))


def measure(program: Path) -> list[dict]:
    """Run one program, print its figures, and return them; nothing if it failed."""
    started = time.monotonic()
    print(f"\n{program.stem} …", flush=True)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")])}
    with subprocess.Popen([sys.executable, program], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:
        rows = [json.loads(line) for line in process.stdout if line.startswith("{")]
    for row in rows:
        print(f"  {row['name']:<48} {row['value']:>12} {row['unit']:<8} {row.get('detail', '')}")
    print(f"  took {time.monotonic() - started:.0f} s", flush=True)
    return rows if process.returncode == 0 else []


def machine() -> dict[str, object]:
    """Describe this machine, without which no figure means anything."""
    model = ""
    if Path("/proc/cpuinfo").is_file():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": model or platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gb": round(memory),
        "system": platform.platform(),
        "python": platform.python_version(),
        "date": time.strftime("%Y-%m-%d"),
    }


if __name__ == "__main__":
    environment.main_inside(bench, "test")
