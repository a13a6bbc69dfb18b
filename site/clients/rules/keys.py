"""How a key is written: ``xhyj_<prefix>_<secret>``; only the SHA-256 of it is kept. Pure but for the dice."""

import hashlib
import re
import secrets

PREFIX_BYTES, SECRET_BYTES = 4, 32
KEY = re.compile(r"xhyj_([0-9a-f]{8})_[A-Za-z0-9_-]{43}")


def make() -> tuple[str, str]:
    """Return (prefix, whole key)."""
    prefix = secrets.token_hex(PREFIX_BYTES)
    return prefix, f"xhyj_{prefix}_{secrets.token_urlsafe(SECRET_BYTES)}"


def prefix_of(key: str) -> str:
    """Return the prefix of a written key, empty where it can be none."""
    written = KEY.fullmatch(key)
    return written[1] if written else ""


def digest(key: str) -> str:
    """Return the SHA-256 (hex) of a key: 256 random bits need no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()
