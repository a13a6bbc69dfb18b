"""Spaced repetition and what to practise next. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from random import Random

DAYS = {1: 1, 2: 2, 3: 4, 4: 8, 5: 16}  # Leitner's boxes: days until a question in it is asked again
LAST_BOX = max(DAYS)
DAILY = 20
DAILY_DUE = 10


@dataclass(frozen=True)
class Place:
    """Where a question stands in the wrong-question book; no box: not in it."""

    box: int | None
    due_on: date | None


OUT = Place(None, None)


def place_after(*, box: int | None, right: bool, today: date) -> Place:
    """Return where a question stands after an answer.

    A wrong one goes to the first box and is due the same day; a right one a box further; right in the last box it has
    been learnt and leaves the book. What was never wrong never enters it.
    """
    if not right:
        return Place(1, today)
    if box is None or box == LAST_BOX:
        return OUT
    return Place(box + 1, today + timedelta(days=DAYS[box + 1]))


def steady(*parts: object) -> Random:
    """Return a generator that is the same for the same parts on every machine and in every process."""
    return Random(int.from_bytes(sha256("/".join(map(str, parts)).encode()).digest()[:8], "big"))


def daily(
    *, person: int, today: date, due: Sequence[int], unseen: Sequence[int], seen: Sequence[int], count: int = DAILY
) -> list[int]:
    """Return the day's questions: up to ten that are due, then such as were never asked, then the longest unasked.

    The same person gets the same list all day: ``due`` oldest first, ``seen`` longest unasked first.
    """
    dice = steady("daily", person, today.isoformat())
    chosen = list(due[:DAILY_DUE])
    fresh = [one for one in unseen if one not in set(chosen)]
    chosen += dice.sample(fresh, min(count - len(chosen), len(fresh)))
    taken = set(chosen)
    chosen += [one for one in [*due[DAILY_DUE:], *seen] if one not in taken][: count - len(chosen)]
    return chosen


@dataclass(frozen=True)
class Point:
    """What somebody knows of one knowledge point: questions there are, answered, right the last time."""

    code: str
    name: str
    questions: int
    answered: int
    right: int

    @property
    def mastery(self) -> int:
        """Per cent of the point's questions answered right the last time."""
        return round(100 * self.right / self.questions) if self.questions else 0


def radar(points: Sequence[Point], *, radius: float = 100, step: int = 25) -> tuple[str, list[str], list[tuple]]:
    """Return an SVG polygon of the masteries, the grid's polygons, and where each code is written (x, y, code).

    Centre is (0, 0), the first axis points up, the others follow clockwise.
    """
    from math import cos, pi, sin

    def at(index: int, share: float) -> tuple[float, float]:
        angle = 2 * pi * index / len(points)
        return round(radius * share * sin(angle), 1), round(-radius * share * cos(angle), 1)

    def polygon(shares: Sequence[float]) -> str:
        return " ".join(f"{x},{y}" for x, y in (at(index, share) for index, share in enumerate(shares)))

    shape = polygon([point.mastery / 100 for point in points])
    grid = [polygon([ring / 100] * len(points)) for ring in range(step, 101, step)]
    return shape, grid, [(*at(index, 1.16), point.code) for index, point in enumerate(points)]
