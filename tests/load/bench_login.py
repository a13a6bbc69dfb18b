"""Log-ins: twenty a second for thirty seconds against the real web server, with the hasher of production.

``DATABASE_URL=postgresql://… REDIS_URL=redis://… .venv/bin/python -m tests.load.bench_login`` (without the two: SQLite
and the cache in the process). The database must be empty or of an earlier run; WORKERS (2) and RATE (20) can be set.
"""

import os
import tempfile

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="xhyj-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
os.environ["TRUSTED_PROXY_COUNT"] = "1"  # each client has an address of its own

import http.client
import json
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from tests.e2e.stack import ROOT, environment, free_port

RATE, SECONDS = int(os.environ.get("RATE", "20")), 30
WORKERS = int(os.environ.get("WORKERS", "2"))
PASSWORD = "vollmond-ueber-tsingtau"
TOKEN = "a" * 32  # a CSRF secret: the cookie and the form agree
WARM_UP = 20


def make_users(count: int) -> None:
    """Migrate and store the users; one hash serves all, checking it costs each time the same."""
    import django

    django.setup()
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command

    from accounts.models import User

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    encoded = make_password(PASSWORD)
    known = set(User.objects.values_list("username", flat=True))
    names = [f"bench{number}" for number in range(count)]
    User.objects.bulk_create(User(username=name, password=encoded) for name in names if name not in known)
    User.objects.filter(username__in=names).update(password=encoded)


def serve(port: int) -> subprocess.Popen:
    """Start uvicorn as ``make run`` does, with WORKERS processes."""
    command = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--no-access-log", "--log-level", "warning"]
    more = {"DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"], "LOG_LEVEL": "ERROR"}
    process = subprocess.Popen(
        [*command, "--workers", str(WORKERS), "--host", "127.0.0.1", "--port", str(port)],
        cwd=ROOT,
        env={**environment(os.environ["VAR_DIR"], port), **more},
    )
    until = time.monotonic() + 90
    while time.monotonic() < until:
        try:
            if ask(port, 0, method="GET")[0] == 200:
                return process
        except OSError:
            time.sleep(0.2)
    process.terminate()
    raise SystemExit("the server did not answer")


def ask(port: int, number: int, method: str = "POST") -> tuple[int, float, float]:
    """Log user ``number`` in; return the status (0 where a redirect does not lead in), seconds, and when it began."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = urlencode({"login": f"bench{number}", "password": PASSWORD, "csrfmiddlewaretoken": TOKEN})
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrftoken={TOKEN}",
        "X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}",
    }
    connection.request(method, "/accounts/login/", body if method == "POST" else None, headers)
    reply = connection.getresponse()
    reply.read()
    connection.close()
    status = 0 if reply.status == 302 and reply.headers["Location"] != "/my/" else reply.status
    return status, time.perf_counter() - begun, begun


def cpu_seconds(process: subprocess.Popen) -> float:
    """Return what the server and its workers have used so far."""
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = dict(map(int, line.split()) for line in listed.splitlines())
    ours = [pid for pid, parent in parents.items() if process.pid in (pid, parent)]
    ticks = 0
    for pid in ours:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
        ticks += sum(map(int, stat.rsplit(")", 1)[1].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def load(port: int, total: int) -> list[tuple[int, float, float]]:
    """Start one log-in every 1/RATE seconds, however long the others take."""
    with ThreadPoolExecutor(64) as pool:
        start, futures = time.perf_counter(), []
        for number in range(total):
            time.sleep(max(0.0, start + number / RATE - time.perf_counter()))
            futures.append(pool.submit(ask, port, WARM_UP + number))
        return [future.result() for future in futures]


def hash_ms() -> float:
    """Return the median CPU milliseconds of checking one password."""
    from django.contrib.auth.hashers import check_password, make_password

    encoded, spent = make_password(PASSWORD), []
    for _ in range(15):
        before = time.process_time()
        check_password(PASSWORD, encoded)
        spent.append((time.process_time() - before) * 1000)
    return statistics.median(spent)


def main() -> None:
    total, port = RATE * SECONDS, free_port()
    make_users(total + WARM_UP)
    server = serve(port)
    try:
        for number in range(WARM_UP):
            ask(port, number)
        before = cpu_seconds(server)
        answers = load(port, total)
        spent = (cpu_seconds(server) - before) * 1000 / total
    finally:
        server.terminate()
        server.wait(timeout=20)
    wall = sorted(seconds * 1000 for _status, seconds, _begun in answers)
    good = sum(status == 302 for status, _seconds, _begun in answers)
    store = "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"
    detail = (
        f"wall p50 {wall[total // 2]:.0f} ms, p95 {wall[int(total * 0.95)]:.0f} ms, max {wall[-1]:.0f} ms; {good} of"
        f" {total} entered at {RATE}/s; {store}, {WORKERS} workers; hashing {hash_ms():.1f} ms; load"
        f" {os.getloadavg()[0]:.1f}"
    )
    print(json.dumps({"name": "login", "unit": "ms CPU each", "value": round(spent, 1), "detail": detail}), flush=True)


if __name__ == "__main__":
    main()
