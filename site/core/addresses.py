"""The network address of a client, behind the proxies we run."""

from django.conf import settings

from .rules.addresses import client_address


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
