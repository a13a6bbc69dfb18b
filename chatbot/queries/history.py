"""What the same person asked just before."""

import uuid
from datetime import datetime, timedelta

from accounts.models import User
from chatbot.models import Turn

TURNS = 2
STILL_MEANT = timedelta(minutes=30)


def earlier_questions(*, conversation: uuid.UUID, by: User | None, now: datetime) -> list[str]:
    """Return the last questions of the conversation, masked as they are kept, the last one last (one query).

    Only of who started it, and only those of the last half hour.
    """
    turns = Turn.objects.filter(
        conversation=conversation, conversation__started_by=by, asked_at__gt=now - STILL_MEANT, asked_at__lte=now
    )
    return list(turns.order_by("-asked_at", "-pk").values_list("question", flat=True)[:TURNS])[::-1]
