"""A carrier that keeps what it was given, the privacy notices, and forms filled in as people would."""

import re

import pytest
from django.core.cache import cache

from accounts.actions import consents
from accounts.enums import Purpose
from accounts.models import PrivacyNotice, User
from core import sms
from core.encryption import blind_index

GOOD, WRONG = "a-long-enough-one-9", "wrong-one-99"
PHONE = "+8613800138000"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def carrier(monkeypatch):
    """The one carrier of this test; ``codes()`` and ``last_code()`` read what it delivered."""
    fake = Carrier()
    monkeypatch.setattr(sms, "gateway", lambda: fake)
    monkeypatch.setattr(sms, "PER_MINUTE", 100)  # the tests of the limit set their own
    monkeypatch.setattr(sms, "PER_DAY", 100)
    return fake


class Carrier(sms.FakeGateway):
    def last_code(self) -> str:
        return re.search(r"[0-9]{6}", self.sent[-1]["text"])[0]


@pytest.fixture
def notices(db, at):
    """The three notices in force."""
    consents.load_notices(now=at("00:00").replace(year=2020))
    return {notice.purpose: notice for notice in PrivacyNotice.objects.all()}


@pytest.fixture
def make_user(db, at):
    """Return a function that makes a user with a verified phone number and the ``GOOD`` password."""

    def make(username="known", phone=PHONE, **fields) -> User:
        user = User.objects.create_user(username=username, password=GOOD, **fields)
        if phone:
            user.phone, user.phone_digest, user.phone_verified_at = phone, blind_index(phone), at("07:00")
            user.save()
        return user

    return make


@pytest.fixture
def signup_form(notices):
    """Return a function from what differs to the whole registration form."""

    def form(**fields):
        agreed = {"agreed": "on", "notice": notices[Purpose.ACCOUNT].pk}
        return {"password1": GOOD, "password2": GOOD} | agreed | fields

    return form
