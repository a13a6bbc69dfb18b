"""How much of a heartbeat counts as study, and what a credit hour is. Pure: no clock, no database.

Source of the credit hour: the training outlines for special operations (2023), one hour of 45 minutes.
"""

from datetime import datetime

BEAT_SECONDS = 15  # how often the lesson page beats
CAP_SECONDS = 20.0  # a longer silence is somebody who went away
SECONDS_PER_CREDIT_HOUR = 45 * 60


def required_seconds(*, minutes: int, film_seconds: int | None) -> int:
    """Return the study time a lesson asks for: its ``minutes``, or what one viewing of its film is sure to earn.

    The film's end falls between two heartbeats, so up to one interval of it is never credited.
    """
    if not film_seconds:
        return minutes * 60
    return max(film_seconds - BEAT_SECONDS - 1, film_seconds // 2)


def credit(*, credited: float, required: int, last_beat: datetime | None, now: datetime, scale: float) -> float:
    """Return the seconds credited after a heartbeat at ``now``.

    ``last_beat`` is the learner's last heartbeat in any lesson on any device, so that all of them together never earn
    more than the server's clock has moved. The first heartbeat only starts the clock; a silence counts for
    CAP_SECONDS at most; a server clock that stepped back earns nothing. Never above ``required``. ``scale`` is 1
    outside browser tests.
    """
    if last_beat is None:
        return credited
    elapsed = min(max((now - last_beat).total_seconds(), 0.0), CAP_SECONDS)
    return min(credited + elapsed * scale, float(required))


def beat_every(scale: float) -> float:
    """Return the seconds between two heartbeats; never under one."""
    return max(1.0, BEAT_SECONDS / scale)


def credit_hours(seconds: float) -> float:
    """Return ``seconds`` of study in credit hours."""
    return seconds / SECONDS_PER_CREDIT_HOUR
