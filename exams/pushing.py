"""Tell the consoles of a sitting that something changed. A lost push costs seconds: they ask by themselves, too."""

import asyncio
import logging
from functools import partial

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

log = logging.getLogger(__name__)
PUSH_S = 2  # a channel layer that hangs holds nobody up for longer


def group_of(sitting_id: int) -> str:
    """Return the name of the group that a sitting's consoles are in."""
    return f"sitting-{sitting_id}"


def push_on_commit(sitting_id: int) -> None:
    """Push once the transaction is committed; a channel layer that is down is only logged."""
    transaction.on_commit(partial(push, sitting_id))


def push(sitting_id: int) -> None:
    """Push now; never fails."""
    try:
        async_to_sync(_send)(sitting_id)
    except Exception:
        log.warning("the consoles of sitting %s were not told; they will ask", sitting_id, exc_info=True)


async def _send(sitting_id: int) -> None:
    async with asyncio.timeout(PUSH_S):
        await get_channel_layer().group_send(group_of(sitting_id), {"type": "changed"})
