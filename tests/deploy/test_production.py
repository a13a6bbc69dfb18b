"""The production settings start with sound values and refuse each unsound one, in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRET = "".join(chr(ord("a") + number % 26) for number in range(60))
DULL = "changeme" * 10
SOUND = {
    "SECRET_KEY": SECRET,
    "FIELD_ENCRYPTION_KEYS": "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "BLIND_INDEX_KEY": "a blind index key for tests only",
    "DATABASE_URL": "postgresql://xuehui@127.0.0.1:5432/xuehui",
    "REDIS_URL": "redis://127.0.0.1:6379",
    "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
    "BASE_URL": "https://yingji.example.gov.cn",
    "ALLOWED_HOSTS": "yingji.example.gov.cn",
    "SMS_URL": "https://sms.example.gov.cn/send",
    "SMS_SECRET": SECRET,
}
FAULTS = {
    "DEBUG must be off": {"DEBUG": "true"},
    "SECRET_KEY must be at least 50": {"SECRET_KEY": ""},
    "SECRET_KEY must be at least 50 random": {"SECRET_KEY": f"django-insecure-{SECRET}"},
    "SECRET_KEY must be at least 50 random characters": {"SECRET_KEY": DULL},
    "FIELD_ENCRYPTION_KEYS is required": {"FIELD_ENCRYPTION_KEYS": ""},
    "BLIND_INDEX_KEY must be at least 32": {"BLIND_INDEX_KEY": "short"},
    "DATABASE_URL must name a PostgreSQL": {"DATABASE_URL": "sqlite:////tmp/site.sqlite3"},
    "REDIS_URL is required": {"REDIS_URL": ""},
    "STUDY_TIME_SCALE must be 1": {"STUDY_TIME_SCALE": "60"},
    "STAFF_SECOND_FACTOR must stay on": {"STAFF_SECOND_FACTOR": "false"},
    "SMS_URL and an SMS_SECRET": {"SMS_SECRET": "short"},
    "SMS_URL and an SMS_SECRET of at least 32": {"SMS_URL": ""},
}


def start(folder: Path, **changed: str) -> subprocess.CompletedProcess:
    own = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env = {**own, **SOUND, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings.production", **changed}
    code = "from django.conf import settings; print(settings.PROFILE, settings.DEBUG, settings.SESSION_COOKIE_SECURE)"
    path = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")])}
    return subprocess.run(
        [sys.executable, "-c", code], env={**env, **path}, cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_production_starts_with_sound_settings(tmp_path):
    done = start(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "production False True\n", "")


@pytest.mark.parametrize("message", FAULTS)
def test_production_refuses_to_start_with(message, tmp_path):
    done = start(tmp_path, **FAULTS[message])
    assert done.returncode == 1
    assert message in done.stderr.splitlines()[-1]
