"""The console's socket, through the real ASGI application."""

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.test import Client

from config.asgi import application
from core import sockets
from exams import pushing
from tests.chatbot.websocket import Socket

from .invigilation_fixtures import *  # noqa: F403

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


class Console(Socket):
    """One console's connection."""

    def __init__(self, sitting_id, *, session="", origin=b"http://testserver"):
        scope = {
            "type": "websocket",
            "path": f"/ws/invigilation/{sitting_id}/",
            "query_string": b"",
            "headers": [(b"host", b"testserver"), (b"origin", origin), (b"cookie", f"sessionid={session}".encode())],
            "client": ["10.0.0.1", 5000],
            "subprotocols": [],
        }
        ApplicationCommunicator.__init__(self, application, scope)


@pytest.fixture
def session(sitting, invigilator):
    browser = Client()
    browser.force_login(invigilator)
    return browser.cookies["sessionid"].value


async def test_a_push_reaches_the_consoles_of_its_sitting_and_says_only_that_something_changed(sitting, session):
    console = Console(sitting.pk, session=session)
    assert await console.connect()
    await sync_to_async(pushing.push)(sitting.pk + 1)
    assert await console.receive_nothing(0.2)
    await sync_to_async(pushing.push)(sitting.pk)
    assert await console.read() == {"changed": True}
    await console.disconnect()


@pytest.fixture
def strangers_session(other_person):
    browser = Client()
    browser.force_login(other_person.user)
    return browser.cookies["sessionid"].value


async def test_nobody_without_duty_and_no_other_origin_gets_in(sitting, session, strangers_session):
    for refused in (
        Console(sitting.pk),
        Console(sitting.pk, session="forged"),
        Console(sitting.pk, session=strangers_session),
        Console(sitting.pk + 1, session=session),
        Console(sitting.pk, session=session, origin=b"http://evil.example"),
    ):
        assert not await refused.connect()


async def test_a_console_that_speaks_is_closed(sitting, session):
    console = Console(sitting.pk, session=session)
    assert await console.connect()
    await console.send(text="{}")
    assert await console.read() == {"type": "websocket.close", "code": 1003}


async def test_whoever_is_disabled_loses_the_socket(sitting, session, invigilator, monkeypatch):
    monkeypatch.setattr(sockets, "RECHECK_S", 0.1)
    console = Console(sitting.pk, session=session)
    assert await console.connect()
    invigilator.is_active = False
    await database_sync_to_async(invigilator.save)()  # which closes its connection
    assert await console.read() == {"type": "websocket.close", "code": 1008}
