"""One effect per message, an answer within five seconds, nothing lost."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.utils import timezone

from wechat.actions import answering, inbound
from wechat.models import InboundMessage, SeenNonce

from .conftest import asked, broken, event_xml, reply_text, slow, text_xml

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(inbound, "PATIENCE_S", 0.3)


def settle(count=1):
    """Wait until the background answers are stored."""
    for _ in range(100):
        if InboundMessage.objects.filter(replied_at__isnull=False).count() == count:
            return
        time.sleep(0.05)
    raise AssertionError("no answer was stored")


def test_a_retry_with_a_new_nonce_gets_the_same_reply_and_no_second_effect(post, handler):
    replies = [reply_text(post(text_xml())) for _ in range(3)]
    assert replies == ["答：油锅起火怎么办"] * 3
    assert asked == [("o-follower", "油锅起火怎么办")]
    assert InboundMessage.objects.count() == 1


def test_a_retry_with_the_same_nonce_gets_the_same_reply(post, signed, handler):
    query = signed()
    assert [reply_text(post(text_xml(), query=query)) for _ in range(2)] == ["答：油锅起火怎么办"] * 2
    assert (len(asked), SeenNonce.objects.count()) == (1, 1)


def test_a_used_nonce_with_another_message_is_refused(post, signed, handler):
    query = signed()
    post(text_xml(msg_id="1"), query=query)
    assert post(text_xml("别的", msg_id="2"), query=query).status_code == 403
    assert (len(asked), InboundMessage.objects.count()) == (1, 1)


def test_a_used_nonce_cannot_be_used_again_in_the_other_mode(post, signed, handler, envelope):
    second = timezone.now()
    post(text_xml(msg_id="1"), query=signed(nonce="one", at=second))
    encrypted = envelope.seal(text_xml(msg_id="2"))
    again = signed(nonce="one", at=second, encrypted=encrypted)
    assert post(f"<xml><Encrypt>{encrypted}</Encrypt></xml>", query=again).status_code == 403


def test_the_same_message_id_from_someone_else_is_refused_and_its_nonce_not_kept(post, handler):
    post(text_xml())
    assert post(text_xml(openid="o-other")).status_code == 403
    assert (len(asked), SeenNonce.objects.count()) == (1, 1)


def test_two_events_of_one_follower_in_different_seconds_are_two(post):
    post(event_xml("subscribe", created=1790000000))
    post(event_xml("subscribe", created=1790000000))
    post(event_xml("subscribe", created=1790000001))
    assert InboundMessage.objects.count() == 2


def test_a_slow_answer_is_promised_and_stored_when_it_comes(post, handler, impatient):
    handler(slow)
    started = time.monotonic()
    response = post(text_xml())
    assert (response.content, time.monotonic() - started < 0.7) == (b"success", True)
    settle()
    row = InboundMessage.objects.get()
    assert (row.reply, row.delivered, row.promised_at is not None) == ("答：油锅起火怎么办", "none", True)


def test_the_same_message_three_times_at_a_slow_handler_has_one_effect_and_each_try_ends_in_time(handler, signed):
    handler(slow)

    def one_try(_):
        try:
            started = time.monotonic()
            query = signed()
            response = Client().post(
                "/wechat/callback/", text_xml().encode(), content_type="text/xml", query_params=query
            )
            return response.status_code, reply_text(response), time.monotonic() - started < 5
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(one_try, range(3)))
    assert results == [(200, "答：油锅起火怎么办", True)] * 3
    assert asked == [("o-follower", "油锅起火怎么办")]


def test_a_retry_after_a_promise_takes_the_reply_if_it_has_not_been_sent(post, handler, impatient):
    handler(slow)
    post(text_xml())
    settle()
    assert reply_text(post(text_xml())) == "答：油锅起火怎么办"
    assert InboundMessage.objects.get().delivered == "passive"


def test_a_retry_while_the_service_message_is_being_sent_gets_success(post, handler, impatient):
    handler(slow)
    post(text_xml())
    settle()
    row = InboundMessage.objects.get()
    assert answering.claim(message_id=row.pk, now=timezone.now(), delivered="none")
    assert post(text_xml()).content == b"success"


def test_a_failing_handler_promises_an_answer_and_logs_nothing_that_was_typed(post, handler, caplog):
    handler(broken)
    with caplog.at_level(logging.DEBUG):
        response = post(text_xml("身份证370202199003070017"))
    assert response.content == b"success"
    assert "RuntimeError" in caplog.text
    assert "370202199003070017" not in caplog.text
    assert (InboundMessage.objects.get().claimed_at, len(asked)) == (None, 1)


def test_a_handler_that_fails_three_times_is_given_up(post, handler):
    handler(broken)
    post(text_xml())
    row = InboundMessage.objects.get()
    for _ in range(5):
        answering.answer(message_id=row.pk, now=timezone.now())
    row.refresh_from_db()
    assert (row.undelivered, len(asked)) == ("failed", 3)


def test_an_answer_is_found_once_however_many_look_for_it(handler, at):
    row = InboundMessage.objects.create(
        dedupe_key="msg:1", openid="o", kind="text", content="问", received_at=at("10:00"), claimed_at=at("10:00")
    )
    answering.answer(message_id=row.pk, now=at("10:01"))
    assert asked == []
    answering.answer(message_id=row.pk, now=at("10:03"))
    answering.answer(message_id=row.pk, now=at("10:04"))
    assert asked == [("o", "问")]


def test_what_a_follower_types_is_sealed_in_the_database(post, handler):
    post(text_xml("我的电话13800138000"))
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT content FROM wechat_inboundmessage")
        assert "13800138000" not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    "fields",
    [
        {"delivered": "passive"},
        {"delivered_at": timezone.now()},
        {"delivered": "custom", "delivered_at": timezone.now(), "undelivered": "window"},
        {"reply": "text"},
    ],
)
def test_the_database_refuses_rows_that_contradict_themselves(fields, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        InboundMessage.objects.create(
            dedupe_key="k", openid="o", kind="text", received_at=at("10:00") - timedelta(days=1), **fields
        )
