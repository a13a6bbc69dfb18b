"""Progress a person can follow: numbered steps with their time, a sign of life every few seconds, one-line endings."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIGN_OF_LIFE = 5.0  # seconds
UNTELLING = ("WARNING", "npm warn", "Attempting", "Found existing", "Uninstalling", "Successfully uninstalled")


class Stop(Exception):
    """End the program with this one line."""


def main(program: Callable[[], int | None]) -> None:
    """Run ``program`` as a command: a Stop is one line on stderr, Ctrl-C and SIGTERM are a quiet end."""
    sys.stdout.reconfigure(errors="replace", line_buffering=True)
    sys.stderr.reconfigure(errors="replace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        sys.exit(program() or 0)
    except Stop as stop:
        print(f"✗ {stop}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(130)


class Step:
    """One line of progress; ``last`` is what it was seen doing most recently."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.last = ""
        self.note = ""
        self._started = time.monotonic()
        self._ended = threading.Event()
        self._broken_line = False
        self._lock = threading.Lock()
        self._tell(f"{title} …", end="")
        threading.Thread(target=self._breathe, daemon=True).start()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    def say(self, line: str) -> None:
        """Print a line below the step's title."""
        with self._lock:
            if not self._broken_line:
                self._tell()
                self._broken_line = True
            self._tell(f"      {line}")

    def run(self, command: list, *, cwd: Path = ROOT, env: dict | None = None) -> str:
        """Run a command without its noise and return what it printed; on failure show its last lines.

        :raises Stop: it ended with an error.
        """
        tail: deque[str] = deque(maxlen=400)
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        try:
            for line in process.stdout:
                tail.append(line.rstrip())
                if line.strip() and not line.strip().startswith(UNTELLING):
                    self.last = line.strip()
            process.wait()
        finally:
            if process.poll() is None:
                process.terminate()
        if process.returncode:
            self._fail(command, process.returncode, tail)
        return "\n".join(tail)

    def end(self) -> None:
        self._ended.set()
        with self._lock:
            took = self.note or f"{self.seconds:.1f} s"
            self._tell(f"      done: {took}" if self._broken_line else f" {took}")

    def abandon(self) -> None:
        self._ended.set()
        with self._lock:
            if not self._broken_line:
                self._tell()

    def _fail(self, command: list, code: int, tail: deque[str]) -> None:
        text = "\n".join(tail)
        if "No space left on device" in text or "ENOSPC" in text:
            raise Stop(f"{self.title}: no disk space left; free some and run the same command again.")
        for line in list(tail)[-20:]:
            self.say(line)
        raise Stop(f"{self.title}: {Path(command[0]).name} ended with {code}; its last lines are above.")

    def _breathe(self) -> None:
        while not self._ended.wait(SIGN_OF_LIFE):
            self.say(f"{self.seconds:3.0f} s  {self.last[:100]}")

    def _tell(self, text: str = "", end: str = "\n") -> None:
        print(text, end=end, flush=True)


class Steps:
    """Number the steps of one command: ``with steps("Building the front end") as step: …``."""

    def __init__(self, total: int, done: int = 0) -> None:
        self.total = total
        self.done = done

    @contextlib.contextmanager
    def __call__(self, title: str) -> Iterator[Step]:
        self.done += 1
        step = Step(f"[{self.done}/{self.total}] {title}")
        try:
            yield step
        except BaseException:
            step.abandon()
            raise
        step.end()
