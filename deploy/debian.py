"""Debian packages, installed only where this user may: as root, or through sudo without a password."""

import os
import shutil
import subprocess

from steps import Step, Stop


def privilege() -> list[str] | None:
    """Return what to put before apt-get, or None where packages cannot be installed."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def install(step: Step, *packages: str, needed_for: str) -> None:
    """Install Debian packages.

    :raises Stop: this user may not, or apt-get failed.
    """
    before = privilege()
    if before is None:
        raise Stop(f"{needed_for} is missing; install it (Debian: apt-get install {' '.join(packages)}) and run again.")
    step.say(f"installing {' '.join(packages)}")
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q"]
    step.run([*before, *quiet, "update"])
    step.run([*before, *quiet, "install", "--no-install-recommends", *packages])
