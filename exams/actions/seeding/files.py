"""Where the shipped files lie, and how they are read."""

from pathlib import Path

import yaml

CONTENT = Path(__file__).resolve().parent.parent.parent / "content"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast


def read(path: Path):
    """Return what a YAML file says."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 (both loaders are safe ones)
