"""Keys as they come from outside."""

from uuid import UUID


def uuid_or_none(value) -> UUID | None:
    """Return the value as a UUID; whatever is none starts a new conversation."""
    try:
        return UUID(value)
    except (TypeError, ValueError, AttributeError):
        return None
