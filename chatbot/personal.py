"""What this room holds about a user: their conversations, shown to them, and deleted when they wish it."""

from accounts.models import User

from .models import Conversation, Turn


def rows(user: User) -> dict[str, list[dict]]:
    """Return what the user asked, masked as it is kept, and what kind of answer it got (one query)."""
    turns = Turn.objects.filter(conversation__started_by=user).order_by("asked_at")
    return {"questions": list(turns.values("asked_at", "channel", "question", "kind", "article"))}


def forget(*, user: User, **about) -> dict[str, int]:
    """Delete the user's conversations; part of the caller's transaction."""
    return {"conversations": Conversation.objects.filter(started_by=user).delete()[0]}
