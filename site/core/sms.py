"""Text messages: the port that every carrier implements, and the ones that come with the house.

``SMS_GATEWAY`` names the class in use. All of them behave alike: :class:`Refused` is final, :class:`Unavailable` may be
tried again.
"""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Protocol

import httpx
from django.conf import settings
from django.core.cache import cache
from django.utils.module_loading import import_string

TIMEOUT_S = 5.0
PER_MINUTE, PER_DAY = 1, 10  # to one number, as the carriers in China allow for codes
DAY_S = 86_400


class Refused(Exception):
    """The carrier will not send this: no such number, a text it forbids, a number that has had its share."""


class ShareUsed(Refused):
    """The number has had its share of this minute or day; what can wait may be tried again after it."""


class Unavailable(Exception):
    """The carrier could not be reached or is overloaded; the same message may go through later."""


class Gateway(Protocol):
    """What a carrier does."""

    def send(self, *, phone: str, text: str, key: str) -> str:
        """Send ``text`` to ``phone`` (E.164) and return the carrier's reference; the same ``key`` is sent once only.

        :raises Refused: never to be tried again.
        :raises Unavailable: to be tried again later.
        """


def gateway() -> Gateway:
    """Return the gateway that ``SMS_GATEWAY`` names."""
    return import_string(settings.SMS_GATEWAY)()


class ConsoleGateway:
    """Print the message where the server's log is: the embedded profile, where nobody has a carrier."""

    def send(self, *, phone: str, text: str, key: str) -> str:
        _count(phone)
        print(f"SMS to {phone}: {text}", flush=True)  # noqa: T201
        return f"console-{key}"


class HttpGateway:
    """Post the message as signed JSON to ``SMS_URL``, the city's message platform.

    Body ``{"phone", "text", "key", "sent"}``; header ``X-Signature``: HMAC-SHA-256 (hex) of it under ``SMS_SECRET``.
    The platform answers 200 ``{"reference"}``, 4xx for what it will never send, anything else for later.
    """

    def send(self, *, phone: str, text: str, key: str) -> str:
        _count(phone)
        body = json.dumps(
            {"phone": phone, "text": text, "key": key, "sent": int(time.time())}, ensure_ascii=False
        ).encode()
        signature = hmac.new(settings.SMS_SECRET.encode(), body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Signature": signature}
        try:
            reply = httpx.post(settings.SMS_URL, content=body, headers=headers, timeout=TIMEOUT_S)
            if reply.status_code in (400, 403, 404, 410, 422):
                raise Refused(f"{reply.status_code}: {reply.text[:200]}")
            reply.raise_for_status()
            return str(reply.json()["reference"])
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
            _count(phone, by=-1)  # or the retry, which the platform knows by its key, would be refused for good
            raise Unavailable(f"{type(error).__name__}: {error}") from error


@dataclass
class FakeGateway:
    """A carrier for tests that keeps what it was given, and limits and fails like a real one."""

    sent: list[dict] = field(default_factory=list)
    failures: int = 0  # how many of the next messages find the carrier down
    refused: frozenset[str] = frozenset()

    def send(self, *, phone: str, text: str, key: str) -> str:
        known = next((message for message in self.sent if message["key"] == key), None)
        if known:
            return known["reference"]
        if self.failures:
            self.failures -= 1
            raise Unavailable("the carrier is down")
        if phone in self.refused:
            raise Refused("no such number")
        _count(phone)
        message = {"phone": phone, "text": text, "key": key, "reference": f"fake-{len(self.sent) + 1}"}
        self.sent.append(message)
        return message["reference"]


def _count(phone: str, by: int = 1) -> None:
    """Count one message to the number, or with -1 take it back.

    :raises ShareUsed: it has had its share of this minute or day.
    """
    number = hashlib.sha256(phone.encode()).hexdigest()[:16]
    for seconds, most in ((60, PER_MINUTE), (DAY_S, PER_DAY)):
        key = f"sms:{number}:{seconds}:{int(time.time()) // seconds}"
        cache.add(key, 0, 2 * seconds)
        try:
            sent = cache.incr(key, by)
        except ValueError:  # it expired between the two calls
            continue
        if sent > most and by > 0:
            raise ShareUsed("this number has had its share of messages")
