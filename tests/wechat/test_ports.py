"""The port to WeChat: one suite that the HTTP client and the fake both pass, then what HTTP alone can show."""

import json
import logging
from datetime import timedelta

import pytest

from wechat.ports import HttpWechatApi, WechatRefused, WechatUnavailable

from .fake_service import FakeWechatApi


@pytest.fixture(params=["http", "fake"])
def port(request, wechat):
    """Both implementations in front of the same service."""
    if request.param == "http":
        request.getfixturevalue("wechat_server")
        return HttpWechatApi()
    return FakeWechatApi(wechat)


def test_a_message_reaches_the_follower(port, wechat):
    wechat.wrote("o")
    port.send_text(openid="o", text="先断电，再救人。\n“]]>”")
    assert wechat.sent == [("o", "先断电，再救人。\n“]]>”")]


def test_the_window_closes_after_48_hours(port, wechat):
    wechat.wrote("o")
    wechat.now += timedelta(hours=48, seconds=1)
    with pytest.raises(WechatRefused) as refused:
        port.send_text(openid="o", text="a")
    assert refused.value.code == 45015


def test_the_sixth_message_is_refused(port, wechat):
    wechat.wrote("o")
    for _ in range(5):
        port.send_text(openid="o", text="a")
    with pytest.raises(WechatRefused) as refused:
        port.send_text(openid="o", text="a")
    assert refused.value.code == 45047


def test_after_a_menu_click_three_messages_may_be_sent(port, wechat):
    wechat.wrote("o", by_event=True)
    for _ in range(3):
        port.send_text(openid="o", text="a")
    with pytest.raises(WechatRefused):
        port.send_text(openid="o", text="a")


def test_someone_unknown_or_gone_is_refused(port, wechat):
    with pytest.raises(WechatRefused) as unknown:
        port.send_text(openid="o", text="a")
    wechat.wrote("o")
    wechat.followers["o"].follows = False
    with pytest.raises(WechatRefused) as gone:
        port.send_text(openid="o", text="a")
    assert (unknown.value.code, gone.value.code) == (40003, 43004)


@pytest.mark.parametrize("code", [-1, 45009, 45011])
def test_a_busy_service_is_unavailable(port, wechat, code):
    wechat.wrote("o")
    wechat.errors = [code]
    with pytest.raises(WechatUnavailable):
        port.send_text(openid="o", text="a")


def test_a_failing_gateway_is_unavailable(port, wechat):
    wechat.wrote("o")
    wechat.status = 502
    with pytest.raises(WechatUnavailable):
        port.send_text(openid="o", text="a")


def test_an_expired_token_does_not_lose_the_message(port, wechat):
    wechat.wrote("o")
    port.send_text(openid="o", text="a")
    wechat.now += timedelta(hours=2, seconds=1)
    port.send_text(openid="o", text="b")
    assert wechat.sent == [("o", "a"), ("o", "b")]


def test_the_token_is_fetched_once_for_many_messages(wechat_server):
    wechat_server.wrote("o")
    for _ in range(3):
        HttpWechatApi().send_text(openid="o", text="a")
    assert wechat_server.token_calls == 1


def test_a_revoked_token_is_fetched_again_once(wechat_server):
    wechat_server.wrote("o")
    HttpWechatApi().send_text(openid="o", text="a")
    wechat_server.revoke()
    HttpWechatApi().send_text(openid="o", text="b")
    assert (wechat_server.token_calls, len(wechat_server.forced)) == (2, 0)


def test_a_token_that_wechat_gives_and_refuses_is_forced_anew_once_in_30_seconds(wechat_server):
    wechat_server.wrote("o")
    HttpWechatApi().send_text(openid="o", text="a")
    wechat_server.errors = [40001]
    HttpWechatApi().send_text(openid="o", text="b")
    assert len(wechat_server.forced) == 1
    wechat_server.errors = [42001, 42001]
    with pytest.raises(WechatUnavailable):
        HttpWechatApi().send_text(openid="o", text="c")
    assert len(wechat_server.forced) == 1


@pytest.mark.parametrize("wrong", [{"WECHAT_APP_SECRET": "guess"}, {"WECHAT_APP_ID": "wx-none"}, {"WECHAT_APP_ID": ""}])
def test_wrong_credentials_are_unavailable_not_refused(wechat_server, settings, wrong):
    for name, value in wrong.items():
        setattr(settings, name, value)
    with pytest.raises(WechatUnavailable):
        HttpWechatApi().send_text(openid="o", text="a")


def test_a_service_that_cannot_be_reached_is_unavailable(settings):
    settings.WECHAT_API_URL = "http://127.0.0.1:9"
    with pytest.raises(WechatUnavailable):
        HttpWechatApi().send_text(openid="o", text="a")


def test_text_leaves_as_utf8_without_escapes(wechat_server):
    wechat_server.wrote("o")
    HttpWechatApi().send_text(openid="o", text="火")
    raw = wechat_server.raw[-1]
    assert json.loads(raw) == {"touser": "o", "msgtype": "text", "text": {"content": "火"}}
    assert "火".encode() in raw


def test_no_secret_and_no_token_is_logged(wechat_server, caplog):
    wechat_server.wrote("o")
    with caplog.at_level(logging.INFO):
        HttpWechatApi().send_text(openid="o", text="a")
        wechat_server.status = 500
        with pytest.raises(WechatUnavailable) as unavailable:
            HttpWechatApi().send_text(openid="o", text="a")
    said = caplog.text + str(unavailable.value)
    assert [secret in said for secret in ("secret for tests", wechat_server.token)] == [False, False]
