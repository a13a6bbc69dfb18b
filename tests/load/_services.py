"""PostgreSQL and Redis of our own, with every safety of production on, that may be killed and come back."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "deploy"))

from stores import _free_port, _postgres_programs, _unprivileged


class Service:
    """A process on a port that can be killed with all its children and started again on the same data."""

    def __init__(self, command: list[str], port: int | None, **options):
        self.command, self.port, self.options = command, port, options
        self.start()

    def start(self) -> None:
        """Start it and wait until its port answers, where it has one."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(self.command, start_new_session=True, **quiet, **self.options)
        until = time.monotonic() + 90
        while self.port and not answers(self.port):
            if time.monotonic() > until:
                raise SystemExit(f"{self.command[0]} does not come back")
            time.sleep(0.05)

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End the whole process group at once and wait until it is gone."""
        os.killpg(self.process.pid, how)
        self.process.wait(timeout=60)


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


class Postgres(Service):
    """A cluster of its own; ``kill`` is an immediate shutdown: it recovers from its log as after a power cut."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="xuehui-postgres-")
        programs, owner, port = _postgres_programs(), _unprivileged(), _free_port()
        if owner:
            shutil.chown(self.folder, owner["user"])
        data = f"{self.folder}/data"
        flags = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"]
        subprocess.run(
            [programs / "initdb", "-D", data, *flags], check=True, capture_output=True, cwd=self.folder, **owner
        )
        options = ["-D", data, "-p", str(port), "-k", self.folder, "-h", "127.0.0.1"]
        super().__init__([str(programs / "postgres"), *options], port, cwd=self.folder, **owner)
        self.url = f"postgresql://postgres@127.0.0.1:{port}/postgres"

    def kill(self, how: signal.Signals = signal.SIGQUIT) -> None:
        self.process.send_signal(how)  # the postmaster alone: it ends its backends, and no shared memory is left behind
        self.process.wait(timeout=60)


class Redis(Service):
    """A server that keeps nothing: what it knew is gone after a kill."""

    def __init__(self):
        port = _free_port()
        folder = tempfile.mkdtemp(prefix="xuehui-redis-")
        super().__init__(
            ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder], port
        )
        self.url = f"redis://127.0.0.1:{port}"
