"""Signed messages as Standard Webhooks 1.0.0 has them: HMAC-SHA256 over ``id.timestamp.body``. Pure but for dice."""

import base64
import hashlib
import hmac
import secrets

BEGINS_WITH = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """Return a secret as both sides write it."""
    return BEGINS_WITH + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(*, secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the header ``webhook-signature``; ``timestamp`` in seconds since 1970."""
    key = base64.b64decode(secret.removeprefix(BEGINS_WITH))
    signed = b".".join([message_id.encode(), str(timestamp).encode(), body])
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
