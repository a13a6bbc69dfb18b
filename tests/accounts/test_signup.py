"""Registering by phone and code, or by user name, with consent."""

import pytest
from django.urls import reverse

from accounts.actions import registration
from accounts.enums import Purpose
from accounts.models import Consent, PrivacyNotice, User
from core.models import AuditEntry

from .conftest import GOOD, PHONE

SIGNUP, VERIFY = "/accounts/signup/", "/accounts/phone/verify/"


def logged_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_by_phone_the_code_lets_in_and_verifies(client, carrier, signup_form):
    reply = client.post(SIGNUP, signup_form(phone="138 0013 8000"))
    assert reply.headers["Location"] == VERIFY
    assert not logged_in(client)
    assert carrier.sent[0]["phone"] == PHONE
    assert client.post(VERIFY, {"code": carrier.last_code()}).headers["Location"] == "/my/"
    user = User.objects.get()
    assert logged_in(client)
    assert (user.phone, user.phone_verified_at is not None) == (PHONE, True)
    assert user.username.startswith("u")


def test_by_user_name_there_is_no_code(client, carrier, signup_form):
    assert client.post(SIGNUP, signup_form(username="wang")).headers["Location"] == "/my/"
    user = User.objects.get()
    assert (user.username, user.phone, carrier.sent) == ("wang", "", [])


def test_the_consent_keeps_version_time_and_address(client, carrier, signup_form, notices):
    client.post(SIGNUP, signup_form(username="wang"), REMOTE_ADDR="10.1.2.3")
    consent = Consent.objects.get()
    assert (consent.notice, consent.address, consent.withdrawn_at) == (notices[Purpose.ACCOUNT], "10.1.2.3", None)


def test_the_page_says_how_long_a_password_must_be(client, notices, settings):
    least = next(rule["OPTIONS"]["least"] for rule in settings.AUTH_PASSWORD_VALIDATORS if "OPTIONS" in rule)
    page = client.get(SIGNUP, headers={"accept-language": "en"}).text
    assert f"At least {least} characters" in page


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"phone": PHONE, "agreed": ""}, "Without your consent we may not go on."),
        ({"phone": PHONE, "notice": "999"}, "The notice has changed meanwhile."),
        ({"phone": "1380013"}, "Enter a mobile number of mainland China"),
        ({}, "Give either a phone number or a user name."),
        ({"phone": PHONE, "username": "wang"}, "Give either a phone number or a user name."),
        ({"username": "13800138000"}, "This user name cannot be used."),
        ({"username": "wang", "password2": "another-one-12"}, "You must type the same password each time."),
        ({"username": "wang", "password1": "12345678", "password2": "12345678"}, "too common"),
    ],
)
def test_what_cannot_be_is_said_in_place(client, carrier, signup_form, fields, error):
    address = f"{SIGNUP}?by=username" if "username" in fields else SIGNUP
    reply = client.post(address, signup_form(**fields), headers={"accept-language": "en"})
    assert error in reply.text
    assert (User.objects.count(), carrier.sent) == (0, [])


def test_a_taken_user_name_is_refused(client, carrier, signup_form, make_user):
    make_user(username="wang", phone="")
    reply = client.post(f"{SIGNUP}?by=username", signup_form(username="WANG"), headers={"accept-language": "en"})
    assert "This user name is taken." in reply.text
    assert 'value="WANG"' in reply.text


def test_a_name_taken_between_look_and_save_is_refused(client, carrier, signup_form, make_user, monkeypatch):
    monkeypatch.setattr("accounts.adapter.AccountAdapter.clean_username", lambda self, name, shallow=False: name)
    make_user(username="wang", phone="")
    reply = client.post(f"{SIGNUP}?by=username", signup_form(username="wang"), headers={"accept-language": "en"})
    assert "This user name is taken." in reply.text
    assert User.objects.count() == 1


def test_a_foreign_number_registered_by_a_stranger_stays_free_for_its_owner(client, carrier, signup_form):
    client.post(SIGNUP, signup_form(phone=PHONE))  # and never confirmed
    client.post("/accounts/logout/")
    client.post(SIGNUP, signup_form(phone=PHONE))
    client.post(VERIFY, {"code": carrier.last_code()})
    assert logged_in(client)
    assert User.objects.exclude(phone_digest=None).get().pk == int(client.session["_auth_user_id"])


def test_a_stranger_s_password_never_opens_a_number_that_was_not_confirmed(client, carrier, signup_form):
    client.post(SIGNUP, signup_form(phone=PHONE))
    client.post("/accounts/logout/")
    reply = client.post("/accounts/login/", {"login": PHONE, "password": GOOD})
    assert reply.status_code == 200
    assert not logged_in(client)


def test_three_wrong_codes_end_it(client, carrier, signup_form):
    client.post(SIGNUP, signup_form(phone=PHONE))
    code = carrier.last_code()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert [client.post(VERIFY, {"code": wrong}).status_code for _ in range(3)] == [200, 200, 302]
    assert client.post(VERIFY, {"code": code}).headers["Location"] == "/accounts/login/"
    assert not logged_in(client)


def test_a_code_is_dead_after_ten_minutes(client, carrier, signup_form, monkeypatch):
    client.post(SIGNUP, signup_form(phone=PHONE))
    import time

    later = time.time() + 601
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: later)
    assert client.post(VERIFY, {"code": carrier.last_code()}).headers["Location"] == "/accounts/login/"


def test_a_new_code_replaces_the_old_and_may_be_asked_for_twice(client, carrier, signup_form):
    client.post(SIGNUP, signup_form(phone=PHONE))
    first = carrier.last_code()
    for _ in range(3):
        client.post(VERIFY, {"action": "resend"})
    assert len(carrier.sent) == 3
    if first != carrier.last_code():
        client.post(VERIFY, {"code": first})
        assert not logged_in(client)
    client.post(VERIFY, {"code": carrier.last_code()})
    assert logged_in(client)


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        ({"failures": 1}, "Messages cannot be sent at the moment."),
        ({"refused": frozenset({PHONE})}, "No message could be sent to this number."),
    ],
)
def test_a_carrier_that_fails_leaves_the_form_and_no_user(client, carrier, signup_form, trouble, error):
    for name, value in trouble.items():
        setattr(carrier, name, value)
    reply = client.post(SIGNUP, signup_form(phone="138 0013 8000"), headers={"accept-language": "en"})
    assert (reply.status_code, error in reply.text) == (200, True)
    assert 'value="138 0013 8000"' in reply.text
    assert (User.objects.count(), Consent.objects.count()) == (0, 0)


def test_without_a_notice_registration_is_closed(client, db):
    reply = client.get(SIGNUP, headers={"accept-language": "en"})
    assert "Registration is closed at the moment." in reply.text
    client.post(SIGNUP, {"username": "wang", "password1": GOOD, "password2": GOOD, "agreed": "on"})
    assert User.objects.count() == 0


def test_the_form_names_the_version_agreed_to(client, notices):
    page = client.get(SIGNUP).text
    assert notices[Purpose.ACCOUNT].title in page
    assert reverse("privacy_notice", args=[Purpose.ACCOUNT]) in page
    assert PrivacyNotice.objects.count() == 3


def test_unfinished_registrations_go_after_their_time(client, carrier, signup_form, make_user, at):
    client.post(SIGNUP, signup_form(phone=PHONE))
    finished, named = make_user(phone="+8613900139000"), make_user(username="named", phone="")
    User.objects.update(date_joined=at("00:00"))
    assert registration.purge_unfinished(at("00:00")) == 0
    assert registration.purge_unfinished(at("00:01")) == 1
    assert set(User.objects.all()) == {finished, named}
    assert AuditEntry.objects.filter(kind="accounts.user", deed="deleted").count() == 1
