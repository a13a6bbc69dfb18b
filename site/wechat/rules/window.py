"""When an official account may write to a follower first.

Source: WeChat official account platform, "Customer service messages": after a message 5 replies in 48 hours; after a
follow, a scan or a menu click 3 in one minute.
"""

from datetime import datetime, timedelta

from wechat.enums import Undelivered

MESSAGE_WINDOW, MESSAGE_QUOTA = timedelta(hours=48), 5
EVENT_WINDOW, EVENT_QUOTA = timedelta(minutes=1), 3
OPENING_EVENTS = ("subscribe", "SCAN", "CLICK")


def why_not(*, opened_at: datetime, by_event: bool, sent: int, now: datetime) -> Undelivered | None:
    """Return why no further message may be sent, or None; ``sent`` counts those since ``opened_at``."""
    window, quota = (EVENT_WINDOW, EVENT_QUOTA) if by_event else (MESSAGE_WINDOW, MESSAGE_QUOTA)
    if now - opened_at > window:
        return Undelivered.WINDOW
    return Undelivered.QUOTA if sent >= quota else None
