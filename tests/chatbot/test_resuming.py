"""A connection that breaks: the answer comes again, from where it broke, and is noted once."""

import uuid

import pytest
import pytest_asyncio

from chatbot.models import Turn
from chatbot.rules import composing
from chatbot.rules.streaming import pieces_from

from .conftest import LADDER, OIL
from .websocket import Socket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]
KEY = "3f0c6d1e-5b7a-4c55-9a37-0d3a5f1c2b41"
TEXT = composing.danger(OIL).text


@pytest_asyncio.fixture
async def connected():
    """Return a function that connects anew; whatever is open at the end is closed."""
    opened = []

    async def connect() -> Socket:
        opened.append(Socket())
        assert await opened[-1].connect()
        return opened[-1]

    yield connect
    for each in opened:
        await each.disconnect()


async def test_the_first_frame_says_that_somebody_is_at_it(connected):
    socket = await connected()
    await socket.send(text=f'{{"question": "油锅着火了", "id": "{KEY}"}}')
    assert await socket.read() == {"type": "typing", "id": KEY}
    assert (await socket.read())["type"] == "start"


async def test_after_a_break_the_rest_comes_from_where_it_broke(connected):
    first, second = await connected(), await connected()
    whole = await first.ask(question="油锅着火了", id=KEY)
    have = len("".join(frame["text"] for frame in whole[1:4]))
    rest = await second.ask(question="油锅着火了", id=KEY, have=have)
    assert rest[1]["at"] == have
    assert TEXT[:have] + "".join(frame["text"] for frame in rest[1:-1]) == TEXT
    assert rest[-1] == whole[-1]
    assert await Turn.objects.acount() == 1


async def test_a_question_whose_first_answer_never_arrived_keeps_its_conversation(connected):
    first, second = await connected(), await connected()
    conversation = (await first.ask(question="油锅着火了", id=KEY))[0]["conversation"]
    again = await second.ask(question="油锅着火了", conversation=None, id=KEY)
    assert again[0]["conversation"] == conversation
    assert (await second.ask(question="有人触电了", conversation=conversation))[0]["conversation"] == conversation


async def test_what_search_finds_meanwhile_does_not_change_the_answer(connected, knowledge):
    socket = await connected()
    knowledge.finds("answer", LADDER)
    first = await socket.ask(question="梯子怎么放", id=KEY)
    knowledge.finds("unknown")
    assert (await socket.ask(question="梯子怎么放", id=KEY))[-1]["text"] == first[-1]["text"]


@pytest.mark.parametrize("have", [-1, 10_000, "x", None, True])
async def test_a_strange_count_gets_a_whole_answer(connected, have):
    socket = await connected()
    frames = await socket.ask(question="油锅着火了", id=str(uuid.uuid4()), have=have)
    assert frames[-1]["text"] == TEXT
    assert (await socket.ask(question="油锅着火了", id="no key"))[-1]["type"] == "end"


async def test_an_answer_whose_article_is_gone_is_not_shown_again(connected, knowledge):
    socket = await connected()
    await socket.ask(question="油锅着火了", id=KEY)
    del knowledge.documents["oil-pan-fire"]
    frames = await socket.ask(question="油锅着火了", id=KEY)
    assert frames[0]["kind"] == "unknown"
    assert "锅盖" not in frames[-1]["text"]


async def test_pieces_begin_where_the_text_broke():
    assert pieces_from("一。二。三", 0) == [(0, "一。"), (2, "二。"), (4, "三")]
    assert pieces_from("一。二。三", 3) == [(3, "。"), (4, "三")]
    assert pieces_from("一。二。三", 5) == []
    assert pieces_from("一。二。三", 6) == [(0, "一。"), (2, "二。"), (4, "三")]
