"""What the head of every page shows of the inbox."""

from django.utils.functional import SimpleLazyObject

from .queries.inbox import unread_count


def unread(request) -> dict:
    """Return ``unread_notices``: how many wait to be read, asked only where a page of somebody logged in shows it."""
    user = getattr(request, "user", None)

    def count() -> int:
        return unread_count(user) if user is not None and user.is_authenticated else 0

    return {"unread_notices": SimpleLazyObject(count)}
