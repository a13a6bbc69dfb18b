"""The figures below which a change is not let in: floors.yaml, question set → figure → least or most."""

from functools import cache
from pathlib import Path

import yaml

FLOORS = Path(__file__).with_name("floors.yaml")
CEILINGS = frozenset({"ece", "card_share", "strip_share", "unsafe", "ms_p50", "ms_p95"})  # the lower the better


@cache
def floors(question_set: str) -> dict[str, float]:
    """Return figure → least (most, for CEILINGS) of the set; none where nothing is said."""
    return yaml.safe_load(FLOORS.read_text(encoding="utf-8")).get(question_set, {})


def under(figures: dict[str, float], question_set: str) -> dict[str, tuple[float, float]]:
    """Return figure → (what it is, what is asked of it) for each that falls short."""
    short = {}
    for name, asked in floors(question_set).items():
        if figures[name] > asked if name in CEILINGS else figures[name] < asked:
            short[name] = figures[name], asked
    return short
