"""What carries notices into WeChat: one suite for every implementation, then what only the fake's account shows."""

from datetime import timedelta

import pytest

from notifications import ports
from notifications.enums import Unsent

MESSAGE = {"title": "Hello", "text": "Somebody wrote.", "link": "https://yingji.example/my/"}
NOBODY = 4711


@pytest.fixture(params=["NotConnected", "FakeWechat"])
def port(request, at):
    return ports.NotConnected() if request.param == "NotConnected" else ports.FakeWechat(now=at("10:00"))


@pytest.fixture
def account(at):
    """A connected account that user 1 follows and has written to at 10:00."""
    account = ports.FakeWechat(now=at("10:00"))
    account.link(1)
    return account


def send(port, user_id: int = 1, key: str = "a") -> str:
    return port.send(user_id=user_id, key=key, **MESSAGE)


def test_a_user_who_cannot_be_reached_has_no_address_and_a_reason(port):
    for _again in range(2):
        with pytest.raises(ports.NoAddress) as missing:
            send(port, NOBODY)
        assert missing.value.reason in {Unsent.NOT_CONNECTED, Unsent.NO_WECHAT}


def test_the_settings_name_what_is_used(settings):
    assert isinstance(ports.wechat(), ports.NotConnected)


def test_a_message_reaches_the_follower(account):
    assert send(account) == "wechat-1"
    assert account.sent == [{"user_id": 1, "key": "a", "reference": "wechat-1", **MESSAGE}]


def test_the_same_key_is_sent_once(account):
    assert send(account) == send(account)
    assert len(account.sent) == 1


def test_the_window_closes_after_48_hours(account):
    account.now += timedelta(hours=48)
    send(account, key="a")
    account.now += timedelta(seconds=1)
    with pytest.raises(ports.Refused, match="45015"):
        send(account, key="b")


def test_the_sixth_message_is_refused_until_the_follower_writes_again(account):
    for key in "abcde":
        send(account, key=key)
    with pytest.raises(ports.Refused, match="45047"):
        send(account, key="f")
    account.link(1)
    assert send(account, key="f") == "wechat-6"


def test_an_expired_token_costs_one_try(account):
    send(account, key="a")
    account.now += ports.TOKEN_LIFE
    with pytest.raises(ports.Unavailable, match="42001"):
        send(account, key="b")
    assert send(account, key="b") == "wechat-2"


def test_when_wechat_is_down_nothing_is_sent(account):
    account.failures = 1
    with pytest.raises(ports.Unavailable):
        send(account)
    assert account.sent == []
