"""When a message that was not taken is sent again. Pure."""

from datetime import timedelta

WAITS = tuple(timedelta(seconds=s) for s in (10, 60, 300, 1800, 7200, 21600, 86400))


def wait_after(tries: int) -> timedelta | None:
    """Return how long to wait after so many tries in vain; None to give up (after about a day and a half)."""
    return WAITS[tries - 1] if tries <= len(WAITS) else None
