"""Websites by their origin (RFC 6454): scheme, host, port. Pure."""

import re

ORIGIN = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?")


def is_origin(text: str) -> bool:
    """Say whether ``text`` is an origin as it may stand in a Content-Security-Policy."""
    return bool(ORIGIN.fullmatch(text))
