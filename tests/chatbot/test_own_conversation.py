"""A device's own conversation: read again, left to a person, forgotten; and a program with a key."""

import uuid

import pytest
from django.test import Client as Browser

from accounts.enums import Role
from chatbot import limits, personal
from chatbot.actions import asking, desk
from chatbot.enums import Channel
from chatbot.models import Conversation, Ticket
from clients.actions import keys
from clients.enums import Scope
from clients.models import Client

from .conftest import OIL

pytestmark = pytest.mark.django_db
ASK = "/api/v1/chat/ask"
JSON = "application/json"


def post(client, url, body, **headers):
    return client.post(url, body, content_type=JSON, headers=headers)


@pytest.fixture
def asked(client):
    return post(client, ASK, {"question": "油锅着火了", "id": str(uuid.uuid4())}).json()


def test_a_device_reads_its_conversation_again(client, asked):
    again = client.get(f"/api/v1/chat/conversations/{asked['conversation']}").json()
    [turn] = again["turns"]
    assert (turn["question"], turn["helped"], turn["answer"]) == ("油锅着火了", None, asked)
    assert again["ticket"] is None


def test_another_users_conversation_is_not_found(client, person, asked):
    url = f"/api/v1/chat/conversations/{asked['conversation']}"
    client.force_login(person.user)
    assert client.get(url).status_code == 404
    assert client.delete(url).status_code == 404
    assert client.get(f"/chat/conversations/{asked['conversation']}/").status_code == 404
    theirs = post(client, ASK, {"question": "油锅着火了"}).json()["conversation"]
    assert Browser().get(f"/api/v1/chat/conversations/{theirs}").status_code == 404
    assert client.get(f"/api/v1/chat/conversations/{theirs}").status_code == 200


def test_forgetting_leaves_nothing(client, asked):
    url = f"/api/v1/chat/conversations/{asked['conversation']}"
    assert client.delete(url).status_code == 204
    assert (client.get(url).status_code, Conversation.objects.count()) == (404, 0)


def test_the_same_question_under_the_same_key_is_the_same_answer(client, asked):
    again = post(client, ASK, {"question": "油锅着火了", "id": asked["id"]})
    assert (again.json(), Conversation.objects.count()) == (asked, 1)


def test_a_question_is_left_written_to_and_read(client, asked, staff, at):
    left = post(client, "/api/v1/chat/tickets", {"conversation": asked["conversation"], "question": "找谁修"}).json()
    url = f"/api/v1/chat/tickets/{left['id']}"
    key = str(uuid.uuid4())
    sent = post(client, f"{url}/messages", {"id": key, "text": "在吗"}).json()
    assert (sent["danger"], [said["id"] for said in sent["ticket"]["messages"]]) == (None, [key])
    editor = staff(Role.KNOWLEDGE_EDITOR)
    desk.reply(ticket=left["id"], text="物业", key=uuid.uuid4(), by=editor, now=at("10:00"))
    read = client.get(url).json()
    assert (read["state"], [said["text"] for said in read["messages"]]) == ("answered", ["物业", "在吗"])
    desk.close(ticket=left["id"], by=editor, now=at("10:01"))
    assert post(client, f"{url}/messages", {"id": str(uuid.uuid4()), "text": "再问"}).json()["code"] == "closed"


def test_a_danger_told_to_the_desk_comes_back_as_the_card(client, asked):
    left = post(client, "/api/v1/chat/tickets", {"question": "找谁修"}).json()
    body = {"id": str(uuid.uuid4()), "text": "油锅着火了"}
    sent = post(client, f"/api/v1/chat/tickets/{left['id']}/messages", body).json()
    assert (sent["danger"]["kind"], sent["danger"]["calls"]) == ("danger", list(OIL.calls))


def test_an_unknown_answer_may_be_left_and_a_found_one_need_not(client, asked):
    assert asked["may_leave"] is False
    assert post(client, ASK, {"question": "门禁卡丢了找谁"}).json()["may_leave"] is True


def test_without_scripts_a_question_is_left_read_and_answered(client, asked):
    page = client.get(f"/chat/person/?conversation={asked['conversation']}")
    assert f'value="{asked["conversation"]}"' in page.content.decode()
    body = {"question": "找谁修", "contact": "电邮 a@b.cn", "conversation": asked["conversation"]}
    reply = client.post("/chat/person/", body)
    assert reply.url == f"/chat/conversations/{asked['conversation']}/"
    ticket = Ticket.objects.get()
    assert (ticket.question, ticket.contact) == ("找谁修", "电邮 a@b.cn")
    client.post(f"/chat/tickets/{ticket.pk}/say/", {"text": "在吗"})
    assert "在吗" in client.get(reply.url).content.decode()
    assert client.post("/chat/person/", {"question": ""}).status_code == 400
    client.post(f"/chat/conversations/{asked['conversation']}/forget/")
    assert client.get(reply.url).status_code == 404


@pytest.fixture
def key_with(staff, at):
    """Return a function from scopes to a key of a program that may ask twice a minute."""
    program = Client.objects.create(name="市民热线", contact="张三", per_minute=2)

    def make(*scopes: Scope) -> str:
        about = {"client": program, "scopes": scopes, "expires_at": at("08:00").replace(year=2036)}
        return keys.issue(**about, by=staff(Role.ADMINISTRATOR), now=at("08:00"))[1]

    return make


def test_a_program_asks_with_its_key_within_its_own_limit(client, key_with, person):
    client.force_login(person.user)
    bearer = {"authorization": f"Bearer {key_with(Scope.CHAT_ASK)}"}
    replies = [post(client, ASK, {"question": "油锅着火了"}, **bearer) for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    assert Conversation.objects.filter(started_by=None).count() == 2
    assert post(client, ASK, {"question": "油锅着火了"}).status_code == 200


def test_a_key_without_the_scope_or_none_at_all_is_refused(client, key_with):
    wrong = post(client, ASK, {"question": "油锅着火了"}, authorization=f"Bearer {key_with(Scope.RESULTS_READ)}")
    assert (wrong.status_code, wrong.json()["reasons"]) == (403, ["chat:ask"])
    assert post(client, ASK, {"question": "油锅着火了"}, authorization="Bearer nonsense").status_code == 401


def test_the_description_names_what_comes_back(client):
    described = client.get("/api/v1/openapi.json").json()
    answer = described["components"]["schemas"]["AnswerOut"]
    assert {"id", "kind", "choices", "may_leave", "citations", "calls"} <= set(answer["required"])
    ask = described["paths"][ASK]["post"]
    assert {"200", "400", "401", "403", "429"} <= set(ask["responses"])
    assert ask["security"][0] == {"KeyAuth": []}


def test_a_conversation_on_the_page_goes_on_from_the_stored_one(at, client):
    answer = asking.ask(question="油锅着火了", channel=Channel.PAGE, by=None, now=at("10:00"))
    html = client.get(f"/chat/conversations/{answer.conversation}/").content.decode()
    assert f'name="conversation" value="{answer.conversation}"' in html
    assert 'href="tel:119"' in html


def test_who_writes_without_end_is_stopped_and_others_are_not(client, asked, monkeypatch):
    monkeypatch.setattr(limits, "MESSAGES_PER_ADDRESS", 3)
    left = post(client, "/api/v1/chat/tickets", {"question": "找谁修"}).json()
    url = f"/api/v1/chat/tickets/{left['id']}/messages"
    codes = [post(client, url, {"id": str(uuid.uuid4()), "text": "在吗"}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    assert client.post(f"/chat/tickets/{left['id']}/say/", {"text": "在吗"}).status_code == 429
    elsewhere = {"path": f"/chat/tickets/{left['id']}/say/", "data": {"text": "在吗"}, "REMOTE_ADDR": "10.9.9.9"}
    assert client.post(**elsewhere).status_code == 302
    assert post(client, ASK, {"question": "油锅着火了"}).status_code == 200


def test_what_the_room_holds_of_a_user_is_shown_and_forgotten(client, person):
    client.force_login(person.user)
    asked = post(client, ASK, {"question": "油锅着火了"}).json()
    post(client, "/api/v1/chat/tickets", {"conversation": asked["conversation"], "contact": "a@b.cn"})
    held = personal.rows(person.user)
    assert [row["question"] for row in held["questions"]] == ["油锅着火了"]
    assert [(row["question"], row["contact"], row["state"]) for row in held["tickets"]] == [
        ("油锅着火了", "a@b.cn", "open")
    ]
    assert set(personal.LABELS) >= set(held) | {name for rows in held.values() for row in rows for name in row}
    assert personal.forget(user=person.user) == {"conversations": 1}
    assert (Conversation.objects.count(), Ticket.objects.count()) == (0, 0)
