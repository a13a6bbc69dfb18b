"""The JSON API: what it answers and what it refuses."""

import uuid

import pytest
from django.test import Client
from django.utils.translation import gettext as _

from chatbot.models import Turn
from chatbot.rules import composing

from .conftest import LADDER, OIL

pytestmark = pytest.mark.django_db

URL = "/api/v1/chat/ask"
TOO_MANY = {
    "code": "too_many",
    "message": _("Too many questions. Wait a minute and ask again."),
    "reasons": [],
}


def post(client, body, **headers):
    return client.post(URL, body, content_type="application/json", headers=headers)


def test_an_emergency_is_answered_with_number_text_and_source(client):
    body = post(client, {"question": "锅里油着火怎么办"}).json()
    assert uuid.UUID(body.pop("conversation"))
    assert uuid.UUID(body.pop("id"))
    assert body == {
        "kind": "danger",
        "text": composing.danger(OIL).text,
        "citations": [
            {
                "title": "油锅起火怎么办",
                "source": "国家消防救援局家庭火灾科普提示",
                "date": "2024",
                "url": "/kb/oil-pan-fire/?p=1#p1",
            }
        ],
        "calls": ["119"],
        "choices": [],
        "may_leave": False,
    }


def test_it_needs_no_csrf_token(client):
    assert post(Client(enforce_csrf_checks=True), {"question": "油锅着火了"}).status_code == 200


def test_a_conversation_goes_on(client):
    first = post(client, {"question": "油锅着火了"}).json()["conversation"]
    assert post(client, {"question": "有人触电了", "conversation": first}).json()["conversation"] == first


def test_a_logged_in_visitor_has_a_conversation_of_his_own(client, person):
    client.force_login(person.user)
    post(client, {"question": "油锅着火了"})
    assert Turn.objects.get().conversation.started_by == person.user


@pytest.mark.parametrize("question", ["", "长" * 501])
def test_an_empty_or_endless_question_is_400_with_a_word_why(client, question):
    response = post(client, {"question": question})
    assert (response.status_code, list(response.json())) == (400, ["code", "message", "reasons"])


@pytest.mark.parametrize(
    "body", [{}, {"question": 7}, {"question": None}, {"question": "a", "conversation": "not-a-uuid"}, []]
)
def test_a_body_of_another_form_is_422(client, body):
    assert post(client, body).status_code == 422


def test_what_is_not_json_is_400(client):
    assert client.post(URL, b"{", content_type="application/json").status_code == 400


def test_one_question_too_many_in_a_minute_is_429_and_others_are_served(client, knowledge):
    knowledge.finds("answer", LADDER)
    codes = [post(client, {"question": "梯子怎么放"}).status_code for _ in range(121)]
    assert codes == [200] * 120 + [429]
    assert post(client, {"question": "梯子怎么放"}).json() == TOO_MANY
    other = client.post(URL, {"question": "梯子"}, content_type="application/json", REMOTE_ADDR="10.9.9.9")
    assert other.status_code == 200


def test_a_forged_forwarding_header_does_not_give_a_new_count(client):
    codes = {post(client, {"question": "油锅着火了"}, x_forwarded_for=f"1.2.3.{n}").status_code for n in range(120)}
    assert codes == {200}
    assert post(client, {"question": "油锅着火了"}, x_forwarded_for="9.9.9.9").status_code == 429
