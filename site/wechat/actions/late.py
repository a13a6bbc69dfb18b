"""Send replies that came too late for the callback, as customer service messages."""

import logging
from datetime import datetime, timedelta

from wechat.enums import Delivered, Undelivered
from wechat.models import InboundMessage, SeenNonce
from wechat.ports import WechatApi, WechatRefused, WechatUnavailable
from wechat.queries import inbound as queries
from wechat.rules.signature import FRESH_S

from . import answering

logger = logging.getLogger(__name__)

REASONS = {45015: Undelivered.WINDOW, 45047: Undelivered.QUOTA}


def deliver(*, message_id: int, api: WechatApi, now: datetime) -> None:
    """Find the reply if it is still missing, and send it; again is harmless.

    A worker that dies between WeChat's "ok" and our note of it makes the follower read the answer twice:
    better than never.
    """
    answering.answer(message_id=message_id, now=now)
    state = {"delivered": Delivered.NONE, "replied_at__isnull": False, "reply__gt": ""}
    if not answering.claim(message_id=message_id, now=now, **state):
        return
    row = InboundMessage.objects.get(pk=message_id)
    refusal = queries.why_not(openid=row.openid, now=now)
    if refusal is None:
        try:
            api.send_text(openid=row.openid, text=row.reply)
        except WechatRefused as refused:
            refusal = REASONS.get(refused.code, Undelivered.REFUSED)
            logger.warning("message %s: refused with %s", message_id, refused.code)
        except WechatUnavailable as unavailable:
            logger.warning("message %s: not sent yet, %s", message_id, unavailable)
            InboundMessage.objects.filter(pk=message_id).update(claimed_at=None)
            return
    outcome = {"undelivered": refusal} if refusal else {"delivered": Delivered.CUSTOM, "delivered_at": now}
    InboundMessage.objects.filter(pk=message_id).update(claimed_at=None, **outcome)


def forget_nonces(*, now: datetime) -> None:
    """Delete nonces whose timestamps are no longer accepted anyway."""
    SeenNonce.objects.filter(seen_at__lt=now - timedelta(seconds=2 * FRESH_S)).delete()
