"""The chat over a WebSocket, through the real ASGI application."""

import json
import uuid

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from django.utils.translation import gettext as _

from chatbot import consumers, limits
from chatbot.models import Turn
from chatbot.rules import composing

from .conftest import EXAM, LADDER, OIL
from .websocket import Socket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]

TOO_MANY = {"type": "error", "message": _("Too many questions. Wait a minute and ask again.")}


@pytest_asyncio.fixture
async def socket():
    opened = Socket()
    assert await opened.connect()
    yield opened
    await opened.disconnect()


async def test_an_answer_starts_with_the_numbers_streams_and_ends_whole(socket):
    start, *deltas, end = await socket.ask(question="锅里油着火怎么办", conversation=None)
    conversation = start["conversation"]
    assert uuid.UUID(conversation)
    key = start["id"]
    assert start == {"type": "start", "id": key, "conversation": conversation, "kind": "danger", "calls": ["119"]}
    assert [delta["type"] for delta in deltas] == ["delta"] * len(deltas)
    assert "".join(delta["text"] for delta in deltas) == composing.danger(OIL).text
    assert len(deltas) > 5
    assert end == {
        "type": "end",
        "id": key,
        "may_leave": False,
        "text": composing.danger(OIL).text,
        "citations": [
            {
                "title": "油锅起火怎么办",
                "source": "国家消防救援局家庭火灾科普提示",
                "date": "2024",
                "url": "/kb/oil-pan-fire/?p=1#p1",
            }
        ],
        "choices": [],
        "urgent": "oil-pan-fire",
        "conversation": conversation,
    }


async def test_choices_come_with_the_end(socket, knowledge):
    knowledge.finds("choice", LADDER, EXAM)
    frames = await socket.ask(question="高处")
    assert frames[-1]["choices"] == [
        {"title": "梯子怎么放才不会摔", "url": "/kb/ladder/"},
        {"title": "特种作业考试没过能考几次", "url": "/kb/exam-attempts/"},
    ]


async def test_a_conversation_goes_on_and_a_strange_id_starts_a_new_one(socket):
    first = (await socket.ask(question="油锅着火了"))[0]["conversation"]
    again = (await socket.ask(question="有人触电了", conversation=first))[0]["conversation"]
    new = (await socket.ask(question="有人触电了", conversation="; drop table"))[0]["conversation"]
    assert (again == first, new == first, await Turn.objects.acount()) == (True, False, 3)


@pytest.mark.parametrize(
    "frame", ["", "{", "[]", "7", "null", '{"question": 7}', '{"question": ""}', '{"conversation": "x"}', "[" * 4000]
)
async def test_a_frame_that_is_no_question_gets_an_error_and_the_chat_goes_on(socket, frame):
    await socket.send(text=frame)
    said = await socket.read()
    if said == {"type": "typing"}:
        said = await socket.read()
    assert said == {"type": "error", "message": _("Type a question.")}
    assert (await socket.ask(question="油锅着火了"))[-1]["type"] == "end"


async def test_an_endless_question_gets_the_limit(socket):
    frames = await socket.ask(question="长" * 501)
    assert frames == [
        {"type": "error", "message": _("A question may have up to %(count)s characters.") % {"count": 500}}
    ]


async def test_a_frame_over_4_kilobytes_closes_the_connection(socket):
    await socket.send(text=json.dumps({"question": "火" * 1400}, ensure_ascii=False))
    assert await socket.read() == {"type": "websocket.close", "code": 1009}


async def test_binary_frames_close_the_connection(socket):
    await socket.send(data=b"\x00")
    assert await socket.read() == {"type": "websocket.close", "code": 1003}


async def test_one_question_too_many_of_a_connection_is_refused_and_the_connection_closed(socket, monkeypatch):
    monkeypatch.setattr(limits, "may_ask", lambda **arguments: True)
    for _count in range(20):
        assert (await socket.ask(question="油锅着火了"))[-1]["type"] == "end"
    assert await socket.ask(question="油锅着火了") == [TOO_MANY]
    assert await socket.read() == {"type": "websocket.close", "code": 1008}


async def test_one_address_may_not_ask_more_through_many_connections(socket, monkeypatch):
    monkeypatch.setattr(limits, "QUESTIONS_PER_ADDRESS", 20)
    for _count in range(20):
        await socket.ask(question="油锅着火了")
    second, elsewhere = Socket(), Socket(address="10.0.0.2")
    assert await second.connect()
    assert await elsewhere.connect()
    assert await second.ask(question="油锅着火了") == [TOO_MANY]
    assert (await elsewhere.ask(question="油锅着火了"))[-1]["type"] == "end"
    await second.disconnect()
    await elsewhere.disconnect()


async def test_one_address_cannot_open_connections_without_end():
    opened = [Socket() for _ in range(limits.CONNECTIONS + 1)]
    accepted = [await each.connect() for each in opened]
    assert accepted == [True] * limits.CONNECTIONS + [False]
    for each in opened[:-1]:
        await each.disconnect()


async def test_another_origin_is_not_let_in():
    assert await Socket(origin=b"https://evil.example").connect() is False


async def test_a_connection_that_says_nothing_is_closed(monkeypatch):
    monkeypatch.setattr(consumers, "IDLE_S", 0.05)
    silent = Socket()
    await silent.connect()
    assert await silent.read() == {"type": "websocket.close", "code": 1000}


async def test_what_is_typed_is_masked_in_the_note(socket):
    await socket.ask(question="我370202199003070017，油锅着火了")
    turn = await sync_to_async(Turn.objects.get)()
    assert (turn.question, turn.channel) == ("我***,油锅着火了", "socket")


async def test_the_frames_around_the_article_speak_the_visitors_language():
    english = Socket(headers=[(b"accept-language", b"en")])
    await english.connect()
    end = (await english.ask(question="oil pan on fire"))[-1]
    assert end["text"].startswith("**Emergency number: 119. Call as soon as you are safe.**")
    await english.disconnect()
