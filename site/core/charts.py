"""Where the bars of a chart stand: whole numbers for an SVG that a template draws, without a script or a style."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, GAP = 640, 160, 2


@dataclass(frozen=True)
class Bar:
    """One bar with its place in the picture."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float
    named: bool  # whether its label is written below


def bars(counts: Sequence[tuple[str, int]], *, every: int = 4) -> list[Bar]:
    """Return a bar for each count; the highest fills the picture, and one in ``every`` bars is labelled."""
    highest = max((count for _, count in counts), default=0) or 1
    step = WIDTH / max(len(counts), 1)
    return [
        Bar(
            label=label,
            count=count,
            x=round(at * step + GAP / 2, 1),
            y=round(HEIGHT - HEIGHT * count / highest, 1),
            width=round(step - GAP, 1),
            height=round(HEIGHT * count / highest, 1),
            named=at % every == 0,
        )
        for at, (label, count) in enumerate(counts)
    ]
