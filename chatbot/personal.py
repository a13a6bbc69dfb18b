"""What this room holds about a user: their conversations, shown to them, and deleted when they wish it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .models import Conversation, Turn

LABELS = {
    "questions": _("questions asked"),
    "asked_at": _("asked at"),
    "channel": _("channel"),
    "question": _("question asked"),
    "kind": _("kind of answer"),
    "article": _("article"),
}  # how tables and columns are called on the page to read


def rows(user: User) -> dict[str, list[dict]]:
    """Return what the user asked, masked as it is kept, and what kind of answer it got (one query)."""
    turns = Turn.objects.filter(conversation__started_by=user).order_by("asked_at")
    return {"questions": list(turns.values("asked_at", "channel", "question", "kind", "article"))}


def forget(*, user: User, **about) -> dict[str, int]:
    """Delete the user's conversations; part of the caller's transaction."""
    return {"conversations": Conversation.objects.filter(started_by=user).delete()[0]}
