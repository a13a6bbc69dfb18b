"""Weeks as reports count them, and what is slow. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from math import ceil

WEEK = timedelta(days=7)
DUE = time(8)  # on the Monday after


def monday_of(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def due_week(local: datetime) -> date:
    """Return the Monday of the last week whose report is due at the ``local`` moment: on the next Monday at 08:00."""
    this = monday_of(local.date())
    is_due = local.time() >= DUE or local.date() > this
    return this - WEEK if is_due else this - 2 * WEEK


def percentile(ordered: Sequence[int], share: float) -> int | None:
    """Return the value that ``share`` (0 to 1) of the ordered values do not pass (nearest rank); None for none."""
    return ordered[max(ceil(share * len(ordered)) - 1, 0)] if ordered else None
