"""Kinds, a reader with addresses, and carriers that can fail."""

from datetime import time

import pytest
from django.core.cache import cache

from accounts.models import User
from core import sms
from core.encryption import blind_index
from notifications import ports
from notifications.actions.notices import notify
from notifications.models import QuietHours

PARCEL = {"sender": "Wang", "weight": "2 kg"}


@pytest.fixture(autouse=True)
def kinds_of_tests(settings):
    """The kinds in ``some_kinds``, texts as they stand, no count left from another test."""
    settings.NOTICE_KINDS = ["tests.notifications.some_kinds"]
    settings.BASE_URL = "https://yingji.example"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def reader(db, at) -> User:
    """A user with an e-mail address and a verified phone number."""
    return make_reader("reader", at)


def make_reader(username: str, at, phone: str = "+8613800000001") -> User:
    return User.objects.create_user(
        username=username,
        email=f"{username}@example.com",
        phone=phone,
        phone_digest=blind_index(phone),
        phone_verified_at=at("07:00"),
    )


@pytest.fixture
def carrier(monkeypatch) -> sms.FakeGateway:
    """The carrier of text messages."""
    gateway = sms.FakeGateway()
    monkeypatch.setattr(sms, "gateway", lambda: gateway)
    return gateway


@pytest.fixture
def wechat(monkeypatch, at) -> ports.FakeWechat:
    """A connected official account, at 10:00."""
    account = ports.FakeWechat(now=at("10:00"))
    monkeypatch.setattr(ports, "wechat", lambda: account)
    return account


@pytest.fixture
def tell(reader, at):
    """Return a function that tells the reader something at 10:00 (18:00 in Shanghai)."""

    def make(kind: str = "parcel", key: str = "1", *, user=None, context=PARCEL, link: str = "", now=None):
        return notify(user=user or reader, kind=kind, key=key, context=context, link=link, now=now or at("10:00"))

    return make


@pytest.fixture
def quiet(reader):
    """Return a function that sets the reader's quiet hours (local)."""

    def make(begins: str, ends: str) -> QuietHours:
        hours = (time.fromisoformat(clock) for clock in (begins, ends))
        return QuietHours.objects.create(user=reader, begins=next(hours), ends=next(hours))

    return make
