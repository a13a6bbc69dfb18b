"""An exam of thousands on PostgreSQL: its database, its candidates, its web processes, and what they all cost.

Needs ``DATABASE_URL`` (a server on which a database ``xhyj_bench`` may be made anew) or finds PostgreSQL on 5432.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

SERVER = os.environ.get("DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
DATABASE = "xhyj_bench"
URL = urlunsplit(urlsplit(SERVER)._replace(path=f"/{DATABASE}"))
ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")

os.environ["DATABASE_URL"] = URL
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:6379")
os.environ.setdefault("CELERY_BROKER_URL", "redis://127.0.0.1:6379/8")
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="xhyj-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
os.environ.setdefault("WEB_WORKERS", "2")
os.environ.setdefault("DATABASE_KEEP_SECONDS", "3600")


def set_up() -> None:
    """Make the database anew, migrate and seed it."""
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {DATABASE}")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        call_command("collectstatic", interactive=False, verbosity=0, stdout=nowhere)
        call_command("seed", stdout=nowhere)


class Web:
    """The WSGI workers as production runs them, started on a free port."""

    def __init__(self, port: int):
        self.port = port
        self.process = self._start()

    def _start(self) -> subprocess.Popen:
        command = [sys.executable, str(ROOT / "deploy/serve_http.py"), str(self.port)]
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "LOG_LEVEL": "ERROR",
        }
        return subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)

    def wait(self, seconds: float = 60) -> None:
        """Return once the server answers.

        :raises SystemExit: it does not within ``seconds``.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/accounts/login/", timeout=5).read()
                return
            except OSError:
                time.sleep(0.2)
        raise SystemExit("the server did not answer")

    def restart(self) -> None:
        """Kill every worker as a power cut does, and start anew."""
        self.kill()
        self.process = self._start()

    def kill(self) -> None:
        import signal

        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def cpu_seconds(web: Web) -> tuple[float, float]:
    """Return the CPU seconds that the web processes and PostgreSQL have used so far."""
    web_used = database_used = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            continue
        name = stat[stat.index("(") + 1 : stat.rindex(")")]
        fields = stat[stat.rindex(")") + 2 :].split()
        used = int(fields[11]) + int(fields[12])
        if int(fields[2]) == web.process.pid or int(fields[3]) == web.process.pid:
            web_used += used
        elif name == "postgres" and _serves_us(folder):
            database_used += used
    return web_used / TICKS, database_used / TICKS


def _serves_us(folder: Path) -> bool:
    """Say whether a process of PostgreSQL works for our database, or for all: others may use the server too."""
    title = (folder / "cmdline").read_bytes().decode(errors="replace")
    return DATABASE in title or any(part in title for part in ("walwriter", "checkpointer", "background writer"))
