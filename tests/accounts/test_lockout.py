"""Too many wrong passwords (faults 37 and 38): whom it locks out, whom not, and what is recorded."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from accounts.lockouts import Lockouts
from core.encryption import blind_index
from core.enums import Deed
from core.models import AuditEntry

PASSWORD = "vollmond-ueber-tsingtau"
LOGIN = "/accounts/login/"
TRIES = 5


@pytest.fixture(autouse=True)
def counters(settings):
    """Each test counts from nought."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid4().hex}}


@pytest.fixture
def victim(person):
    person.user.set_password(PASSWORD)
    person.user.save()
    return person.user


def attempt(login: str, password: str = "wrong", client=None, **headers):
    return (client or Client()).post(LOGIN, {"login": login, "password": password}, **headers)


def enters(user, client=None, login: str = "") -> bool:
    return attempt(login or user.username, PASSWORD, client).status_code == 302


def spam(login: str, times: int = TRIES, **headers) -> None:
    for _ in range(times):
        attempt(login, **headers)


def lockouts():
    return AuditEntry.objects.filter(deed=Deed.LOCKED_OUT)


def test_four_wrong_passwords_lock_nothing(victim):
    spam(victim.username, TRIES - 1)
    assert enters(victim)


def test_after_five_the_right_password_is_refused_too_and_the_page_says_why(victim):
    spam(victim.username)
    reply = attempt(victim.username, PASSWORD)
    with translation.override("zh-hans"):
        why = str(Lockouts.error_messages["too_many_login_attempts"])
    assert why in reply.content.decode()
    assert victim.username in reply.content.decode(), "the input stays"


def test_the_lockout_ends_by_itself(victim, monkeypatch):
    import time

    spam(victim.username)
    real = time.time
    monkeypatch.setattr("allauth.core.internal.ratelimit.time.time", lambda: real() + 301)
    assert enters(victim)


@pytest.mark.parametrize("login", ["TRAINEE1", " trainee1 "])
def test_another_spelling_is_the_same_login(victim, login):
    spam(login)
    assert not enters(victim)


def test_forged_addresses_change_nothing(victim):
    for number in range(TRIES):
        attempt(victim.username, headers={"x-forwarded-for": f"203.0.113.{number}"})
    assert not enters(victim)


def test_forged_addresses_do_not_escape_the_limit_of_an_address(victim, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/300s/key,8/m/ip"}
    for number in range(8):
        attempt(f"guess{number}", headers={"x-forwarded-for": f"203.0.113.{number}"})
    assert not enters(victim)


def test_behind_a_proxy_each_client_has_a_count_of_its_own(victim, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/300s/key,8/m/ip"}
    for number in range(8):
        attempt(f"guess{number}", headers={"x-forwarded-for": f"198.51.100.{number}, 203.0.113.7"})
    assert attempt(victim.username, PASSWORD, headers={"x-forwarded-for": "203.0.113.7"}).status_code == 200
    assert attempt(victim.username, PASSWORD, headers={"x-forwarded-for": "203.0.113.8"}).status_code == 302


def test_an_attack_leaves_the_open_session_and_its_proofs_alone(victim):
    inside = Client()
    assert enters(victim, inside)
    spam(victim.username, 2 * TRIES)
    assert not enters(victim)
    assert inside.get("/my/").status_code == 200
    proof = inside.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/my/"})
    assert proof["Location"] == "/my/"


def test_proving_again_is_limited_too(victim):
    inside = Client()
    assert enters(victim, inside)
    statuses = [inside.post("/accounts/reauthenticate/", {"password": "wrong"}).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    page = inside.get("/accounts/reauthenticate/")
    assert page.status_code == 200


def test_phone_numbers_are_counted_each_by_itself(make_person, at):
    one, other = make_person().user, make_person().user
    for user, phone in ((one, "+8613800000001"), (other, "+8613800000002")):
        user.phone, user.phone_digest, user.phone_verified_at = phone, blind_index(phone), at("08:00")
        user.set_password(PASSWORD)
        user.save()
    spam("+8613800000001")
    assert not enters(one, login="+8613800000001")
    assert enters(other)


def test_a_lockout_is_recorded_once(victim):
    spam(victim.username, TRIES + 4)
    entry = lockouts().get()
    assert (entry.object_id, entry.label, entry.address) == (str(victim.pk), victim.username, "127.0.0.1")


def test_what_was_typed_for_an_unknown_login_is_not_kept(db):
    spam("13800000009", TRIES + 2)
    entry = lockouts().get()
    assert (entry.object_id, "13800000009" in entry.label) == ("", False)


def test_a_locked_address_is_recorded_once_and_blames_no_login(victim, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/300s/key,3/m/ip"}
    for number in range(8):
        attempt(f"guess{number}")
    attempt(victim.username)
    assert lockouts().get().object_id == ""


def test_known_and_unknown_logins_are_refused_alike(victim):
    known, unknown = attempt(victim.username), attempt("nobody-here")
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_too_many_requests_have_a_page_in_our_frame(victim, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    attempt(victim.username)
    reply = attempt(victim.username)
    assert reply.status_code == 429
    assert 'class="site-header"' in reply.content.decode()
