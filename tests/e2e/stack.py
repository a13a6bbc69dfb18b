"""The real platform for browser tests: ``make run``'s own processes on a free port, in a scratch folder."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 240  # seconds, with an empty database on a busy machine
STUDY_TIME_SCALE = 200  # three seconds of reading count as ten minutes, in these tests only


@dataclass
class Stack:
    """A running platform: its address, its folder, and the demo accounts it printed."""

    url: str
    folder: Path
    process: subprocess.Popen
    lines: list[str] = field(default_factory=list)

    @property
    def passwords(self) -> dict[str, str]:
        return dict(re.findall(r"user=(\S+) password=(\S+)", "\n".join(self.lines)))

    @property
    def passcode(self) -> str:
        return re.search(r"passcode=(\S+)", "\n".join(self.lines)).group(1)

    def stop(self) -> int:
        """Stop everything as Ctrl-C does and return the exit status."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder: Path, port: int, **more: str) -> dict[str, str]:
    """Return this process's environment with the stack's folder, port and settings module."""
    inherited = {
        name: value for name, value in os.environ.items() if name not in {"DJANGO_SETTINGS_MODULE", "BASE_URL"}
    }
    return {
        **inherited,
        "VAR_DIR": str(folder),
        "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "STUDY_TIME_SCALE": str(STUDY_TIME_SCALE),
        "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def start(folder: Path, **more: str) -> Stack:
    """Start the platform and wait until it says that it is open."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "deploy/run.py")],
        cwd=ROOT,
        env=environment(folder, port, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    stack = Stack(f"http://127.0.0.1:{port}", folder, process)
    opened = threading.Event()
    threading.Thread(target=_read, args=(stack, opened), daemon=True).start()
    until = time.monotonic() + STARTS_WITHIN
    while not opened.wait(0.2):
        if process.poll() is not None or time.monotonic() > until:
            raise AssertionError("the platform did not start:\n" + "\n".join(stack.lines[-60:]))
    return stack


def _read(stack: Stack, opened: threading.Event) -> None:
    for line in stack.process.stdout:
        stack.lines.append(line.rstrip("\n"))
        if "Ctrl-C stops it" in line:
            threading.Timer(0.5, opened.set).start()  # the accounts follow on the next lines
