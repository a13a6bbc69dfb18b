"""Chromium and a Chinese font for the browser tests: the machine's, or else Debian's packages."""

import shutil
import subprocess

import debian
from steps import Step

NAMES = ["chromium", "chromium-browser", "google-chrome"]  # those tests/e2e looks for


def ensure(step: Step) -> None:
    """Install Chromium and a font with Chinese where one is missing.

    :raises Stop: one is missing and this user may not install Debian packages.
    """
    missing = [] if _found() else ["chromium"]
    if not _chinese_font():
        missing += ["fonts-noto-cjk", "fontconfig"]
    if missing:
        debian.install(step, *missing, needed_for="What the browser tests need")


def _found() -> bool:
    return any(shutil.which(name) for name in NAMES)


def _chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False).stdout.strip())
