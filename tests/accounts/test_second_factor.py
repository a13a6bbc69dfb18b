"""Two factors for staff: set up, used, kept; and the proof asked for again before sensitive acts."""

import re
import time
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.actions import factors
from accounts.decorators import reauthenticated
from accounts.enums import Role
from accounts.models import User
from core.enums import Deed
from core.models import AuditEntry
from tests.accounts.keys import SoftKey

PASSWORD = "vollmond-ueber-tsingtau"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN, INDEX = "/accounts/login/", "/accounts/2fa/"


@pytest.fixture(autouse=True)
def required(settings):
    """Two factors are required; limits and used codes start anew (users of several tests share their numbers)."""
    settings.STAFF_SECOND_FACTOR = True
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid4().hex}}


@pytest.fixture
def examiner(staff):
    user = staff(Role.EXAMINER)
    user.set_password(PASSWORD)
    user.save()
    return user


def code(secret: str = SECRET, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def enter(user, client=None) -> Client:
    """Log in with the password; a second factor may still be asked for."""
    client = client or Client()
    assert client.post(LOGIN, {"login": user.username, "password": PASSWORD}).status_code == 302
    return client


def prove(client) -> None:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


@pytest.fixture
def with_app(db):
    """Return a function that gives a user the authenticator app."""
    from allauth.core import context

    def give(user):
        with context.request_context(None):
            return TOTP.activate(user, SECRET).instance

    return give


def test_staff_without_a_factor_are_sent_to_set_one_up(examiner):
    client = enter(examiner)
    assert client.get("/admin/practicals/")["Location"] == f"{INDEX}?next=%2Fadmin%2Fpracticals%2F"
    page = client.get(INDEX).content.decode()
    assert reverse("mfa_activate_totp") in page


def test_a_superuser_without_a_factor_is_sent_to_set_one_up(db):
    root = User.objects.create_superuser(username="root", password=PASSWORD)
    assert enter(root).get("/admin/")["Location"].startswith(INDEX)


def test_ordinary_pages_ask_staff_for_nothing(examiner, home):
    client = enter(examiner)
    assert [client.get(path).status_code for path in ("/my/", "/exams/", "/kb/")] == [200, 200, 200]


def test_people_who_are_no_staff_are_asked_for_nothing(person):
    person.user.set_password(PASSWORD)
    person.user.save()
    client = enter(person.user)
    assert client.get("/my/").status_code == 200
    assert not client.get("/admin/")["Location"].startswith(INDEX)


def test_without_the_setting_staff_work_with_a_password_and_are_warned(examiner, settings, client):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(User.objects.create_superuser(username="root"))
    assert "STAFF_SECOND_FACTOR" in client.get("/admin/").content.decode()
    settings.STAFF_SECOND_FACTOR = True
    assert client.get("/admin/").status_code == 302


def test_setting_up_the_app_opens_the_administration_and_gives_recovery_codes(examiner, monkeypatch):
    client = enter(examiner)
    prove(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'id="secret" type="text" value="(\w+)"', page).group(1)
    assert 'src="data:image/svg+xml;base64,' in page
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert secret in wrong
    monkeypatch.setattr("django.db.transaction.on_commit", lambda then: then())  # as in life: before the reply
    reply = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert reply["Location"] == reverse("mfa_view_recovery_codes")
    assert client.get("/admin/practicals/").status_code == 200
    codes = re.findall(r"<code>(\d+)</code>", client.get(reverse("mfa_view_recovery_codes")).content.decode())
    assert len(codes) == 10
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert kept.startswith("1:")


def test_setting_up_asks_for_the_password_first(examiner):
    reply = enter(examiner).get(reverse("mfa_activate_totp"))
    assert reply["Location"].startswith("/accounts/reauthenticate/?next=")


def test_log_in_with_the_app(examiner, with_app):
    with_app(examiner)
    client = enter(examiner)
    assert client.get("/my/").status_code == 302, "the password alone is not enough"
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.get("/my/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert client.get("/admin/practicals/").status_code == 200


def test_a_code_works_once(examiner, with_app):
    with_app(examiner)
    used = code()
    enter(examiner).post("/accounts/2fa/authenticate/", {"code": used})
    again = enter(examiner)
    assert again.post("/accounts/2fa/authenticate/", {"code": used}).status_code == 200
    assert again.get("/my/").status_code == 302


def test_a_session_that_did_not_use_the_factor_must_use_it(examiner, with_app):
    client = enter(examiner)
    with_app(examiner)
    assert client.get("/admin/practicals/")["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2Fpracticals%2F"
    reply = client.post("/accounts/2fa/reauthenticate/", {"code": code(), "next": "/admin/practicals/"})
    assert reply["Location"] == "/admin/practicals/"
    assert client.get("/admin/practicals/").status_code == 200


def test_staff_cannot_remove_the_last_factor(examiner, with_app):
    with_app(examiner)
    client = enter(examiner)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    prove(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=examiner, type="totp").exists()


def test_others_may_remove_theirs(person, with_app):
    person.user.set_password(PASSWORD)
    person.user.save()
    with_app(person.user)
    client = enter(person.user)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    prove(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=person.user).exists()


def add_key(client, key: SoftKey, name: str = "钥匙") -> None:
    page = client.get(reverse("mfa_add_webauthn"))
    made = key.create(page.context["js_data"]["creation_options"])
    reply = client.post(reverse("mfa_add_webauthn"), {"name": name, "credential": made})
    assert reply.status_code == 302, reply.context["form"].errors


def test_a_security_key_is_set_up_and_used(examiner):
    client, key = enter(examiner), SoftKey()
    prove(client)
    add_key(client, key)
    assert client.get("/admin/practicals/").status_code == 200
    fresh = enter(examiner)
    options = fresh.get("/accounts/2fa/authenticate/").context["js_data"]["request_options"]
    fresh.post("/accounts/2fa/authenticate/", {"credential": key.get(options)})
    assert fresh.get("/admin/practicals/").status_code == 200


def test_staff_keep_the_last_key_but_may_remove_one_of_two(examiner):
    client = enter(examiner)
    prove(client)
    add_key(client, SoftKey(), "一")
    add_key(client, SoftKey(), "二")
    first, second = Authenticator.objects.filter(type="webauthn").order_by("pk")
    client.post(reverse("mfa_remove_webauthn", args=[first.pk]))
    client.post(reverse("mfa_remove_webauthn", args=[second.pk]))
    assert list(Authenticator.objects.filter(type="webauthn")) == [second]


def test_somebody_elses_key_is_not_found(examiner, staff):
    client = enter(examiner)
    prove(client)
    add_key(client, SoftKey())
    other = staff(Role.EDITOR)
    other.set_password(PASSWORD)
    other.save()
    stranger = enter(other)
    prove(stranger)
    theirs = Authenticator.objects.get(type="webauthn")
    addresses = [reverse(name, args=[theirs.pk]) for name in ("mfa_remove_webauthn", "mfa_edit_webauthn")]
    assert [stranger.post(address, {"name": "x"}).status_code for address in addresses] == [404, 404]


def test_the_scripts_of_the_key_run_under_our_policy(examiner):
    client = enter(examiner)
    prove(client)
    reply = client.get(reverse("mfa_add_webauthn"))
    page = reply.content.decode()
    assert "'unsafe-inline'" not in reply["Content-Security-Policy"]
    for tag in re.findall(r"<script[^>]*>", page):
        assert " src=" in tag or 'type="application/json"' in tag, tag
    assert not re.search(r'\s(on\w+|style)="', page.split("<main")[1].split("</main>")[0])


PAGES = ["mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "usersessions_list"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_in_our_frame(examiner, name):
    client = enter(examiner)
    prove(client)
    page = client.get(reverse(name)).content.decode()
    assert 'class="site-header"' in page
    assert "Two-Factor" not in page


def test_a_lost_factor_is_reset_with_a_reason_and_ends_the_sessions(examiner, with_app):
    with_app(examiner)
    client = enter(examiner)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    call_command("reset_factors", "examiner", reason="lost phone, seen in person")
    assert client.get("/my/").status_code == 302
    entry = AuditEntry.objects.get(deed=Deed.WITHDRAWN, before__has_key="factors")
    assert (entry.before, entry.reason) == ({"factors": ["totp"]}, "lost phone, seen in person")
    with pytest.raises(CommandError):
        call_command("reset_factors", "nobody", reason="x")


def test_secrets_move_to_a_new_key(examiner, with_app, settings):
    with_app(examiner)
    old = settings.FIELD_ENCRYPTION_KEYS
    settings.FIELD_ENCRYPTION_KEYS = ["2:HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", *old]
    assert factors.reseal() == 1
    settings.FIELD_ENCRYPTION_KEYS = settings.FIELD_ENCRYPTION_KEYS[:1]
    client = enter(examiner)
    client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert client.get("/my/").status_code == 200


@pytest.fixture
def sensitive(settings):
    """An address behind ``reauthenticated``."""
    settings.ROOT_URLCONF = "tests.accounts.sensitive_urls"
    return "/sensitive/"


def test_a_sensitive_act_asks_again_and_then_goes_on(examiner, sensitive, monkeypatch):
    client = enter(examiner)
    first = client.post(sensitive, {"what": "everything"})
    assert first["Location"] == "/accounts/reauthenticate/?next=%2Fsensitive%2F"
    wrong = client.post("/accounts/reauthenticate/", {"password": "wrong", "next": sensitive})
    assert wrong.status_code == 200
    done = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": sensitive})
    assert done.content == b"POST everything"
    assert client.get(sensitive).content == b"GET "
    real = time.time
    monkeypatch.setattr("time.time", lambda: real() + 301)
    assert client.get(sensitive)["Location"].startswith("/accounts/reauthenticate/")


def test_a_sensitive_act_sends_a_visitor_to_the_login(sensitive, client, db):
    assert client.get(sensitive)["Location"].startswith(LOGIN)


def test_the_gate_keeps_the_views_name():
    @reauthenticated
    def export(request):
        return HttpResponse()

    assert export.__name__ == "export"
