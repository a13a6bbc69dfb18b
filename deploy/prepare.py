"""Make one place ready to serve: static files, database, signer, seed content, knowledge index. Again is harmless.

All in one process, because starting Django is most of the time when nothing changed. A server runs it after each
update: ``.venv/bin/python deploy/prepare.py``.
"""

import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import environment
import stamps
from steps import ROOT, Step, Steps, main

STEPS = 4
CODE = [ROOT / name for name in ("site", "training", "exams", "kb", "chatbot")]
SETTINGS = ("DJANGO_SETTINGS_MODULE", "BASE_URL", "KB_ENCODER")
NOT_SERVED = frozenset({"node_modules", "__pycache__"})
# What the seed prints about the accounts it made; kept for the end, where the reader still sees it.
ACCOUNT_LINES = ("account ", "sitting ")


def var() -> Path:
    """Return the folder of everything this place makes."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var")


def is_prepared() -> bool:
    """Say whether an embedded place was prepared from exactly this code, these settings, and still has its files."""
    made = [var() / name for name in ("db.sqlite3", "static", "kb", "keys")]
    return (
        not os.environ.get("DATABASE_URL")
        and all(path.exists() for path in made)
        and stamps.is_current(var() / "prepared", wanted())
    )


def wanted() -> str:
    """Return what the place is made from, as a digest: code, content, locked packages, settings, and the day.

    The day counts because the seed keeps a demo sitting open.
    """
    day = time.strftime("%Y-%m-%d")
    settings = [f"{name}={os.environ.get(name, '')}" for name in SETTINGS]
    return stamps.digest(stamps.listing(CODE, without=NOT_SERVED), day, *settings, files=[environment.CONSTRAINTS])


def prepare(steps: Steps, tell: Callable[[str], object]) -> None:
    """Do all of it; ``tell`` hears each line about an account made now, as soon as there is one."""
    import django

    with steps("Static files") as step:
        django.setup()
        collect_static(step)
    with steps("Database") as step:
        call(step, "migrate", interactive=False, verbosity=1)
    with steps("Content and accounts") as step:
        make_signer(step)
        for line in call(step, "seed"):
            if line.strip().startswith(ACCOUNT_LINES):
                tell(line)
    with steps("Knowledge index") as step:
        step.last = "fine-tuning the encoder on the articles, if they changed"
        call(step, "build_index", if_stale=True)
    stamps.write(var() / "prepared", wanted())


def collect_static(step: Step) -> None:
    """Copy and compress the static files, unless none changed."""
    stamp = var() / "static/.stamp"
    sources = stamps.digest(
        stamps.listing([ROOT / "site/static"]), files=[environment.CONSTRAINTS, ROOT / "site/config/settings/base.py"]
    )
    if stamps.is_current(stamp, sources):
        step.note = "unchanged"
        return
    call(step, "collectstatic", interactive=False, verbosity=1)
    stamps.write(stamp, sources)


def make_signer(step: Step) -> None:
    """Make a self-signed certificate signer, and the key of credentials, where the embedded profile has none."""
    from django.conf import settings

    if settings.PROFILE == "embedded":
        call(step, "make_certificate_signer", if_missing=True)
        call(step, "make_credential_key", if_missing=True)


class Progress(io.TextIOBase):
    """What a command prints: kept, its latest line shown as the step's sign of life."""

    def __init__(self, step: Step) -> None:
        self.lines = [""]
        self._step = step

    def write(self, text: str) -> int:
        *ended, self.lines[-1] = (self.lines[-1] + text).split("\n")
        self.lines[-1:-1] = ended
        self._step.last = next((line.strip() for line in reversed(ended) if line.strip()), self._step.last)
        return len(text)


def call(step: Step, command: str, **options: object) -> list[str]:
    """Run one management command and return the lines it printed."""
    from django.core.management import call_command

    progress = Progress(step)
    call_command(command, stdout=progress, **options)
    return progress.lines


def _command() -> None:
    """Prepare; run.py adds its own count of steps, those done, and a descriptor to write the account lines to."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.embedded")
    if len(sys.argv) == 1:
        lines: list[str] = []
        prepare(Steps(STEPS), lines.append)
        print("\n".join(lines))
    else:
        total, done, descriptor = (int(part) for part in sys.argv[1:])
        with os.fdopen(descriptor, "w", encoding="utf-8", buffering=1) as out:
            prepare(Steps(total, done), lambda line: out.write(f"{line}\n"))


if __name__ == "__main__":
    main(_command)
