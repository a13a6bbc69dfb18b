"""When an attempt ends, and what an interruption is worth. Pure: no clock, no database."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from exams.enums import LatePolicy

STANDS_STILL = timedelta(days=366)  # how far out a pause moves the end, so that nothing closes the attempt meanwhile
NOTICED = timedelta(seconds=5)  # a room that is started together gets what its pages need to hear of it
LONGEST_ALLOWANCE = timedelta(hours=8)

Interval = tuple[datetime, datetime]


def deadline(*, started: datetime, minutes: int, allowance: timedelta, window_closes: datetime, policy: LatePolicy):
    """Return the moment after which nothing more is scored.

    ``policy`` says whether the sitting's window or the candidate's own duration wins
    (the outline gives 120 minutes for theory; the bureau opens a window per sitting). What was given in addition counts
    beyond the window too: an outage costs a candidate no time, whenever it comes.
    """
    own = started + timedelta(minutes=minutes)
    return (min(own, window_closes) if policy == LatePolicy.WINDOW_WINS else own) + allowance


def seconds_left(*, deadline: datetime, now: datetime, paused_at: datetime | None = None) -> int:
    """Return whole seconds until the deadline, never below zero; while paused the clock stands."""
    return max(0, int((deadline - (paused_at or now)).total_seconds()))


def uncredited(interval: Interval, *, credited: Iterable[Interval]) -> timedelta:
    """Return how much of the interval was not made up for yet, so that no minute is given back twice."""
    start, end = interval
    missing = timedelta()
    for since, until in sorted(credited):
        if since > start:
            missing += max(timedelta(), min(since, end) - start)
        start = max(start, until)
    return missing + max(timedelta(), end - start)
