"""Logging in by password or code, a new password by code, another phone number, and the pages that are not there."""

import pytest
from django.urls import reverse

from accounts.models import User

from .conftest import GOOD, PHONE, WRONG

LOGIN, CODE, CONFIRM = "/accounts/login/", "/accounts/login/code/", "/accounts/login/code/confirm/"
RESET, RESET_CODE = "/accounts/password/reset/", "/accounts/password/reset/confirm/"
RESET_DONE, CHANGE, VERIFY = "/accounts/password/reset/complete/", "/accounts/phone/change/", "/accounts/phone/verify/"
NEW = "another-long-one-12"


def logged_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["known", "KNOWN", PHONE, "138 0013 8000", "１３８００１３８０００"])
def test_user_name_or_phone_and_password_let_in(client, make_user, login):
    make_user()
    assert client.post(LOGIN, {"login": login, "password": GOOD}).headers["Location"] == "/my/"


def test_a_number_written_differently_is_the_same_counter(client, make_user):
    make_user()
    for login in ("13800138000", "138 0013 8000", "+86 13800138000", "008613800138000", "138-0013-8000"):
        client.post(LOGIN, {"login": login, "password": WRONG})
    reply = client.post(LOGIN, {"login": "1380013 8000", "password": GOOD}, headers={"accept-language": "en"})
    assert "Too many wrong passwords." in reply.text
    assert not logged_in(client)


def test_a_code_lets_in_once(client, carrier, make_user):
    user = make_user()
    assert client.post(CODE, {"phone": "138 0013 8000"}).headers["Location"] == CONFIRM
    code = carrier.last_code()
    assert client.post(CONFIRM, {"code": code}).headers["Location"] == "/my/"
    assert int(client.session["_auth_user_id"]) == user.pk
    client.post("/accounts/logout/")
    assert client.post(CONFIRM, {"code": code}).headers["Location"] == CODE
    assert not logged_in(client)


def test_the_code_of_a_login_is_no_good_elsewhere(client, carrier, make_user):
    make_user()
    client.post(CODE, {"phone": PHONE})
    code = carrier.last_code()
    client.post(RESET, {"phone": PHONE})
    if code != carrier.last_code():
        assert client.post(RESET_CODE, {"code": code}).status_code == 200


def test_a_closed_account_is_told_so_only_with_the_right_password(client, make_user):
    make_user(is_active=False)
    assert client.post(LOGIN, {"login": "known", "password": WRONG}).status_code == 200
    reply = client.post(LOGIN, {"login": "known", "password": GOOD})
    assert reply.headers["Location"] == "/accounts/inactive/"
    assert client.get("/accounts/inactive/").status_code == 200


def test_a_new_password_is_set_with_a_code(client, carrier, make_user):
    user = make_user()
    assert client.post(RESET, {"phone": "138 0013 8000"}).headers["Location"] == RESET_CODE
    assert client.get(RESET_DONE).headers["Location"] == RESET_CODE  # no step is skipped
    assert client.post(RESET_CODE, {"code": carrier.last_code()}).headers["Location"] == RESET_DONE
    assert client.get(RESET_DONE).status_code == 200
    reply = client.post(RESET_DONE, {"password1": NEW, "password2": NEW})
    assert reply.headers["Location"] == "/accounts/password/reset/done/"
    assert client.get("/accounts/password/reset/done/").status_code == 200
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert client.post(RESET_DONE, {"password1": GOOD, "password2": GOOD}).headers["Location"] == RESET


def test_a_new_password_ends_the_other_sessions(client, carrier, make_user):
    from django.test import Client

    user, elsewhere = make_user(), Client()
    elsewhere.force_login(user)
    assert elsewhere.get("/my/").status_code == 200
    client.post(RESET, {"phone": PHONE})
    client.post(RESET_CODE, {"code": carrier.last_code()})
    client.post(RESET_DONE, {"password1": NEW, "password2": NEW})
    assert elsewhere.get("/my/").status_code == 302


def test_a_weak_new_password_is_refused(client, carrier, make_user):
    user = make_user()
    client.post(RESET, {"phone": PHONE})
    client.post(RESET_CODE, {"code": carrier.last_code()})
    assert client.post(RESET_DONE, {"password1": "password", "password2": "password"}).status_code == 200
    user.refresh_from_db()
    assert user.check_password(GOOD)


@pytest.mark.parametrize(("address", "fields"), [(CODE, {"phone": PHONE}), (RESET, {"phone": PHONE})])
def test_a_carrier_that_is_down_is_said_on_the_form(client, carrier, make_user, address, fields):
    make_user()
    carrier.failures = 1
    reply = client.post(address, fields, headers={"accept-language": "en"})
    assert (reply.status_code, "Messages cannot be sent at the moment." in reply.text) == (200, True)
    assert f'value="{PHONE}"' in reply.text


def test_a_carrier_that_is_down_at_a_resend_is_said(client, carrier, make_user):
    make_user()
    client.post(CODE, {"phone": PHONE})
    carrier.failures = 1
    reply = client.post(CONFIRM, {"action": "resend"}, follow=True, headers={"accept-language": "en"})
    assert "Messages cannot be sent at the moment." in reply.text


def test_codes_are_asked_for_three_times_a_minute_at_most(client, carrier, make_user):
    make_user()
    for _ in range(4):
        client.post(CODE, {"phone": PHONE})
        client.post("/accounts/logout/")
    assert len(carrier.sent) == 3


def changing(client, carrier, phone):
    client.post("/accounts/reauthenticate/", {"password": GOOD})
    client.post(CHANGE, {"phone": phone})
    return carrier.last_code()


def test_the_phone_changes_only_after_the_password_and_the_code(client, carrier, make_user):
    user = make_user()
    client.force_login(user)
    assert client.get(CHANGE).headers["Location"].startswith("/accounts/reauthenticate/")
    assert client.post(CHANGE, {"phone": "13900139000"}).headers["Location"].startswith("/accounts/reauthenticate/")
    assert carrier.sent == []
    assert client.post("/accounts/reauthenticate/", {"password": WRONG}).status_code == 200
    code = changing(client, carrier, "139 0013 9000")
    assert User.objects.get().phone == PHONE  # not before the code
    client.post(VERIFY, {"code": code})
    assert User.objects.get().phone == "+8613900139000"


def test_somebody_else_s_number_cannot_be_taken(client, carrier, make_user):
    make_user(username="owner", phone="+8613900139000")
    user = make_user()
    client.force_login(user)
    code = changing(client, carrier, "13900139000")
    reply = client.post(VERIFY, {"code": code}, headers={"accept-language": "en"})
    assert "belongs to another account" in reply.text
    user.refresh_from_db()
    assert user.phone == PHONE


def test_who_registered_by_name_adds_a_number(client, carrier, make_user):
    user = make_user(phone="")
    client.force_login(user)
    client.post(VERIFY, {"code": changing(client, carrier, PHONE)})
    user.refresh_from_db()
    assert (user.phone, user.phone_digest is not None) == (PHONE, True)


@pytest.mark.parametrize(
    "path", ["email/", "confirm-email/", "confirm-email/abc/", "password/reset/key/1-abc/", "signup/passkey/", ""]
)
def test_what_we_do_not_use_is_not_there(client, make_user, path):
    client.force_login(make_user())
    assert client.get(f"/accounts/{path}").status_code == 404


def test_every_page_of_a_visitor_opens_in_our_look(client, notices, carrier, make_user):
    make_user()
    for name in ("account_login", "account_signup", "account_request_login_code", "account_reset_password"):
        page = client.get(reverse(name)).text
        assert 'class="site-header"' in page, name
        assert " style=" not in page, name
        assert 'name="robots" content="noindex"' in page, name


@pytest.mark.parametrize("name", ["my_account", "account_change_password", "account_logout", "account_reauthenticate"])
def test_every_page_of_a_user_opens_in_our_look(client, make_user, name):
    client.force_login(make_user())
    page = client.get(reverse(name))
    assert (page.status_code, 'class="site-header"' in page.text) == (200, True)


def test_the_account_page_shows_the_number_masked(client, make_user):
    client.force_login(make_user())
    page = client.get("/accounts/me/").text
    assert "138****8000" in page
    assert "13800138000" not in page
