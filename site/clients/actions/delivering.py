"""Bring events to webhooks: claim, call, note; nothing is held open in the database during a call."""

import json
import logging
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

import httpx
from django.conf import settings

from clients.enums import DeliveryState
from clients.models import Delivery, Happening, Webhook
from clients.rules import retries, signatures, targets

CLAIM = timedelta(seconds=60)  # longer than a call may take
TIMEOUT_S = 10
BATCH = 50
GONE = 410

log = logging.getLogger(__name__)


def deliver_due(*, clock: Callable[[], datetime]) -> int:
    """Call what is due at most once each and return how many were called; two workers never call the same one."""
    due = Delivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=clock(), webhook__active=True)
    called = 0
    for delivery in due.select_related("webhook", "happening").order_by("next_at", "pk")[:BATCH]:
        claimed = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING, next_at=delivery.next_at)
        if claimed.update(next_at=clock() + CLAIM):
            _note(delivery, *_call(delivery.webhook, delivery.happening, clock()), now=clock())
            called += 1
    return called


def payload(happening: Happening) -> bytes:
    """Return the body that is sent and signed."""
    told = {"type": happening.kind, "timestamp": happening.at.isoformat(), "data": happening.data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _call(webhook: Webhook, happening: Happening, now: datetime) -> tuple[int, str]:
    """Return (HTTP status or 0, what came of it in words)."""
    body, message_id, timestamp = payload(happening), str(happening), int(now.timestamp())
    signed = signatures.signature(secret=webhook.secret, message_id=message_id, timestamp=timestamp, body=body)
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signed,
    }
    try:
        url, host, extensions = _pinned(webhook.url)
        with httpx.Client(timeout=TIMEOUT_S, follow_redirects=False, trust_env=False) as http:
            reply = http.post(url, content=body, headers={**headers, "Host": host}, extensions=extensions)
    except (httpx.HTTPError, OSError, targets.BadTarget) as error:
        return 0, type(error).__name__
    return reply.status_code, str(reply.status_code)


def _pinned(url: str) -> tuple[str, str, dict]:
    """Return the URL with the address just looked up and checked in it, the Host header, and whose certificate to want.

    Calling the name itself would look it up a second time, and may get another address then.

    :raises targets.BadTarget: the name leads into a private network.
    """
    private = settings.WEBHOOK_PRIVATE_ADDRESSES
    host, port = targets.parts(url, private=private)
    address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0]
    if not private and not targets.is_open(address):
        raise targets.BadTarget(address)
    split = urlsplit(url)
    numeric = f"[{address}]" if ":" in address else address
    return urlunsplit(split._replace(netloc=f"{numeric}:{port}")), split.netloc, {"sni_hostname": host}


def _note(delivery: Delivery, status: int, outcome: str, *, now: datetime) -> None:
    row = Delivery.objects.filter(pk=delivery.pk)
    tries = delivery.tries + 1
    wait = retries.wait_after(tries)
    if 200 <= status < 300:
        row.update(state=DeliveryState.DELIVERED, delivered_at=now, tries=tries, outcome=outcome)
        return
    if status == GONE:  # Standard Webhooks: the receiver does not want to hear any more
        Webhook.objects.get(pk=delivery.webhook_id).retire()
        wait = None
    if wait is None:
        row.update(state=DeliveryState.FAILED, tries=tries, outcome=outcome)
        log.warning(
            "webhook %s: %s given up after %s tries: %s", delivery.webhook_id, delivery.happening, tries, outcome
        )
    else:
        row.update(tries=tries, next_at=now + wait, outcome=outcome)
