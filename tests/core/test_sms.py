"""What every gateway for text messages keeps to: HTTP before a platform that misbehaves, the fake, the console."""

import hashlib
import hmac
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.cache import cache

from core import sms

PHONE, OTHER, BARRED = "+8613800138000", "+8613900139000", "+8613700137000"


@dataclass
class Platform:
    """The city's message platform: keeps what it is sent, once a key; ``moods`` are how it treats the next requests."""

    url: str = ""
    moods: list[str] = field(default_factory=list)
    requests: list[tuple[dict, bytes]] = field(default_factory=list)
    delivered: dict[str, str] = field(default_factory=dict)

    def answer(self, headers, body: bytes) -> tuple[int, bytes]:
        self.requests.append((headers, body))
        message = json.loads(body)
        mood = self.moods.pop(0) if self.moods else "well"
        if message["phone"] == BARRED:
            return 403, b'{"error": "barred"}'
        if mood == "slow":
            time.sleep(1)
        if mood.isdigit():
            return int(mood), b"<html>"
        reference = self.delivered.setdefault(message["key"], f"p-{len(self.delivered) + 1}")
        garbage = {"garbage": b"\xff\xfe<html>", "list": b"[]", "null": b"null", "bare": b"{}", "empty": b""}
        return 200, garbage.get(mood, json.dumps({"reference": reference}).encode())


@pytest.fixture
def platform():
    platform = Platform()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, reply = platform.answer(dict(self.headers), body)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    platform.url = f"http://127.0.0.1:{server.server_port}/send"
    yield platform
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["http", "fake"])
def trouble(request, platform, settings, monkeypatch):
    """A gateway, and a function that makes its next message fail."""
    cache.clear()
    if request.param == "fake":
        fake = sms.FakeGateway(refused=frozenset({BARRED}))
        return fake, lambda: setattr(fake, "failures", 1)
    settings.SMS_URL, settings.SMS_SECRET = platform.url, "a secret of thirty-two characters"
    monkeypatch.setattr(sms, "TIMEOUT_S", 0.3)
    return sms.HttpGateway(), lambda: platform.moods.append("503")


@pytest.fixture
def gateway(trouble):
    return trouble[0]


def test_a_message_gets_a_reference(gateway):
    reference = gateway.send(phone=PHONE, text="你好", key="a")
    assert reference
    assert gateway.send(phone=OTHER, text="你好", key="b") != reference


def test_a_number_the_carrier_bars_is_refused_for_good(gateway):
    with pytest.raises(sms.Refused):
        gateway.send(phone=BARRED, text="x", key="a")


def test_a_carrier_that_is_down_takes_the_same_message_later(trouble):
    gateway, fail = trouble
    fail()
    with pytest.raises(sms.Unavailable):
        gateway.send(phone=PHONE, text="x", key="a")
    assert gateway.send(phone=PHONE, text="x", key="a")  # in the same minute: what did not go out does not count


def test_a_number_gets_one_message_a_minute(gateway):
    gateway.send(phone=PHONE, text="x", key="a")
    with pytest.raises(sms.Refused):
        gateway.send(phone=PHONE, text="y", key="b")
    gateway.send(phone=OTHER, text="z", key="c")


def test_a_number_gets_ten_messages_a_day(gateway, monkeypatch):
    monkeypatch.setattr(sms, "PER_MINUTE", 100)
    for count in range(sms.PER_DAY):
        gateway.send(phone=PHONE, text="x", key=f"{count}")
    with pytest.raises(sms.Refused):
        gateway.send(phone=PHONE, text="x", key="one more")


@pytest.fixture
def over_http(platform, settings, monkeypatch):
    cache.clear()
    settings.SMS_URL, settings.SMS_SECRET = platform.url, "a secret of thirty-two characters"
    monkeypatch.setattr(sms, "TIMEOUT_S", 0.3)
    return sms.HttpGateway()


@pytest.mark.parametrize("status", ["400", "403", "404", "410", "422"])
def test_what_the_platform_will_never_send_is_refused(over_http, platform, status):
    platform.moods = [status]
    with pytest.raises(sms.Refused):
        over_http.send(phone=PHONE, text="x", key="a")


@pytest.mark.parametrize(
    "mood",
    ["slow", "500", "502", "503", "401", "429", "302", "204", "garbage", "list", "null", "bare", "empty"],
)
def test_a_platform_that_misbehaves_is_unavailable_not_a_crash(over_http, platform, mood):
    platform.moods = [mood]
    with pytest.raises(sms.Unavailable):
        over_http.send(phone=PHONE, text="x", key="a")
    assert over_http.send(phone=PHONE, text="x", key="a")


def test_a_lost_reply_sends_one_message(over_http, platform):
    platform.moods = ["garbage"]  # delivered, but the answer cannot be read
    with pytest.raises(sms.Unavailable):
        over_http.send(phone=PHONE, text="x", key="a")
    over_http.send(phone=PHONE, text="x", key="a")
    assert platform.delivered == {"a": "p-1"}


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "", "not an address", "http://[::1"])
def test_a_platform_that_is_not_there_is_unavailable(over_http, settings, url):
    settings.SMS_URL = url
    with pytest.raises(sms.Unavailable):
        over_http.send(phone=PHONE, text="x", key="a")


def test_the_platform_can_tell_that_it_is_us(over_http, platform, settings):
    over_http.send(phone=PHONE, text="验证码", key="a")
    headers, body = platform.requests[0]
    expected = hmac.new(settings.SMS_SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert headers["X-Signature"] == expected
    message = json.loads(body)
    assert (message["phone"], message["text"], message["key"]) == (PHONE, "验证码", "a")
    assert abs(message["sent"] - time.time()) < 5


def test_the_console_prints_and_limits(capsys):
    cache.clear()
    sms.ConsoleGateway().send(phone=PHONE, text="123456", key="a")
    assert capsys.readouterr().out == f"SMS to {PHONE}: 123456\n"
    with pytest.raises(sms.Refused):
        sms.ConsoleGateway().send(phone=PHONE, text="123456", key="b")


def test_the_setting_names_the_gateway(settings):
    settings.SMS_GATEWAY = "core.sms.ConsoleGateway"
    assert isinstance(sms.gateway(), sms.ConsoleGateway)
