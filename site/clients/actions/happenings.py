"""Note what programs may be told of, and to whom it goes; part of the caller's transaction."""

from datetime import datetime
from typing import Any

from clients.enums import HappeningKind
from clients.models import Delivery, Happening, Webhook
from core.nudging import nudge_on_commit


def announce(*, kind: HappeningKind, data: dict[str, Any], now: datetime) -> Happening:
    """Store the event and a delivery for each webhook that wants it (two or three queries).

    ``data`` holds ids and states only: who may know more asks for it with a key.
    """
    happening = Happening.objects.create(kind=kind, data=data, at=now)
    wanting = [
        hook for hook in Webhook.objects.filter(active=True, client__active=True) if happening.kind in hook.kinds
    ]
    if wanting:
        Delivery.objects.bulk_create(Delivery(webhook=hook, happening=happening, next_at=now) for hook in wanting)
        nudge_on_commit("clients.tasks.deliver_due")
    return happening
