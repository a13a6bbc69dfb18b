"""Several processes under one command: started together, their lines named, and none left behind."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from steps import ROOT

PATIENCE = 4.5  # seconds between asking a process to stop and ending it
PARENT_DEATH_SIGNAL = 1  # prctl(2), PR_SET_PDEATHSIG
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Supervisor:
    """Processes by name, each leading its own group; ``tell`` prints the lines they print."""

    def __init__(self) -> None:
        self.processes: dict[str, subprocess.Popen] = {}
        self.tell: Callable[[str], object] = print

    def start(self, name: str, command: list) -> None:
        """Start a process; each line it prints appears behind its name."""
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 (one system call, no lock)
        )
        self.processes[name] = process
        threading.Thread(target=self._relay, args=(name, process), daemon=True).start()

    def ended(self) -> str | None:
        """Return the name of a process that has ended, if one has."""
        return next((name for name, process in self.processes.items() if process.poll() is not None), None)

    def wait(self) -> str:
        """Block until one process ends and return its name."""
        while not (name := self.ended()):
            time.sleep(0.2)
        return name

    def stop(self) -> None:
        """Ask every group to stop, and end what has not stopped within PATIENCE seconds."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave half of them running
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        self._signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and any(process.poll() is None for process in self.processes.values()):
            time.sleep(0.05)
        self._signal(signal.SIGKILL)
        for process in self.processes.values():
            process.wait()

    def _signal(self, number: int) -> None:
        for process in self.processes.values():
            # A group outlives its leader while any member does, so ask the group even when the leader is gone.
            try:
                os.killpg(process.pid, number)
            except (ProcessLookupError, PermissionError):
                continue

    def _relay(self, name: str, process: subprocess.Popen) -> None:
        for line in process.stdout:
            self.tell(f"{name:<6} | {line.rstrip()}")


def _end_with_parent() -> None:
    """End this process when the supervisor is killed outright and cannot stop it."""
    if _libc is not None:
        _libc.prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)
