"""The staff desk: its pages, its sockets, and who may not see them."""

import uuid

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async
from django.test import Client as Browser

from accounts.enums import Role
from chatbot import pushing
from chatbot.actions import desk, tickets
from chatbot.enums import Channel
from chatbot.models import Message, Ticket
from core import sockets
from kb.models import Article
from kb.permissions import grant_permissions

from .websocket import Socket


def leave(at, question="门禁卡丢了找谁", by=None, contact=""):
    about = {"conversation": None, "question": question, "contact": contact, "channel": Channel.PAGE}
    return tickets.open_ticket(**about, by=by, now=at("10:00"))


@pytest.fixture
def editor(staff):
    user = staff(Role.KNOWLEDGE_EDITOR)
    grant_permissions()
    return user


@pytest.fixture
def at_desk(client, editor):
    client.force_login(editor)
    return client


def pages(html: str) -> str:
    return " ".join(html.split())


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_what_waits_is_listed_with_as_many_queries_for_one_as_for_three(at_desk, at, rows, django_assert_num_queries):
    for number in range(rows):
        leave(at, f"问题{number}")
    at_desk.get("/admin/desk/?fragment=1")
    with django_assert_num_queries(10):
        html = at_desk.get("/admin/desk/?fragment=1").content.decode()
    assert html.count("<tr>") == rows + 1


@pytest.mark.django_db
def test_a_question_is_taken_answered_drafted_and_closed(at_desk, editor, at):
    row = leave(at)
    url = f"/admin/desk/{row.pk}"
    at_desk.post(f"{url}/acts/take/")
    at_desk.post(f"{url}/reply/", {"text": "请到一楼。", "key": str(uuid.uuid4())})
    assert "请到一楼。" in at_desk.get(f"{url}/?fragment=1").content.decode()
    made = at_desk.post(f"{url}/draft/")
    assert made.url == f"/admin/snippets/kb/article/edit/{Article.objects.get().pk}/"
    assert at_desk.get(made.url).status_code == 200
    at_desk.post(f"{url}/acts/close/")
    assert (Ticket.objects.get().state, Ticket.objects.get().draft.live) == ("closed", False)


@pytest.mark.django_db
def test_a_form_sent_twice_is_one_message(at_desk, at):
    url = f"/admin/desk/{leave(at).pk}/reply/"
    for _ in range(2):
        at_desk.post(url, {"text": "请到一楼。", "key": "3f0c6d1e-5b7a-4c55-9a37-0d3a5f1c2b41"})
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_what_cannot_be_sent_stays_in_the_box(at_desk, at):
    row = leave(at)
    desk_url = f"/admin/desk/{row.pk}/reply/"
    assert at_desk.post(desk_url, {"text": " "}).status_code == 400
    at_desk.post(f"/admin/desk/{row.pk}/acts/close/")
    late = at_desk.post(desk_url, {"text": "迟到的回答"})
    assert (late.status_code, Message.objects.count()) == (409, 0)


@pytest.mark.django_db
def test_the_contact_is_shown_on_demand_only(at_desk, at):
    row = leave(at, contact="13812345678")
    assert "13812345678" not in at_desk.get(f"/admin/desk/{row.pk}/").content.decode()
    assert "13812345678" in at_desk.post(f"/admin/desk/{row.pk}/contact/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_do_not_see_the_desk(staff, at, role):
    row, browser = leave(at), Browser()
    browser.force_login(staff(role))
    assert [browser.get(f"/admin/desk/{page}").status_code for page in ("", f"{row.pk}/")] == [302, 302]
    browser.post(f"/admin/desk/{row.pk}/reply/", {"text": "x"})
    assert Message.objects.count() == 0


@pytest.mark.django_db
def test_a_layer_that_is_down_holds_nothing_up(at, monkeypatch, django_capture_on_commit_callbacks):
    def broken():
        raise ConnectionError

    monkeypatch.setattr(pushing, "get_channel_layer", broken)
    with django_capture_on_commit_callbacks(execute=True) as pushed:
        leave(at)
    assert (len(pushed), Ticket.objects.count()) == (1, 1)


class Pages(Socket):
    """A page's connection with somebody's session."""

    def __init__(self, path, session="", **more):
        cookie = [(b"cookie", f"sessionid={session}".encode())] if session else []
        super().__init__(path=path, headers=cookie, **more)


@pytest_asyncio.fixture
async def connect():
    opened = []

    async def to(path, session="", **more):
        opened.append(Pages(path, session, **more))
        return opened[-1] if await opened[-1].connect() else None

    yield to
    for each in opened:
        await each.disconnect()


def session_of(user) -> str:
    browser = Browser()
    browser.force_login(user)
    return browser.cookies["sessionid"].value


in_life = pytest.mark.django_db(transaction=True)


@in_life
@pytest.mark.asyncio
async def test_both_sides_hear_that_something_was_written(connect, editor, at):
    row = await sync_to_async(leave)(at)
    session = await sync_to_async(session_of)(editor)
    visitor = await connect(f"/ws/chat/tickets/{row.pk}/")
    listed, open_page = await connect("/ws/desk/", session), await connect(f"/ws/desk/{row.pk}/", session)
    key = uuid.uuid4()
    await sync_to_async(desk.take)(ticket=row.pk, by=editor, now=at("10:01"))
    for page in (visitor, listed, open_page):
        assert await page.read() == {"changed": True}
    await sync_to_async(tickets.say)(ticket=row.pk, text="在吗", key=key, by=None, now=at("10:02"))
    for page in (visitor, listed, open_page):
        assert await page.read() == {"changed": True}


@in_life
@pytest.mark.asyncio
async def test_who_types_is_seen_on_the_other_side_only(connect, editor, at):
    row = await sync_to_async(leave)(at)
    session = await sync_to_async(session_of)(editor)
    visitor, page = await connect(f"/ws/chat/tickets/{row.pk}/"), await connect(f"/ws/desk/{row.pk}/", session)
    await visitor.send(text='{"typing":true}')
    await visitor.send(text='{"typing":true}')
    assert await page.read() == {"typing": True}
    await page.send(text='{"typing": true}')
    assert await visitor.read() == {"typing": True}
    assert await page.receive_nothing()
    await visitor.send(text='{"question":"x"}')
    assert (await visitor.read())["code"] == 1003


@in_life
@pytest.mark.asyncio
async def test_strangers_hear_nothing(connect, editor, person, at):
    own = await sync_to_async(leave)(at, by=person.user)
    session = await sync_to_async(session_of)(editor)
    user = await sync_to_async(session_of)(person.user)
    assert await connect(f"/ws/chat/tickets/{own.pk}/") is None
    assert await connect(f"/ws/chat/tickets/{own.pk}/", session) is None
    assert await connect(f"/ws/chat/tickets/{uuid.uuid4()}/") is None
    assert await connect("/ws/desk/") is None
    assert await connect("/ws/desk/", user) is None
    assert await connect(f"/ws/desk/{own.pk}/", user) is None
    assert await connect("/ws/desk/", session, origin=b"https://evil.example") is None
    assert await connect(f"/ws/chat/tickets/{own.pk}/", user) is not None


@in_life
@pytest.mark.asyncio
async def test_who_leaves_the_desk_loses_the_socket(connect, editor, monkeypatch):
    monkeypatch.setattr(sockets, "RECHECK_S", 0.1)
    page = await connect("/ws/desk/", await sync_to_async(session_of)(editor))
    await sync_to_async(editor.groups.clear)()
    assert await page.read() == {"type": "websocket.close", "code": 1008}
