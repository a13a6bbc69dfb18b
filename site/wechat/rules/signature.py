"""Signatures of WeChat's callback: who sent it, and whether it is fresh.

Source: WeChat official account platform, "Getting started: access guide" (callback) and "Message encryption".
"""

import hashlib
import hmac
from datetime import datetime

FRESH_S = 300


def sign(*parts: str) -> str:
    """Return the SHA-1 (hex) of the sorted parts: token, timestamp, nonce and, in AES mode, the ciphertext."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324  (WeChat's protocol)


def matches(given: str, *parts: str) -> bool:
    """Say in constant time whether ``given`` signs the parts."""
    return hmac.compare_digest(given.encode(), sign(*parts).encode())


def is_fresh(timestamp: str, now: datetime) -> bool:
    """Say whether a callback's timestamp (Unix seconds) lies within 300 s of ``now``, before or after."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    return abs(now.timestamp() - int(timestamp)) <= FRESH_S
