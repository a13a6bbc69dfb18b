"""The bot as WeChat shows it."""

import pytest
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from chatbot.channels.wechat import reply_to
from chatbot.models import Conversation, Turn

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
