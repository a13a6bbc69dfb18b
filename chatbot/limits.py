"""How much one client may ask: a count per window in the shared cache."""

from datetime import datetime

from django.conf import settings
from django.core.cache import cache

from .rules.addresses import client_address

WINDOW_S = 60
QUESTIONS = 20  # of one connection
QUESTIONS_PER_ADDRESS = 120  # a classroom shares one
CONNECTIONS = 120  # opened per address


def take(*, what: str, address: str, limit: int, now: datetime) -> bool:
    """Count one use of ``what`` by the address; False when it has had ``limit`` in this minute."""
    key = f"chat:{what}:{address}:{int(now.timestamp()) // WINDOW_S}"
    cache.add(key, 0, 2 * WINDOW_S)
    try:
        return cache.incr(key) <= limit
    except ValueError:  # it expired between the two calls
        return True


def may_ask(*, address: str, now: datetime) -> bool:
    """Count one question of the address, in whatever channel; False when it is one too many."""
    return take(what="question", address=address, limit=QUESTIONS_PER_ADDRESS, now=now)


def address_of_request(request) -> str:
    """Return the client's address of an HTTP request."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return _address(request.META.get("REMOTE_ADDR") or "", forwarded)


def address_of_scope(scope) -> str:
    """Return the client's address of an ASGI connection."""
    forwarded = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    return _address((scope.get("client") or [""])[0], ",".join(forwarded))


def _address(peer: str, forwarded: str) -> str:
    return client_address(peer=peer, forwarded=forwarded, proxies=settings.ALLAUTH_TRUSTED_PROXY_COUNT)
