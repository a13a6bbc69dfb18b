"""The command that plays WeChat, against a running server."""

import io

import pytest
from django.core.management import CommandError, call_command

from wechat.models import InboundMessage

pytestmark = pytest.mark.django_db(transaction=True)


def send(live_server, **options):
    out = io.StringIO()
    url = f"{live_server.url}/wechat/callback/"
    call_command("wechat_send_test", url=url, text="触电怎么办", stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue().strip()


@pytest.mark.parametrize("aes", [False, True])
def test_the_reply_is_printed_in_both_modes(live_server, handler, aes):
    assert send(live_server, aes=aes) == "答：触电怎么办"


def test_the_same_id_plays_a_retry(live_server, handler):
    assert [send(live_server, msg_id="7") for _ in range(2)] == ["答：触电怎么办"] * 2
    assert InboundMessage.objects.count() == 1


def test_a_server_that_refuses_is_an_error(live_server, handler, settings):
    settings.WECHAT_AES_KEY = "short"
    with pytest.raises(CommandError, match="BadKey"):
        send(live_server, aes=True)
