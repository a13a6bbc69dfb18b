"""What a user finds in the inbox."""

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from accounts.models import User
from notifications.models import Notice

COUNTED = 100  # nobody needs to know more exactly


def inbox_of(user: User) -> QuerySet[Notice]:
    """Return the user's notices, unread ones first, then the newest (one query)."""
    unread = ExpressionWrapper(Q(read_at=None), BooleanField())
    return Notice.objects.filter(user=user).annotate(is_unread=unread).order_by("-is_unread", "-created_at", "-pk")


def unread_count(user: User) -> int:
    """Return how many notices wait to be read, at most ``COUNTED`` (one query, off a partial index)."""
    return Notice.objects.filter(user=user, read_at=None).order_by()[:COUNTED].count()
