"""Users are told what happened to their account."""

import pytest
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import RequestFactory
from django.utils.translation import gettext as _

from accounts.actions import consents, erasure
from accounts.adapter import AccountAdapter
from accounts.enums import Purpose
from accounts.notices import KINDS
from core.encryption import blind_index
from core.telling import Channel
from notifications.models import Delivery, Notice

PASSWORD = "correct horse 9"
TELEPHONE, DESKTOP = "MicroMessenger/8.0 (iPhone)", "Firefox/140 (Windows)"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def user(person, at):
    person.user.phone = "+8613800000002"
    person.user.phone_digest = blind_index(person.user.phone)
    person.user.phone_verified_at = at("07:00")
    person.user.set_password(PASSWORD)
    person.user.save()
    return person.user


def log_in(client, user, agent: str):
    reply = client.post(
        "/accounts/login/", {"login": user.username, "password": PASSWORD}, headers={"user-agent": agent}
    )
    assert reply.status_code == 302
    client.get("/my/", headers={"user-agent": agent})


def test_a_changed_password_is_told_at_once_by_every_safe_way(client, home, user):
    log_in(client, user, DESKTOP)
    posted = {"oldpassword": PASSWORD, "password1": "another horse 9", "password2": "another horse 9"}
    assert client.post("/accounts/password/change/", posted).status_code == 302
    notice = Notice.objects.get(user=user)
    assert (notice.kind, notice.link) == ("password_changed", "/accounts/password/change/")
    assert user.username in notice.body
    assert set(Delivery.objects.values_list("channel", flat=True)) == {"email", "sms"}


def test_a_refused_password_is_told_to_nobody(client, home, user):
    log_in(client, user, DESKTOP)
    client.post("/accounts/password/change/", {"oldpassword": "wrong", "password1": "x", "password2": "y"})
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(
    ("signal", "kind", "words"),
    [
        ("authenticator_added", "totp", "a second factor was added"),
        ("authenticator_added", "webauthn", "a second factor was added"),
        ("authenticator_removed", "totp", "a second factor was removed"),
        ("authenticator_reset", "recovery_codes", "the recovery codes were made anew"),
    ],
)
def test_a_changed_second_factor_is_told(user, at, signal, kind, words):
    request = RequestFactory().get("/")
    request.now, request.session = at("10:00"), {}
    getattr(signals, signal).send(
        sender=Authenticator, request=request, user=user, authenticator=Authenticator(user=user, type=kind)
    )
    notice = Notice.objects.get()
    assert (notice.user, notice.kind, notice.created_at) == (user, "second_factor_changed", at("10:00"))
    assert "2026-11-23 18:00" in notice.body
    assert _(words) in notice.body


@pytest.mark.parametrize("signal", ["authenticator_added", "authenticator_removed"])
def test_recovery_codes_that_come_and_go_with_a_factor_are_part_of_its_change(user, signal):
    codes = Authenticator(user=user, type="recovery_codes")
    getattr(signals, signal).send(
        sender=Authenticator, request=RequestFactory().get("/"), user=user, authenticator=codes
    )
    assert Notice.objects.count() == 0


def test_a_login_elsewhere_is_told_while_the_account_is_in_use(client, home, user):
    log_in(client, user, TELEPHONE)
    client.cookies.clear()
    log_in(client, user, DESKTOP)
    notice = Notice.objects.get()
    assert (notice.kind, notice.link) == ("new_device", "/accounts/sessions/")
    assert f"{DESKTOP}, 127.0.0.1" in notice.body


@pytest.mark.parametrize("agents", [[DESKTOP], [DESKTOP, DESKTOP]])
def test_a_login_with_the_only_or_a_known_browser_is_no_news(client, home, user, agents):
    for agent in agents:
        client.cookies.clear()
        log_in(client, user, agent)
    assert UserSession.objects.filter(user=user).count() == len(agents)
    assert Notice.objects.count() == 0


def test_what_concerns_safety_is_urgent_and_cannot_be_switched_off():
    safe = {kind.name for kind in KINDS if kind.urgent and not kind.may_switch_off}
    assert safe == {"password_changed", "second_factor_changed", "phone_changed"}
    assert all(Channel.SMS in kind.channels for kind in KINDS if kind.name in safe)


def test_a_changed_number_is_told_in_the_inbox_and_to_the_number_before(user, carrier):
    AccountAdapter().set_phone_verified(user, "+8613911112222")
    notice = Notice.objects.get(kind="phone_changed")
    assert "139****2222" in notice.body
    assert [message["phone"] for message in carrier.sent] == ["+8613800000002"]


def test_a_first_number_or_the_same_again_tells_nothing(make_person, carrier):
    user = make_person().user
    AccountAdapter().set_phone_verified(user, "+8613911112222")
    AccountAdapter().set_phone_verified(user, "+8613911112222")
    assert (Notice.objects.count(), carrier.sent) == (0, [])


def test_a_carrier_that_is_down_does_not_stop_the_change(user, carrier):
    carrier.failures = 1
    AccountAdapter().set_phone_verified(user, "+8613911112222")
    user.refresh_from_db()
    assert user.phone == "+8613911112222"


def test_a_withdrawn_consent_is_told(user, notices, at):
    consents.give(user=user, notice=notices[Purpose.PHOTO], address="", by=user, now=at("08:00"))
    consents.withdraw(user=user, purpose=Purpose.PHOTO, by=user, now=at("09:00"))
    assert Notice.objects.get().kind == "consent_withdrawn"


def test_a_refused_erasure_is_told_with_its_reason(user, make_person, at):
    request = erasure.ask(user=user, reason="", now=at("08:00"))
    erasure.refuse(request_id=request.pk, note="还有一场考试没有考完", by=make_person().user, now=at("09:00"))
    notice = Notice.objects.get(kind="erasure_decided")
    assert "还有一场考试没有考完" in notice.body


def test_an_erasure_carried_out_is_told_to_the_number_that_is_then_forgotten(
    user, make_person, carrier, at, django_capture_on_commit_callbacks
):
    request = erasure.ask(user=user, reason="", now=at("08:00"))
    with django_capture_on_commit_callbacks(execute=True):
        erasure.carry_out(request_id=request.pk, note="", by=make_person().user, now=at("09:00"))
    assert [message["phone"] for message in carrier.sent] == ["+8613800000002"]
    assert not Notice.objects.filter(user=user).exists()
