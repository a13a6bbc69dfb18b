"""What readers do with their notices."""

from datetime import datetime

from accounts.models import User
from notifications.models import Notice


def mark_read(*, notice_id: int, by: User, now: datetime) -> Notice:
    """Mark one of the user's own notices as read, and return it; the first time stays.

    :raises Notice.DoesNotExist: it is not theirs.
    """
    own = Notice.objects.filter(pk=notice_id, user=by)
    own.filter(read_at=None).update(read_at=now)
    return own.get()


def mark_all_read(*, by: User, now: datetime) -> int:
    """Mark whatever the user has not read until now; return how many."""
    return Notice.objects.filter(user=by, read_at=None, created_at__lte=now).update(read_at=now)
