"""Fault 39: whoever asks learns nothing of who has an account: same status, same body, same time."""

import re
import statistics
import time

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User

from .conftest import GOOD, PHONE, WRONG

STRANGER = "+8613700137000"
RUNS = 15
# A hash left out makes the ratio six or more; what a quiet machine shows is below 1.3.
BOUND = 2.0

LOGIN_BY_NAME = ("/accounts/login/", {"login": "known", "password": WRONG}, {"login": "nobody"})
LOGIN_BY_PHONE = ("/accounts/login/", {"login": PHONE, "password": WRONG}, {"login": STRANGER})
LOGIN_CODE = ("/accounts/login/code/", {"phone": PHONE}, {"phone": STRANGER})
RESET = ("/accounts/password/reset/", {"phone": PHONE}, {"phone": STRANGER})
SIGNUP = ("/accounts/signup/", {"phone": PHONE}, {"phone": STRANGER})
ALL = {"login": LOGIN_BY_NAME, "phone login": LOGIN_BY_PHONE, "code": LOGIN_CODE, "reset": RESET, "signup": SIGNUP}


@pytest.fixture(params=ALL, ids=str)
def question(request, make_user, signup_form, carrier):
    """An address, what is posted about somebody known, and about a stranger."""
    make_user()
    address, known, other = ALL[request.param]
    if request.param == "signup":
        known = signup_form(**known)
    return address, known, known | other


def plain(reply) -> tuple:
    """The reply without what differs between any two: tokens, nonces, the number or name that was typed."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"', "", reply.text)
    body = re.sub(r"known|nobody|[+]86137\d{8}|[+]86138\d{8}", "…", body)
    return reply.status_code, reply.headers.get("Location"), sorted(reply.cookies), body


def conversation(address, fields) -> list[tuple]:
    """Ask, look at the page that follows, ask for a new code, and guess three times."""
    client = Client()
    replies = [client.post(address, fields)]
    if following := replies[0].headers.get("Location"):
        replies.append(client.get(following))
        replies.append(client.post(following, {"action": "resend"}))
        replies += [client.post(following, {"code": "abc"}) for _ in range(3)]
        replies.append(client.get(following, follow=True))
    return [plain(reply) for reply in replies]


def test_known_and_unknown_get_the_same_replies(question):
    address, known, unknown = question
    first, second = conversation(address, known), conversation(address, unknown)
    assert first == second


def test_known_and_unknown_get_the_same_messages_sent(question, carrier):
    address, known, unknown = question
    counts = []
    for fields in (known, unknown):
        before = len(carrier.sent)
        conversation(address, fields)
        counts.append(len(carrier.sent) - before)
    assert counts[0] == counts[1]


def test_a_carrier_that_refuses_says_the_same(question, carrier):
    carrier.refused = frozenset({PHONE, STRANGER})
    address, known, unknown = question
    assert conversation(address, known) == conversation(address, unknown)


def seconds(address, fields) -> float:
    cache.clear()  # or the counters would answer
    client, start = Client(), time.perf_counter()
    client.post(address, fields)
    took = time.perf_counter() - start
    User.objects.exclude(username="known").delete()  # a registration of the stranger, to be made again
    return took


def test_known_and_unknown_take_the_same_time(question, settings):
    settings.PASSWORD_HASHERS = ["accounts.hashers.Argon2Hasher"]
    address, known, unknown = question
    user = User.objects.get(username="known")
    user.set_password(GOOD)
    user.save()
    seconds(address, known), seconds(address, unknown)  # templates compiled, connections open
    pairs = [(seconds(address, known), seconds(address, unknown)) for _ in range(RUNS)]
    medians = [statistics.median(side) for side in zip(*pairs, strict=True)]
    assert max(medians) / min(medians) < BOUND, medians
