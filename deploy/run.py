"""`make run`: from a bare checkout to the site in a browser; the second time in seconds.

PORT (8000), HOST (127.0.0.1) and VAR_DIR (var) say where; DATABASE_URL, REDIS_URL and CELERY_BROKER_URL, when given,
replace what the embedded profile brings itself.
"""

import errno
import fcntl
import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import catalogue
import environment
import prepare
from environment import PYTHON
from steps import ROOT, Step, Steps, Stop, main
from supervisor import Supervisor

import frontend

EMBEDDED = "config.settings.embedded"
TOTAL = 9
FIRST_SET_UP_NEEDS = 4 * 10**9  # bytes: packages, fonts, models, data
STARTS_WITHIN = 120.0  # seconds, on a busy machine
CELERY = [PYTHON, "-m", "celery", "--quiet", "-A", "config"]


def run() -> None:
    """Set up what is missing, serve until Ctrl-C, then stop everything.

    :raises Stop: the port, the disk, Python, a set-up step or one of the processes failed.
    """
    # A shell that starts this in the background hands down SIGINT ignored; whoever sends it means it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    host, port = os.environ.get("HOST") or "127.0.0.1", _port()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", EMBEDDED)
    os.environ.setdefault("BASE_URL", f"http://127.0.0.1:{port}")
    _check_address(host, port)
    _check_disk()
    supervisor = Supervisor()
    accounts: list[str] = []
    with _alone():
        try:
            steps = Steps(TOTAL)
            _set_up(steps, accounts)
            with steps(f"Starting web, worker and beat on port {port}") as step:
                supervisor.tell = step.say
                _start(supervisor, step, host, port)
                supervisor.tell = print
            _welcome(accounts)
            name = supervisor.wait()
            raise Stop(f"{name} ended by itself ({supervisor.processes[name].returncode}), so everything was stopped.")
        finally:
            supervisor.stop()
            if accounts:  # not shown yet: the passwords exist nowhere else
                print("\n".join(accounts), flush=True)


def _set_up(steps: Steps, accounts: list[str]) -> None:
    environment.ensure(steps, "run")
    frontend.ensure(steps)
    catalogue.ensure(steps)
    if prepare.is_prepared():
        steps.done += prepare.STEPS
        print(f"[{steps.done}/{steps.total}] Static files, database, content, index … unchanged", flush=True)
        return
    reader, writer = os.pipe()
    numbers = (str(steps.total), str(steps.done), str(writer))
    command = [PYTHON, ROOT / "deploy/prepare.py", *numbers]
    with subprocess.Popen(command, cwd=ROOT, pass_fds=[writer]) as process:
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as lines:
            accounts.extend(line.rstrip("\n") for line in lines)
    steps.done += prepare.STEPS
    if process.returncode:
        raise Stop("The step above failed; nothing was started.")


def _start(supervisor: Supervisor, step: Step, host: str, port: int) -> None:
    """Start web, then worker and beat once it answers: together they would triple the wait on two cores."""
    app = [PYTHON, "-m", "uvicorn", "config.asgi:application", "--ws", "websockets-sansio", "--no-access-log"]
    quiet = ["--ws-max-size", "8192", "--log-level", "warning", "--timeout-graceful-shutdown", "2"]
    supervisor.start("web", [*app, *quiet, "--host", host, "--port", port])
    until = time.monotonic() + STARTS_WITHIN
    while not _answers(host, port):
        if supervisor.ended():
            raise Stop("The web process ended while starting; its last lines are above.")
        if time.monotonic() > until:
            raise Stop(f"The site did not answer within {STARTS_WITHIN:.0f} s.")
        step.last = "waiting for the first page"
        time.sleep(0.1)
    threads = ["--pool", "threads", "--concurrency", "2", "--without-mingle", "--without-gossip"]
    supervisor.start("worker", [*CELERY, "worker", *threads, "--loglevel", "WARNING"])
    supervisor.start("beat", [*CELERY, "beat", "--loglevel", "WARNING"])


def _answers(host: str, port: int) -> bool:
    """Ask for the login page the way a proxy would, so that production's redirect to HTTPS does not answer instead."""
    connection = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=30)
    headers = {"Host": urlsplit(os.environ["BASE_URL"]).netloc, "X-Forwarded-Proto": "https"}
    try:
        connection.request("GET", "/accounts/login/", headers=headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    if status >= 500:
        raise Stop(f"The login page answers with {status}; the reason is above.")
    return status == 200


def _welcome(accounts: list[str]) -> None:
    url = os.environ["BASE_URL"].rstrip("/")
    print(f"\n学会应急 is at {url}/  (Ctrl-C stops it)")
    if accounts:
        print("\n".join([*accounts, "  These passwords are shown this once; delete var/ to start again."]))
    elif os.environ["DJANGO_SETTINGS_MODULE"] == EMBEDDED:
        print("  The demo accounts were shown at the first start; delete var/ to start again.")
    print(f"  First open {url}/chat/ and ask 油锅起火怎么办.")
    if os.environ["DJANGO_SETTINGS_MODULE"] == EMBEDDED:
        print(f"  Then sign in at {url}/accounts/login/ as trainee to study, as candidate to sit the exam;")
        print(f"  as admin, open {url}/admin/ to see it from the staff's side.")
    print(flush=True)
    accounts.clear()


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stop(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _check_address(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Stop(f"Port {port} is taken; choose another: PORT={port + 1} make run") from error
            raise Stop(f"Cannot serve on {host}:{port}: {error.strerror}.") from error


def _check_disk() -> None:
    free = shutil.disk_usage(ROOT).free
    if not environment.is_ready("run") and free < FIRST_SET_UP_NEEDS:
        need, have = FIRST_SET_UP_NEEDS / 1e9, free / 1e9
        raise Stop(f"The first set-up needs {need:.0f} GB of disk and {ROOT} has {have:.1f} GB free.")


@contextmanager
def _alone() -> Iterator[None]:
    """Let one server use a VAR_DIR at a time: two would share a database file and a task queue."""
    folder = Path(prepare.var())
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "run.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Stop(f"Another make run serves the data in {folder}; stop it or set VAR_DIR.") from error
        yield


if __name__ == "__main__":
    main(run)
