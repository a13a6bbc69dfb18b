"""When an attempt ends. Pure: no clock, no database."""

from datetime import datetime, timedelta

from exams.enums import LatePolicy


def deadline(*, started: datetime, minutes: int, allowance: timedelta, window_closes: datetime, policy: LatePolicy):
    """Return the moment after which nothing more is scored.

    ``policy`` says whether the sitting's window or the candidate's own duration wins
    (the outline gives 120 minutes for theory; the bureau opens a window per sitting).
    """
    own = started + timedelta(minutes=minutes) + allowance
    return min(own, window_closes) if policy == LatePolicy.WINDOW_WINS else own


def seconds_left(*, deadline: datetime, now: datetime) -> int:
    """Return whole seconds until the deadline, never below zero."""
    return max(0, int((deadline - now).total_seconds()))
