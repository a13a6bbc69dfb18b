"""What becomes of conversations: forgotten by who had them, removed after their time."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from chatbot.enums import TicketState
from chatbot.models import Conversation, Ticket
from core.actions.auditing import record
from core.actions.retention import keep
from core.enums import Deed


class NotYours(Exception):
    """There is no such conversation, or somebody else started it."""


def forget(*, conversation: UUID, by: User | None, now: datetime) -> None:
    """Delete a conversation with all that was asked, answered and written in it.

    :raises NotYours: ``by`` did not start it.
    """
    with transaction.atomic():
        row = Conversation.objects.select_for_update().filter(pk=conversation, started_by=by).first()
        if row is None:
            raise NotYours
        delete_all(Conversation.objects.filter(pk=row.pk), now=now)


def delete_all(conversations, *, now: datetime | None = None) -> int:
    """Delete conversations, the going of each ticket recorded; part of the caller's transaction."""
    for ticket in Ticket.objects.filter(conversation__in=conversations):
        record(deed=Deed.DELETED, target=ticket, label=ticket.audit_label(), before={"state": ticket.state}, now=now)
    count = conversations.count()
    conversations.delete()
    return count


@keep(
    "conversations",
    days=365,
    source="个人信息保护法第十九条：保存期限为实现处理目的所必要的最短时间；一年内用于改进回答",
)
def purge_conversations(before: datetime) -> int:
    """Remove conversations in which nothing was said since, unless a person still owes an answer."""
    old = Conversation.objects.filter(started_at__lt=before).exclude(turns__asked_at__gte=before)
    waiting = Ticket.objects.filter(state__in=(TicketState.OPEN, TicketState.TAKEN)) | Ticket.objects.filter(
        moved_at__gte=before
    )
    return delete_all(old.exclude(pk__in=waiting.values("conversation")))
