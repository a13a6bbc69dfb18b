"""The bureau's servers. Refuses to start where a secret is missing, a default, or DEBUG is on."""

import environ
from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import (
    BLIND_INDEX_KEY,
    DATABASES,
    DEBUG,
    FIELD_ENCRYPTION_KEYS,
    REDIS_URL,
    SECRET_KEY,
    SMS_GATEWAY,
    SMS_SECRET,
    SMS_URL,
    STAFF_SECOND_FACTOR,
    STUDY_TIME_SCALE,
    env,
)

PROFILE = "production"
DEBUG = env.bool("DEBUG", default=DEBUG)

if DEBUG:
    raise ImproperlyConfigured("DEBUG must be off in production.")
if len(SECRET_KEY) < 50 or SECRET_KEY.startswith("django-insecure") or len(set(SECRET_KEY)) < 10:
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 random characters.")
if not FIELD_ENCRYPTION_KEYS:
    raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS is required: id numbers are never stored in clear.")
if len(BLIND_INDEX_KEY) < 32:
    raise ImproperlyConfigured("BLIND_INDEX_KEY must be at least 32 random characters.")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database.")
if not REDIS_URL:
    raise ImproperlyConfigured("REDIS_URL is required.")
if not STAFF_SECOND_FACTOR:
    raise ImproperlyConfigured("STAFF_SECOND_FACTOR must stay on: staff see the data of thousands.")
if SMS_GATEWAY == "core.sms.HttpGateway" and not (SMS_URL and len(SMS_SECRET) >= 32):
    raise ImproperlyConfigured(
        "SMS_URL and an SMS_SECRET of at least 32 characters are required: people log in by phone."
    )
if STUDY_TIME_SCALE != 1:
    raise ImproperlyConfigured("STUDY_TIME_SCALE must be 1: credit hours are real time.")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
vars().update(environ.Env.email_url_config(env.str("EMAIL_URL", default="smtp://localhost:25")))
