"""`make check`: everything that can be said about the code without running it. `make fix`: what ruff can mend.

One line for each check, and what is wrong below those that fail.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import catalogue
import environment
import secret_scan
import settings_doc
from steps import ROOT, Steps

import frontend

SHOWN = 40  # lines of a failed check


def check() -> int:
    """Run every check, also after one has failed, and return 0 only if all passed."""
    steps = Steps(3)
    frontend.ensure(steps)
    with steps("Node") as step:
        node, _ = frontend.tools(step)
    looks = checks(node)
    failed = [name for name, look in looks.items() if not _passes(name, look)]
    print(f"\n{len(looks) - len(failed)} passed, {len(failed)} failed")
    return int(bool(failed))


def checks(node: list[str]) -> dict[str, Callable[[], list[str]]]:
    """Return the checks by name; each answers with one line for each fault."""
    return {
        "ruff: lint": lambda: _module("ruff", "check", "--quiet", "--output-format=concise", "."),
        "ruff: format": lambda: _module("ruff", "format", "--quiet", "--check", "."),
        "import contract": lambda: _output_if_failed([Path(sys.executable).parent / "lint-imports"]),
        "migrations match the models": _migrations,
        "every text has its Chinese": catalogue.faults,
        "types of the scripts": lambda: _node(node, "typescript/bin/tsc", "--noEmit"),
        "tests of the scripts": lambda: _node(node, "vitest/vitest.mjs", "run"),
        "no secrets": secret_scan.faults,
        "settings documented": settings_doc.faults,
    }


def fix() -> int:
    """Let ruff mend and format what it can; say what is left."""
    left = _module("ruff", "check", "--fix", "--quiet", "--output-format=concise", ".")
    left += _module("ruff", "format", "--quiet", ".")
    print("\n".join(left) or "nothing left to mend")
    return int(bool(left))


def _passes(name: str, look: Callable[[], list[str]]) -> bool:
    started = time.monotonic()
    faults = look()
    print(f"{'FAIL' if faults else 'OK  '}  {name:<32} {time.monotonic() - started:5.1f} s", flush=True)
    for line in faults[:SHOWN]:
        print(f"        {line}")
    if len(faults) > SHOWN:
        print(f"        … and {len(faults) - SHOWN} more")
    return not faults


def _module(*arguments: str) -> list[str]:
    return _output_if_failed([sys.executable, "-m", *arguments])


def _node(node: list[str], script: str, *arguments: str) -> list[str]:
    command = [*node, f"node_modules/{script}", *arguments]
    return _output_if_failed(command, cwd=frontend.FOLDER, env=frontend.env(node))


def _migrations() -> list[str]:
    command = [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]
    return _output_if_failed(command, env={"DJANGO_SETTINGS_MODULE": "config.settings.test"})


def _output_if_failed(command: list, *, cwd: Path = ROOT, env: dict[str, str] | None = None) -> list[str]:
    """Return the last lines a command printed if it failed, else nothing."""
    full = {**os.environ, **(env or {})}
    done = subprocess.run(command, cwd=cwd, env=full, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return []
    return (done.stdout + done.stderr).strip().splitlines()[-SHOWN:] or [f"it ended with {done.returncode}"]


if __name__ == "__main__":
    environment.main_inside(fix if sys.argv[1:] == ["fix"] else check, "test")
