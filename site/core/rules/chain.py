"""What an audit entry and its link in the chain are worth as bytes; without the key no digest can be forged.

An entry is sealed the moment it is written; a link binds it to everything before it. Changing an entry breaks its seal,
taking one out or putting one in breaks the chain.
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

START = "0" * 64


def seal(content: dict[str, Any], *, key: bytes) -> str:
    """Return the HMAC-SHA-256 (hex) of an entry's content; times in it are written in UTC."""
    return _digest(json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_text), key)


def link(*, position: int, previous: str, seal: str, key: bytes) -> str:
    """Return the digest (hex) of the link at ``position`` that follows the link with digest ``previous``."""
    return _digest(f"{position}|{previous}|{seal}", key)


def same(one: str, other: str) -> bool:
    """Compare two digests in constant time."""
    return hmac.compare_digest(one, other)


def _digest(text: str, key: bytes) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _text(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
