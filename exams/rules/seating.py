"""Who sits where, drawn by lot: the same seed and the same candidates give the same seats. Pure."""

from collections.abc import Sequence
from random import Random


class TooFewSeats(ValueError):
    """There are more candidates than seats."""


def draw(*, candidates: Sequence[int], seats: int, seed: int) -> dict[int, int]:
    """Return candidate → seat from 1 to ``seats``; the order in which the candidates are given does not matter.

    :raises TooFewSeats: not everybody would sit.
    """
    if len(candidates) > seats:
        raise TooFewSeats(f"{len(candidates)} candidates, {seats} seats")
    return dict(zip(sorted(candidates), Random(seed).sample(range(1, seats + 1), len(candidates)), strict=True))
