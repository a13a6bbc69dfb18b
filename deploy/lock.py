"""`make lock`: resolve the requirements anew in an empty environment and write every version to constraints.txt."""

import json
import subprocess
import tempfile
from pathlib import Path

import environment
from steps import ROOT, Steps, Stop, main

import frontend

OLDEST_PYTHON = "3.11.2"  # Debian 12's
CEILINGS = ["soupsieve<3.0.2"]  # what came later wants Python 3.11.5
HEADER = """\
# Every version that requirements.txt and requirements-dev.txt resolve to, with what builds the editable install and
# the Node wheel. Written by `make lock`; edit the requirements, not this file.
"""
TOO_NEW = """\
import importlib.metadata, json
from packaging.specifiers import SpecifierSet
wants = [(d.metadata["Name"], d.metadata.get("Requires-Python") or "") for d in importlib.metadata.distributions()]
print(json.dumps([f"{name} ({want})" for name, want in wants if not SpecifierSet(want).contains("%s")]))
"""


def lock() -> None:
    """Write constraints.txt.

    :raises Stop: a package does not run on OLDEST_PYTHON; it needs a ceiling.
    """
    with tempfile.TemporaryDirectory(prefix="xuehui-lock-") as folder, Steps(1)("Resolving the requirements") as step:
        environment.make_venv(step, Path(folder))
        python = Path(folder) / "bin/python"
        wanted = ["-r", ROOT / "requirements-dev.txt", *environment.BUILD_TOOLS, frontend.NODE_WHEEL, *CEILINGS]
        environment.pip(step, *wanted, python=python)
        if too_new := json.loads(_answer(python, "-c", TOO_NEW % OLDEST_PYTHON)):
            raise Stop(
                f"Python {OLDEST_PYTHON} cannot run {', '.join(too_new)}: give each a ceiling in deploy/lock.py."
            )
        freeze = _answer(python, "-m", "pip", "freeze", "--all", "--exclude", "pip")
        environment.CONSTRAINTS.write_text(HEADER + "\n".join(pins(freeze)) + "\n")


def pins(freeze: str) -> list[str]:
    """Return the lines of pip freeze without local versions: torch==2.13.0+cpu here is torch==2.13.0 everywhere."""
    return sorted((line.split("+")[0] for line in freeze.splitlines() if "==" in line), key=str.lower)


def _answer(*command: object) -> str:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    main(lock)
