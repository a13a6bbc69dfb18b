"""Real processes on the test's own database and index folder, told what to do line by line."""

import os
import subprocess
import sys
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

PREPARE = "import django; django.setup()\nfrom django.utils import timezone\n"


def _environment() -> dict[str, str]:
    here = connection.settings_dict
    if connection.vendor == "sqlite":
        database = f"sqlite:///{here['NAME']}"
    else:
        secret = f":{here['PASSWORD']}" if here["PASSWORD"] else ""
        database = f"postgresql://{here['USER']}{secret}@{here['HOST']}:{here['PORT']}/{here['NAME']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": database,
        "VAR_DIR": str(settings.VAR),
        "KB_INDEX_DIR": str(settings.KB_INDEX_DIR),
        "PYTHONPATH": os.pathsep.join([str(settings.ROOT), str(settings.SITE)]),
    }


@contextmanager
def running(code: str):
    """Give a process that runs ``code``, with pipes to and from it; it is killed at the end if it still runs."""
    command = [sys.executable, "-W", "ignore", "-c", PREPARE + code]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=settings.ROOT, env=_environment(), **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def tell(process, line: str = "") -> None:
    """Write a line to the process."""
    process.stdin.write(line + "\n")
    process.stdin.flush()


def hear(process) -> str:
    """Return the next line that the process prints."""
    return process.stdout.readline().strip()
