"""Find the reply to one message and store it, exactly once."""

import logging
import traceback
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from wechat.enums import MessageKind, Undelivered
from wechat.models import InboundMessage
from wechat.rules import messages

logger = logging.getLogger(__name__)

CLAIM = timedelta(seconds=120)  # after that the one who claimed it is taken for dead
MAX_TRIES = 3


def answer(*, message_id: int, now: datetime) -> None:
    """Store the reply to the message; do nothing where it is stored already or someone is at it.

    A handler that fails, or whose process dies, is tried again by the sweep: three times in all.
    """
    if not claim(message_id=message_id, now=now, replied_at=None):
        return
    row = InboundMessage.objects.get(pk=message_id)
    if row.tries > MAX_TRIES:
        InboundMessage.objects.filter(pk=message_id).update(claimed_at=None, undelivered=Undelivered.FAILED)
        return
    try:
        reply = messages.fit(_reply_to(row, now), link=chat_link())
    except Exception as error:
        # Frames only: the message of an exception may quote what the person typed.
        frames = "".join(traceback.format_tb(error.__traceback__))
        logger.error("message %s: no answer, %s\n%s", message_id, type(error).__name__, frames)
        InboundMessage.objects.filter(pk=message_id).update(claimed_at=None)
        return
    _store(message_id, reply, now)


def claim(*, message_id: int, now: datetime, **state) -> bool:
    """Take the work on a message in ``state`` for two minutes; False when it is not so, or someone else has it."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
    rows = InboundMessage.objects.filter(free, pk=message_id, undelivered="", **state)
    return bool(rows.update(claimed_at=now, tries=F("tries") + 1))


def is_claimed(row: InboundMessage, now: datetime) -> bool:
    """Say whether someone is at work on the message."""
    return row.claimed_at is not None and row.claimed_at >= now - CLAIM


def chat_link() -> str:
    """Return the address of the chat page, where every answer can be had without WeChat's limits."""
    return f"{settings.BASE_URL}/chat/"


def _store(message_id: int, reply: str, now: datetime) -> None:
    from wechat.tasks import answer_late_messages  # the task calls this module

    with transaction.atomic():
        row = InboundMessage.objects.select_for_update().get(pk=message_id)
        row.reply, row.replied_at, row.claimed_at, row.tries = reply, now, None, 0
        row.save(update_fields=["reply", "replied_at", "claimed_at", "tries"])
        if row.promised_at and reply:
            transaction.on_commit(answer_late_messages.delay, robust=True)


def _reply_to(row: InboundMessage, now: datetime) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        if row.kind == MessageKind.TEXT and row.content:
            return import_string(settings.WECHAT_MESSAGE_HANDLER)(row.openid, row.content, now)
        if row.kind == MessageKind.EVENT:
            return _reply_to_event(row.event)
        return _("I can only read text. Type your question, for example: what if oil in the pan catches fire?")


def _reply_to_event(event: str) -> str:
    if event == "subscribe":
        return _(
            "Welcome. Type a question, for example: what if oil in the pan catches fire? "
            "If someone is in danger now, call 119 or 120 first.\nYou can also ask here: %(link)s"
        ) % {"link": chat_link()}
    if event in ("CLICK", "SCAN"):
        return _("Type your question, for example: what if oil in the pan catches fire?")
    return ""  # unsubscribing, moving about and the like want no reply
