"""Several processes under one command: none outlives it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from supervisor import Supervisor

SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)",
]


@pytest.fixture
def supervisor():
    one = Supervisor()
    one.lines = []
    one.tell = one.lines.append
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield one
    one.stop()
    for number, handler in handlers.items():
        signal.signal(number, handler)


def wait_for(condition) -> None:
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_line_of_a_process_appears_behind_its_name(supervisor):
    supervisor.start("web", SLEEPER)
    wait_for(lambda: supervisor.lines)
    assert supervisor.lines == ["web    | up"]


def test_the_process_that_ends_by_itself_is_named(supervisor):
    supervisor.start("web", SLEEPER)
    supervisor.start("worker", [sys.executable, "-c", "raise SystemExit(4)"])
    assert supervisor.wait() == "worker"
    assert supervisor.processes["worker"].returncode == 4


def test_stop_ends_every_process_also_one_that_ignores_the_request(supervisor, monkeypatch):
    monkeypatch.setattr("supervisor.PATIENCE", 0.5)
    supervisor.start("web", SLEEPER)
    supervisor.start("worker", STUBBORN)
    wait_for(lambda: len(supervisor.lines) == 2)
    started = time.monotonic()
    supervisor.stop()
    assert time.monotonic() - started < 5
    assert [process.returncode for process in supervisor.processes.values()] == [-signal.SIGTERM, -signal.SIGKILL]


def test_stop_also_ends_what_a_process_started(supervisor):
    child = "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])"
    supervisor.start("web", [sys.executable, "-c", f"{child}; print(p.pid, flush=True); time.sleep(60)"])
    wait_for(lambda: supervisor.lines)
    grandchild = int(supervisor.lines[0].split("|")[1])
    supervisor.stop()
    wait_for(lambda: not is_alive(grandchild))


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_processes_end_when_the_supervisor_is_killed_outright():
    folder = Path(sys.modules["supervisor"].__file__).parent
    code = (
        "from supervisor import Supervisor; import time; one = Supervisor();"
        f"one.start('web', {SLEEPER!r}); print(one.processes['web'].pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=folder, stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    parent.stdout.close()
    parent.kill()
    parent.wait()
    wait_for(lambda: not is_alive(child))
