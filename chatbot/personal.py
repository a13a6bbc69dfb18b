"""What this room holds about a user: their conversations and what they wrote to the desk; deleted when they wish it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .actions import conversations
from .models import Conversation, Message, Ticket, Turn

LABELS = {
    "questions": _("questions asked"),
    "asked_at": _("asked at"),
    "channel": _("channel"),
    "question": _("question asked"),
    "kind": _("kind of answer"),
    "article": _("article"),
    "helped": _("helped"),
    "tickets": _("questions for a person"),
    "opened_at": _("left at"),
    "contact": _("how to be reached"),
    "state": _("state"),
    "messages": _("messages"),
    "sent_at": _("sent at"),
    "from_desk": _("from the desk"),
    "text": _("text"),
}  # how tables and columns are called on the page to read


def rows(user: User) -> dict[str, list[dict]]:
    """Return what the user asked, masked as it is kept, what kind of answer it got, and their tickets (3 queries)."""
    turns = Turn.objects.filter(conversation__started_by=user).order_by("asked_at")
    tickets = Ticket.objects.filter(conversation__started_by=user).order_by("opened_at")
    written = Message.objects.filter(ticket__conversation__started_by=user).order_by("sent_at")
    return {
        "questions": list(turns.values("asked_at", "channel", "question", "kind", "article", "helped")),
        "tickets": list(tickets.values("opened_at", "question", "contact", "state")),
        "messages": list(written.values("sent_at", "from_desk", "text")),
    }


def forget(*, user: User, **about) -> dict[str, int]:
    """Delete the user's conversations; part of the caller's transaction."""
    return {"conversations": conversations.delete_all(Conversation.objects.filter(started_by=user))}
