"""The health declaration: every version that was ever signed stays readable."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("content") / "health_declaration.yaml"


@dataclass(frozen=True)
class Declaration:
    """One version of the text; ``conditions`` are the illnesses that it denies."""

    version: str
    lead: str
    conditions: tuple[str, ...]
    closing: str


@cache
def versions() -> tuple[Declaration, ...]:
    """Return every version, the one in use last."""
    rows = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(Declaration(**row | {"conditions": tuple(row["conditions"])}) for row in rows)


def current() -> Declaration:
    """Return the version that is signed today."""
    return versions()[-1]


def declared(version: str) -> Declaration | None:
    """Return the version that somebody signed, or None."""
    return next((text for text in versions() if text.version == version), None)
