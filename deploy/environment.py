"""The virtual environment: made, filled with the locked requirements, and left alone while nothing changed."""

import contextlib
import fcntl
import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import debian
import stamps
from steps import ROOT, Step, Steps, main

VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
CONSTRAINTS = ROOT / "constraints.txt"
BUILD_TOOLS = ["hatchling", "editables"]  # what the editable install in pyproject.toml is made with
REQUIREMENTS = {
    "run": [ROOT / "requirements.txt"],
    "test": [ROOT / "requirements.txt", ROOT / "requirements-dev.txt"],
}
# A user's own pip settings may ask for --user, which a virtual environment refuses.
PIP_ENVIRONMENT = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def ensure(steps: Steps, purpose: str) -> None:
    """Make the virtual environment fit for ``purpose``: "run", or "test" which also runs.

    :raises Stop: Python comes without venv, or pip failed.
    """
    with steps("Python packages") as step, one_at_a_time(step):
        if is_ready(purpose):
            step.note = "unchanged"
            return
        if not _venv_works():
            make_venv(step, VENV)
        pip(step, "-r", REQUIREMENTS[purpose][-1], "-c", CONSTRAINTS, *BUILD_TOOLS)
        pip(step, "--no-deps", "--no-build-isolation", "-e", ROOT)
        for made in {"run", purpose}:
            stamps.write(_stamp(made), _wanted(made))


def is_ready(purpose: str) -> bool:
    """Say whether everything ``purpose`` needs is installed as locked."""
    return _venv_works() and stamps.is_current(_stamp(purpose), _wanted(purpose))


def make_venv(step: Step, folder: Path) -> None:
    """Make an empty virtual environment, replacing what is there."""
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        debian.install(step, f"{version}-venv", needed_for="Python's venv module")
    step.run([sys.executable, "-m", "venv", "--clear", folder])


def pip(step: Step, *arguments: object, python: Path = PYTHON) -> None:
    """Run pip install; the step shows the package it is at."""
    step.run([python, "-m", "pip", "install", "--no-input", "--progress-bar", "off", *arguments], env=PIP_ENVIRONMENT)


def main_inside(program: Callable[[], int | None], purpose: str) -> None:
    """Run ``program`` as this command under the virtual environment's Python, made fit for ``purpose`` first."""
    if Path(sys.prefix).resolve() == VENV.resolve() and is_ready(purpose):
        main(program)

    def enter() -> None:
        if not is_ready(purpose):
            ensure(Steps(1), purpose)
        os.execv(PYTHON, [str(PYTHON), *sys.argv])

    main(enter)


@contextlib.contextmanager
def one_at_a_time(step: Step) -> Iterator[None]:
    """Keep two commands in one checkout from setting it up at the same time."""
    lock = ROOT / "var/set-up.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as handle:
        step.last = "waiting for another set-up of this checkout"
        fcntl.flock(handle, fcntl.LOCK_EX)
        step.last = ""
        yield


def _venv_works() -> bool:
    return PYTHON.exists() and (VENV / "pyvenv.cfg").is_file()


def _stamp(purpose: str) -> Path:
    return VENV / f"installed-for-{purpose}"


def _wanted(purpose: str) -> str:
    files = [*REQUIREMENTS[purpose], CONSTRAINTS, ROOT / "pyproject.toml", VENV / "pyvenv.cfg"]
    return stamps.digest(str(ROOT), files=files)


if __name__ == "__main__":
    main(lambda: ensure(Steps(1), sys.argv[1] if len(sys.argv) > 1 else "run"))
