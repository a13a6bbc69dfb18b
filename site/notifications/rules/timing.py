"""When to disturb a person, and when to try again. Pure: no clock, no database."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")  # no daylight saving since 1991: every hour is there once a day
TRIES = 6
DAY = timedelta(days=1)


def quiet_until(*, now: datetime, begins: time, ends: time) -> datetime | None:
    """Return when the quiet hours that hold ``now`` end, or None outside of them.

    They are quiet from ``begins`` on and no longer at ``ends``, both local; over midnight where ``ends`` is earlier.
    """
    local = now.astimezone(ZONE)
    start = datetime.combine(local.date(), begins, ZONE)
    if local < start:  # they may have begun yesterday
        start -= DAY
    end = datetime.combine(start.date(), ends, ZONE)
    if end <= start:
        end += DAY
    return end if local < end else None


def wait_after(tries: int) -> timedelta | None:
    """Return how long to wait after the ``tries``-th failure, or None to give up: 1, 6, 36, 216, 1296 minutes."""
    return timedelta(minutes=6 ** (tries - 1)) if tries < TRIES else None
