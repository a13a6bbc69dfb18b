"""What whoever asked says of an answer: it helped, or it did not and why."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from chatbot.enums import Complaint
from chatbot.models import Turn


class NotYours(Exception):
    """There is no such answer, or somebody else asked for it."""


def judge(
    *, turn: UUID, conversation: UUID, helped: bool | None, complaint: str = "", by: User | None, now: datetime
) -> Turn:
    """Keep what they say; it may be changed, and taken back with None.

    A reason is kept only where the answer did not help.

    :raises NotYours: the answer is not of a conversation that ``by`` started.
    :raises ValueError: there is no such reason.
    """
    why = Complaint(complaint).value if complaint and helped is False else ""
    with transaction.atomic():
        rows = Turn.objects.select_for_update(of=("self",))
        row = rows.filter(key=turn, conversation=conversation, conversation__started_by=by).first()
        if row is None:
            raise NotYours
        row.helped, row.complaint = helped, why
        row.save(update_fields=["helped", "complaint"])
    return row
