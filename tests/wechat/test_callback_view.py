"""The address that WeChat calls: who is let in, what is answered."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import gettext

from wechat.models import InboundMessage, SeenNonce
from wechat.rules import messages, signature
from wechat.rules.crypto import Envelope

from .conftest import AES_KEY, TOKEN, asked, event_xml, reply_text, text_xml

WELCOME = (
    "Welcome. Type a question, for example: what if oil in the pan catches fire? "
    "If someone is in danger now, call 119 or 120 first.\nYou can also ask here: %(link)s"
)
ONLY_TEXT = "I can only read text. Type your question, for example: what if oil in the pan catches fire?"


def chinese(msgid: str) -> str:
    with translation.override("zh-hans"):
        return gettext(msgid)


@pytest.mark.parametrize("path", ["/wechat/callback/", "/wechat/callback"])
def test_get_answers_the_echo_on_both_addresses_without_redirect(client, signed, path):
    response = client.get(path, signed() | {"echostr": "2147483647<b>"})
    assert (response.status_code, response.content) == (200, b"2147483647<b>")
    assert response["Content-Type"].startswith("text/plain")


def test_get_opens_an_encrypted_echo(client, signed, envelope):
    echo = envelope.seal("1616140317555161061")
    response = client.get("/wechat/callback/", signed(encrypted=echo) | {"echostr": echo})
    assert response.content == b"1616140317555161061"


def test_get_refuses_a_wrong_signature_an_old_timestamp_and_nothing_at_all(client, signed):
    old = signed(at=timezone.now() - timedelta(seconds=310))
    queries = [signed(token="other"), old, {}, signed() | {"signature": ""}]
    assert [client.get("/wechat/callback/", query | {"echostr": "x"}).status_code for query in queries] == [403] * 4


@pytest.mark.django_db
def test_without_a_token_the_address_does_not_exist(client, signed, settings):
    settings.WECHAT_TOKEN = ""
    query = signed(token="") | {"echostr": "x"}
    assert client.get("/wechat/callback/", query).status_code == 404
    assert client.post("/wechat/callback/", query_params=query).status_code == 404


def test_other_methods_are_not_allowed(client, signed):
    assert client.put("/wechat/callback/", query_params=signed()).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_a_question_is_answered_in_the_reply(post, handler):
    response = post(text_xml("锅里着火"))
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    fields = messages.read_xml(response.content)
    assert fields == {
        "ToUserName": "o-follower",
        "FromUserName": "gh_account",
        "CreateTime": fields["CreateTime"],
        "MsgType": "text",
        "Content": "答：锅里着火",
    }
    row = InboundMessage.objects.get()
    assert (row.openid, row.kind, row.content, row.reply, row.delivered, row.promised_at) == (
        "o-follower",
        "text",
        "锅里着火",
        "答：锅里着火",
        "passive",
        None,
    )


@pytest.mark.django_db(transaction=True)
def test_the_callback_needs_no_csrf_token_and_no_slash(post, handler):
    strict = Client(enforce_csrf_checks=True)
    assert reply_text(post(text_xml("锅里着火"), path="/wechat/callback", using=strict)) == "答：锅里着火"


@pytest.mark.django_db(transaction=True)
def test_an_encrypted_question_gets_an_encrypted_and_signed_answer(post, signed, handler, envelope):
    encrypted = envelope.seal(text_xml("锅里着火"))
    body = f"<xml><ToUserName>gh_account</ToUserName><Encrypt>{encrypted}</Encrypt></xml>"
    outer = messages.read_xml(post(body, query=signed(encrypted=encrypted)).content)
    parts = (TOKEN, outer["TimeStamp"], outer["Nonce"], outer["Encrypt"])
    assert outer["MsgSignature"] == signature.sign(*parts)
    assert messages.read_xml(envelope.open(outer["Encrypt"]).encode())["Content"] == "答：锅里着火"


@pytest.mark.django_db
def test_an_encrypted_question_for_another_account_is_refused(post, signed):
    encrypted = Envelope(AES_KEY, "wx-foreign").seal(text_xml())
    response = post(f"<xml><Encrypt>{encrypted}</Encrypt></xml>", query=signed(encrypted=encrypted))
    assert (response.status_code, response.content, InboundMessage.objects.count()) == (403, b"", 0)


@pytest.mark.django_db
def test_an_encrypted_body_signed_only_with_the_plain_signature_is_refused(post, signed, envelope):
    encrypted = envelope.seal(text_xml())
    query = signed() | {"encrypt_type": "aes"}
    assert post(f"<xml><Encrypt>{encrypted}</Encrypt></xml>", query=query).status_code == 403


@pytest.mark.django_db
def test_a_wrong_signature_or_an_old_timestamp_has_no_effect(post, signed):
    queries = [
        signed(token="other"),
        signed(at=timezone.now() - timedelta(seconds=310)),
        signed(at=timezone.now() + timedelta(seconds=310)),
        signed() | {"nonce": "changed"},
        {},
    ]
    assert [post(text_xml(), query=query or {"x": "1"}).status_code for query in queries] == [403] * 5
    assert (InboundMessage.objects.count(), SeenNonce.objects.count(), asked) == (0, 0, [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE x [<!ENTITY a 'b'>]><xml>&a;</xml>",
        "not xml",
        "",
        "<xml><MsgType>text</MsgType></xml>",
        "<xml>" + "a" * 70_000 + "</xml>",
    ],
)
def test_a_body_that_is_no_message_is_refused(post, body):
    assert (post(body).status_code, InboundMessage.objects.count()) == (403, 0)


@pytest.mark.django_db
def test_a_new_follower_is_welcomed_and_told_where_to_ask(post, settings):
    expected = chinese(WELCOME) % {"link": f"{settings.BASE_URL}/chat/"}
    assert reply_text(post(event_xml("subscribe"))) == expected


@pytest.mark.django_db
def test_a_picture_gets_a_word_on_what_can_be_asked(post):
    body = text_xml().replace("<MsgType>text<", "<MsgType>image<")
    assert reply_text(post(body)) == chinese(ONLY_TEXT)


@pytest.mark.django_db
@pytest.mark.parametrize("event", ["unsubscribe", "LOCATION", "VIEW"])
def test_events_that_want_no_reply_get_success(post, event):
    assert post(event_xml(event)).content == b"success"
    assert InboundMessage.objects.get().delivered == "none"
