"""The bot as WeChat shows it."""

import threading
import time
import uuid

import pytest
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.enums import Role
from chatbot.actions import desk
from chatbot.channels.wechat import reply_to
from chatbot.models import Conversation, Message, Ticket, Turn
from tests.wechat.fake_service import FakeWechat, FakeWechatApi
from wechat.actions import inbound, late
from wechat.models import InboundMessage
from wechat.rules.messages import InboundMessage as Written

from .conftest import LADDER, OIL

pytestmark = pytest.mark.django_db


def test_the_gateway_knows_this_handler():
    assert import_string(settings.WECHAT_MESSAGE_HANDLER) is reply_to


def test_an_emergency_is_answered_in_plain_text_with_the_number_first_and_an_absolute_link(at, settings):
    settings.BASE_URL = "https://example.org"
    assert reply_to("o-1", "锅里油着火怎么办", at("10:00")) == "\n".join(
        [
            _("Emergency number: %(numbers)s. Call as soon as you are safe.") % {"numbers": "119"},
            "",
            "马上这样做",
            "",
            "1. 关火。\n2. 盖上锅盖。\n3. 等锅凉。",
            "",
            _("Then:"),
            "",
            "4. 灭不掉就离开。",
            "",
            "不要做",
            "",
            "· 不要泼水。",
            "",
            "拨打电话",
            "",
            "119：说清地址。",
            "",
            _("Source: %(source)s (%(date)s)") % {"source": OIL.source, "date": OIL.date},
            "",
            _("Read more: %(link)s") % {"link": "https://example.org/kb/oil-pan-fire/?p=1#p1"},
        ]
    )


def test_not_knowing_ends_with_absolute_links(at, knowledge, settings):
    settings.BASE_URL = "https://example.org"
    knowledge.finds("unknown", LADDER)
    lines = reply_to("o-1", "今天天气怎么样", at("10:00")).splitlines()
    assert lines[-1] == "梯子怎么放才不会摔 https://example.org/kb/ladder/"
    assert "https://example.org/kb/" in lines[-3]


def test_each_follower_has_one_conversation_that_does_not_name_him(at):
    for openid in ("o-1", "o-1", "o-2"):
        reply_to(openid, "油锅着火了", at("10:00"))
    assert sorted(each.turns.count() for each in Conversation.objects.all()) == [1, 2]
    assert {turn.channel for turn in Turn.objects.all()} == {"wechat"}
    assert not any("o-1" in str(each.pk) for each in Conversation.objects.all())


def test_an_endless_message_gets_a_word_why(at):
    expected = _("A question may have up to %(count)s characters.") % {"count": 500}
    assert reply_to("o-1", "长" * 501, at("10:00")) == expected


@pytest.mark.parametrize(("typed", "question"), [("人工", "门禁卡丢了找谁"), ("转人工：车位怎么办", "车位怎么办")])
def test_a_word_leaves_the_question_for_a_person(at, typed, question):
    reply_to("o-1", "门禁卡丢了找谁", at("10:00"))
    told = reply_to("o-1", typed, at("10:01"))
    assert Ticket.objects.get().question == question
    assert told.startswith(_("Your question is with the desk: %(question)s") % {"question": question})
    assert Turn.objects.count() == 1


def test_a_word_that_only_holds_it_is_a_question(at):
    reply_to("o-1", "人工呼吸怎么做", at("10:00"))
    assert (Ticket.objects.count(), Turn.objects.get().question) == (0, "人工呼吸怎么做")


def test_what_the_desk_answers_comes_with_the_next_reply_once(at, staff):
    reply_to("o-1", "人工 门禁卡丢了找谁", at("10:00"))
    ticket, editor = Ticket.objects.get(), staff(Role.KNOWLEDGE_EDITOR)
    desk.reply(ticket=ticket.pk, text="请到一楼。", key=uuid.uuid4(), by=editor, now=at("10:05"))
    told = reply_to("o-1", "几点开门", at("10:06"))
    passed = _("Passed on to the desk. Write anything later to read the answer.")
    assert told == "\n\n".join([_("The desk: %(text)s") % {"text": "请到一楼。"}, passed])
    assert list(Message.objects.values_list("text", flat=True)) == ["请到一楼。", "几点开门"]
    assert "请到一楼" not in reply_to("o-1", "好的", at("10:07"))
    assert "请到一楼" not in reply_to("o-2", "好的", at("10:07"))
    assert "锅盖" in reply_to("o-1", "油锅着火了", at("10:08"))
    assert "锅盖" in reply_to("o-1", "油锅着火了", at("12:00"))
    assert Message.objects.filter(from_desk=False).count() == 3


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_takes_longer_than_wechat_waits_follows_whole_and_once(knowledge, monkeypatch, at):
    found = threading.Event()
    knowledge.finds("answer", LADDER)
    search = knowledge.search
    monkeypatch.setattr(inbound, "PATIENCE_S", 0.2)
    monkeypatch.setattr("kb.retrieval.search", lambda *args, **more: found.wait(10) and search(*args, **more))
    asked = Written("gh_1", "o-1", 1, "text", "", "梯子怎么放", "m-1")
    started = time.monotonic()
    assert inbound.respond(message=asked, stamp="1:a", now=at("10:00")) == ""
    assert time.monotonic() - started < 5
    found.set()
    row = InboundMessage.objects.get()
    inbound._watch(row.pk, time.monotonic() + 10)
    follower = FakeWechat()
    follower.wrote("o-1")
    for clock in ("10:01", "10:02"):
        late.deliver(message_id=row.pk, api=FakeWechatApi(follower), now=at(clock))
    [(openid, text)] = follower.sent
    assert (openid, "角度约七十五度。" in text, "/kb/ladder/" in text) == ("o-1", True, True)
    assert Turn.objects.count() == 1
