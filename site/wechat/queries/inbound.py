"""Which messages wait for a late reply, and whether one may still be sent."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from wechat.enums import Delivered, MessageKind, Undelivered
from wechat.models import InboundMessage
from wechat.rules import window

ABANDONED = timedelta(seconds=30)  # WeChat's three tries of 5 s are over: nobody is waiting on the line any more


def waiting(*, now: datetime) -> QuerySet[InboundMessage]:
    """Return messages whose reply nobody waits for on the line any more, oldest first (one query)."""
    return (
        InboundMessage.objects.filter(delivered=Delivered.NONE, undelivered="")
        .filter(Q(promised_at__isnull=False) | Q(received_at__lte=now - ABANDONED))
        .exclude(reply="", replied_at__isnull=False)
        .order_by("received_at")
    )


def why_not(*, openid: str, now: datetime) -> Undelivered | None:
    """Return why the follower can be sent no further message now, or None (at most four queries)."""
    mine = InboundMessage.objects.filter(openid=openid).order_by("-received_at")
    messages = mine.exclude(kind=MessageKind.EVENT)
    events = mine.filter(kind=MessageKind.EVENT, event__in=window.OPENING_EVENTS)
    reason = Undelivered.WINDOW
    for by_event, opened in ((False, messages), (True, events)):
        opened_at = opened.values_list("received_at", flat=True).first()
        if opened_at is None:
            continue
        sent = mine.filter(delivered=Delivered.CUSTOM, delivered_at__gte=opened_at).count()
        refusal = window.why_not(opened_at=opened_at, by_event=by_event, sent=sent, now=now)
        if refusal is None:
            return None
        reason = refusal if not by_event else reason
    return reason
