"""A WeChat of our own, and a follower who writes through it."""

import itertools
import time
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.utils import timezone

from wechat.rules import messages, signature
from wechat.rules.crypto import Envelope

from .fake_service import FakeWechat, FakeWechatApi, serve

TOKEN, APP_ID = "test", "wx0123456789abcdef"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"

asked = []  # what the handlers below were asked, in order


@pytest.fixture(autouse=True)
def clean():
    asked.clear()
    cache.clear()


def quick(openid, text, now):
    """A handler that answers at once."""
    asked.append((openid, text))
    return f"答：{text}"


def slow(openid, text, now):
    """A handler that takes longer than the (shortened) patience."""
    asked.append((openid, text))
    time.sleep(0.8)
    return f"答：{text}"


def broken(openid, text, now):
    """A handler that fails and says what the person typed."""
    asked.append((openid, text))
    raise RuntimeError(f"cannot answer {text}")


@pytest.fixture
def handler(settings):
    """Return a function that makes one of the handlers above the one in charge."""

    def use(function):
        settings.WECHAT_MESSAGE_HANDLER = f"tests.wechat.conftest.{function.__name__}"

    use(quick)
    return use


@pytest.fixture
def wechat():
    return FakeWechat()


@pytest.fixture
def api(wechat):
    return FakeWechatApi(wechat)


@pytest.fixture
def wechat_server(wechat, settings):
    with serve(wechat) as address:
        settings.WECHAT_API_URL = address
        yield wechat


def text_xml(content="油锅起火怎么办", *, openid="o-follower", msg_id="1001", created=1790000000):
    return (
        f"<xml><ToUserName>gh_account</ToUserName><FromUserName>{openid}</FromUserName>"
        f"<CreateTime>{created}</CreateTime><MsgType>text</MsgType>"
        f"<Content>{messages.cdata(content)}</Content><MsgId>{msg_id}</MsgId></xml>"
    )


def event_xml(event, *, openid="o-follower", created=1790000000):
    return (
        f"<xml><ToUserName>gh_account</ToUserName><FromUserName>{openid}</FromUserName>"
        f"<CreateTime>{created}</CreateTime><MsgType>event</MsgType><Event>{event}</Event></xml>"
    )


@pytest.fixture
def signed():
    """Return a function that makes the signed query of a callback; every call has a nonce of its own."""
    serial = itertools.count(1)

    def query(*, at=None, nonce=None, token=TOKEN, encrypted=None):
        timestamp = str(int((at or timezone.now()).timestamp()))
        nonce = nonce or f"nonce{next(serial)}"
        made = {"timestamp": timestamp, "nonce": nonce, "signature": signature.sign(token, timestamp, nonce)}
        if encrypted is not None:
            made |= {
                "encrypt_type": "aes",
                "msg_signature": signature.sign(token, timestamp, nonce, encrypted),
            }
        return made

    return query


@pytest.fixture
def post(client, signed):
    """Return a function that posts a body to the callback as WeChat would."""

    def send(body, *, query=None, path="/wechat/callback/", using=client):
        content = body.encode() if isinstance(body, str) else body
        return using.post(path, content, content_type="text/xml", query_params=query or signed())

    return send


def reply_text(response) -> str:
    """Return what the follower reads."""
    return messages.read_xml(response.content)["Content"]


@pytest.fixture
def envelope():
    return Envelope(AES_KEY, APP_ID)


@dataclass(frozen=True)
class Published:
    """The example that Tencent ships with its own crypto library."""

    token: str = "spamtest"
    timestamp: str = "1409735669"
    nonce: str = "1320562132"
    app_id: str = "wx2c2769f8efd9abc2"
    encrypted: str = (
        "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUA"
        "h0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPh"
        "RjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR"
        "8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
    )


@pytest.fixture
def published():
    return Published()
