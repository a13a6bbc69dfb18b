"""One machine, nothing installed: SQLite, in-process cache, Celery over files. Keys are made at the first start."""

import base64
import secrets

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, VAR, env

PROFILE = "embedded"


def _kept_secret(name: str, make) -> str:
    """Return the secret kept in var/keys, made on the first start and readable by its owner only."""
    path = VAR / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text().strip()


SECRET_KEY = env.str("SECRET_KEY", default="") or _kept_secret("secret-key", lambda: secrets.token_urlsafe(50))
FIELD_ENCRYPTION_KEYS = env.list("FIELD_ENCRYPTION_KEYS", default=[]) or [
    _kept_secret("field-key", lambda: "1:" + base64.b64encode(secrets.token_bytes(32)).decode())
]
BLIND_INDEX_KEY = env.str("BLIND_INDEX_KEY", default="") or _kept_secret(
    "blind-index-key", lambda: secrets.token_urlsafe(32)
)
BACKUP_KEY = env.str("BACKUP_KEY", default="") or _kept_secret(
    "backup-key", lambda: base64.b64encode(secrets.token_bytes(32)).decode()
)
SMS_GATEWAY = env.str("SMS_GATEWAY", default="core.sms.ConsoleGateway")
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=False)  # so that the demo accounts can be tried at once
WECHAT_TOKEN = env.str("WECHAT_TOKEN", default="") or _kept_secret("wechat-token", lambda: secrets.token_hex(16))
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
