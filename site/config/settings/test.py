"""Tests: the embedded profile in a scratch folder, or the services named by DATABASE_URL and REDIS_URL."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("VAR_DIR", str(Path(tempfile.gettempdir()) / f"xuehui-yingji-test-{os.getpid()}"))

from .base import *  # noqa: F403
from .base import CACHES, DATABASES, REDIS_URL, STORAGES, VAR

PROFILE = "test"
SECRET_KEY = "a key for tests only, of no use anywhere else: 0123456789"  # noqa: S105
FIELD_ENCRYPTION_KEYS = ["1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="]
BLIND_INDEX_KEY = "a blind index key for tests only"
BACKUP_KEY = "YmJi" * 10 + "YmI="  # 32 times b
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # a file, as in life: threads of one test share it
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = VAR / "media"
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
if REDIS_URL:  # each test process has a cache of its own, or one would clear what another counts
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    CACHES["default"]["LOCATION"] = f"{REDIS_URL}/{worker + 2 if worker else 1}"
SMS_GATEWAY = "core.sms.FakeGateway"
STAFF_SECOND_FACTOR = False  # the tests of the second factor turn it on
WECHAT_TOKEN = "test"  # noqa: S105
WECHAT_APP_ID = "wx0123456789abcdef"
WECHAT_APP_SECRET = "secret for tests"  # noqa: S105
WECHAT_AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # noqa: F405
