"""Until when a candidate may appeal, and who may decide. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _


def closes(*, released_at: datetime, days: int) -> datetime:
    """Return the moment after which no appeal is taken."""
    return released_at + timedelta(days=days)


def too_late(*, released_at: datetime, days: int, now: datetime):
    """Return the reason why it is too late to appeal, or None."""
    if now <= closes(released_at=released_at, days=days):
        return None
    return _("The time to appeal is over: it ends %(days)s days after the release.") % {"days": days}


def not_impartial(*, user: int, candidate: int | None, involved: Collection[int | None]):
    """Return the reason why this officer does not decide, or None.

    ``involved`` released the result, wrote or approved the question it is about, or decided what is to be confirmed.
    """
    if user == candidate:
        return _("Nobody decides on their own appeal.")
    if user in involved:
        return _("You released this result, made this question or decided before: this is for another officer.")
    return None
