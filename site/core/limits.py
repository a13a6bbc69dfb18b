"""How often one client may do something: a count per minute in the shared cache."""

from datetime import datetime

from django.core.cache import cache

WINDOW_S = 60


def window(now: datetime) -> int:
    """Return the number of the minute in which ``now`` lies."""
    return int(now.timestamp()) // WINDOW_S


def take(*, what: str, client: str, limit: int, now: datetime) -> bool:
    """Count one use of ``what`` by ``client`` (an address, a person); False when this minute has had ``limit``."""
    key = f"limit:{what}:{client}:{window(now)}"
    cache.add(key, 0, 2 * WINDOW_S)
    try:
        return cache.incr(key) <= limit
    except ValueError:  # it expired between the two calls
        return True
