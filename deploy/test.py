"""`make test`: every test in both profiles, with everything they need, and never a silent skip.

PROFILE=embedded or PROFILE=services runs one half. ARGS="tests/kb -k bm25" hands pytest those arguments instead, in the
embedded profile unless PROFILE says otherwise.
"""

import os
import shlex
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import browser
import catalogue
import environment
import stores
from steps import ROOT, Steps, Stop

import frontend

PROFILES = {"embedded": ["embedded"], "services": ["services"], "all": ["embedded", "services"]}
IN_PARALLEL = ["-n", "2", "tests", "--ignore", "tests/e2e", "--ignore", "tests/services"]
PARTS = {
    "embedded": {"unit": IN_PARALLEL, "browser": ["tests/e2e"]},
    "services": {"unit": [*IN_PARALLEL, "-m", "database"], "services": ["tests/services"], "browser": ["tests/e2e"]},
}
# A developer's own settings must not decide what is tested.
OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "CELERY_BROKER_URL",
    "VAR_DIR",
    "PORT",
    "HOST",
    "BASE_URL",
    "DJANGO_SETTINGS_MODULE",
)
COUNTED = ("tests", "failures", "errors", "skipped")


@dataclass
class Outcome:
    """How one part went: counts by COUNTED, and pytest's own exit status."""

    name: str
    counts: dict[str, int]
    status: int
    seconds: float

    @property
    def fault(self) -> str:
        if self.status:
            return f"FAILED (pytest ended with {self.status})"
        if not self.counts["tests"]:
            return "FAILED (no test ran)"
        return "FAILED (a skipped test proves nothing)" if self.counts["skipped"] else ""


def test() -> int:
    """Set up, run each part of the chosen profiles, and return 0 only if every part ran and passed."""
    arguments = shlex.split(os.environ.get("ARGS", ""))
    chosen = os.environ.get("PROFILE") or ("embedded" if arguments else "all")
    if chosen not in PROFILES:
        raise Stop(f"PROFILE is one of {', '.join(PROFILES)}, not {chosen!r}.")
    started = time.monotonic()
    with ExitStack() as stack:
        settings = _set_up(stack, PROFILES[chosen])
        outcomes = []
        for profile in PROFILES[chosen]:
            parts = {"chosen": arguments} if arguments else PARTS[profile]
            for part, options in parts.items():
                outcomes.append(_pytest(f"{profile} {part}", options, settings[profile]))
    return summarise(outcomes, time.monotonic() - started)


def _set_up(stack: ExitStack, profiles: list[str]) -> dict[str, dict[str, str]]:
    """Find or start everything before the first test runs, and return the environment of each profile."""
    steps = Steps(4 + ("services" in profiles))
    frontend.ensure(steps)
    catalogue.ensure(steps)
    with steps("Browser") as step:
        browser.ensure(step)
    settings: dict[str, dict[str, str]] = {"embedded": {}}
    if "services" in profiles:
        with steps("PostgreSQL and Redis") as step:
            redis = stack.enter_context(stores.redis(step))
            settings["services"] = {
                "DATABASE_URL": stack.enter_context(stores.database(step)),
                "REDIS_URL": redis,
                "CELERY_BROKER_URL": f"{redis}/0",
            }
    return settings


def _pytest(name: str, options: list[str], settings: dict[str, str]) -> Outcome:
    """Run pytest on one part, its output shown as it comes."""
    print(f"\n== {name} ==", flush=True)
    inherited = {key: value for key, value in os.environ.items() if key not in OURS}
    with tempfile.TemporaryDirectory(prefix="xuehui-test-") as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", *options, "-rs", "--durations=3", f"--junitxml={report}"]
        started = time.monotonic()
        env = {**inherited, **settings, "VAR_DIR": f"{folder}/var"}
        status = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
        return Outcome(name, read_counts(report), status, time.monotonic() - started)


def read_counts(report: Path) -> dict[str, int]:
    """Return the totals of a JUnit report; zeros where pytest wrote none."""
    if not report.is_file():
        return dict.fromkeys(COUNTED, 0)
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
    return {name: sum(int(suite.get(name, 0)) for suite in suites) for name in COUNTED}


def summarise(outcomes: list[Outcome], seconds: float) -> int:
    """Print one line for each part and return the exit status of the whole."""
    print(f"\n== {sum(outcome.counts['tests'] for outcome in outcomes)} tests in {seconds / 60:.1f} minutes ==")
    for outcome in outcomes:
        counts = outcome.counts
        passed = counts["tests"] - counts["failures"] - counts["errors"] - counts["skipped"]
        told = f"{passed} passed, {counts['failures'] + counts['errors']} failed, {counts['skipped']} skipped"
        print(f"  {outcome.name:<18} {told:<36} {outcome.seconds:6.1f} s  {outcome.fault}")
    return int(any(outcome.fault for outcome in outcomes))


if __name__ == "__main__":
    environment.main_inside(test, "test")
