"""Take a message in once, race its answer against WeChat's five seconds, and hand the reply over."""

import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime

from django.db import connections, transaction

from wechat.enums import Delivered, MessageKind
from wechat.models import InboundMessage, SeenNonce
from wechat.rules import messages

from . import answering

PATIENCE_S = 4.0  # WeChat hangs up after 5
POLL_S = 0.2

# The answer must go on when the request gives up waiting, under WSGI as under ASGI, so it has threads of its own.
# Nothing is lost with them: the row says that an answer is missing, and the sweep finds it.
_answerers = ThreadPoolExecutor(max_workers=8, thread_name_prefix="wechat-answer")


class Replayed(Exception):
    """The timestamp and nonce were used before, for another message."""


def receive(*, message: messages.InboundMessage, stamp: str, now: datetime) -> tuple[InboundMessage, bool]:
    """Keep the message; return its row and whether it is new. WeChat's retries find the row of the first try.

    :raises Replayed: the stamp was used for another message, or the message id by another sender.
    """
    with transaction.atomic():
        seen, _new = SeenNonce.objects.get_or_create(
            stamp=stamp, defaults={"dedupe_key": message.dedupe_key, "seen_at": now}
        )
        row, fresh = InboundMessage.objects.get_or_create(
            dedupe_key=message.dedupe_key,
            defaults={
                "openid": message.openid,
                "kind": message.kind,
                "event": message.event,
                "content": message.content,
                "received_at": now,
            },
        )
        if seen.dedupe_key != message.dedupe_key or row.openid != message.openid:
            raise Replayed
    return row, fresh


def respond(*, message: messages.InboundMessage, stamp: str, now: datetime) -> str:
    """Return the reply to give at once, or "" when it comes later or there is nothing to say. Waits 4 s at most.

    :raises Replayed: see ``receive``.
    """
    give_up = time.monotonic() + PATIENCE_S
    row, fresh = receive(message=message, stamp=stamp, now=now)
    if not fresh:
        _watch(row.pk, give_up)
    elif row.kind == MessageKind.TEXT:
        wait([_start(row.pk, now)], timeout=max(0, give_up - time.monotonic()))
    else:
        answering.answer(message_id=row.pk, now=now)
    return hand_over(message_id=row.pk, now=now)


def hand_over(*, message_id: int, now: datetime) -> str:
    """Return the reply and mark it delivered, or promise it for later and return "".

    A retry gets the same reply again (WeChat shows it once); what is being sent as a service message is not repeated.
    """
    with transaction.atomic():
        row = InboundMessage.objects.select_for_update().get(pk=message_id)
        if row.replied_at is None:
            if row.promised_at is None:
                row.promised_at = now
                row.save(update_fields=["promised_at"])
            return ""
        if row.undelivered or row.delivered == Delivered.CUSTOM or answering.is_claimed(row, now):
            return ""
        if row.reply and row.delivered == Delivered.NONE:
            row.delivered, row.delivered_at = Delivered.PASSIVE, now
            row.save(update_fields=["delivered", "delivered_at"])
        return row.reply


def _start(message_id: int, now: datetime) -> Future:
    def work() -> None:
        try:
            answering.answer(message_id=message_id, now=now)
        finally:
            connections.close_all()  # the thread outlives the request, its connection must not

    return _answerers.submit(work)


def _watch(message_id: int, give_up: float) -> None:
    """Wait until another try's answer is there; it may be found in another process, so the row is what tells."""
    waiting = InboundMessage.objects.filter(pk=message_id, replied_at=None, undelivered="")
    while waiting.exists() and time.monotonic() < give_up:
        time.sleep(POLL_S)
