"""Tell the pages of a ticket, and the desk, that something changed. A lost push costs seconds: they ask again."""

import asyncio
import logging
from functools import partial
from uuid import UUID

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

log = logging.getLogger(__name__)
PUSH_S = 2  # a channel layer that hangs holds nobody up for longer
DESK = "chat-desk"


def group_of(ticket: UUID) -> str:
    """Return the name of the group that a ticket's pages are in."""
    return f"chat-ticket-{ticket}"


def push_on_commit(ticket: UUID) -> None:
    """Push once the transaction is committed; a channel layer that is down is only logged."""
    transaction.on_commit(partial(push, ticket))


def push(ticket: UUID) -> None:
    """Push now; never fails."""
    try:
        async_to_sync(_send)(ticket)
    except Exception:
        log.warning("the pages of ticket %s were not told; they will ask", ticket, exc_info=True)


async def _send(ticket: UUID) -> None:
    layer = get_channel_layer()
    async with asyncio.timeout(PUSH_S):
        for group in (group_of(ticket), DESK):
            await layer.group_send(group, {"type": "changed"})
