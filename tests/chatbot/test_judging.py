"""What whoever asked says of an answer: on the API, and without scripts."""

import uuid

import pytest

from chatbot.actions import asking, judging
from chatbot.enums import Channel
from chatbot.models import Turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(at):
    """An answer that nobody was logged in for."""
    return asking.ask(question="油锅着火了", channel=Channel.PAGE, by=None, now=at("10:00"))


def said(answer, at, helped, complaint="", by=None):
    about = {"turn": uuid.UUID(answer.turn), "conversation": uuid.UUID(answer.conversation)}
    return judging.judge(**about, helped=helped, complaint=complaint, by=by, now=at("10:05"))


def kept() -> tuple:
    return Turn.objects.values_list("helped", "complaint").get()


def test_it_is_kept_changed_and_taken_back(asked, at):
    said(asked, at, False, "wrong")
    assert kept() == (False, "wrong")
    said(asked, at, True, "wrong")
    assert kept() == (True, "")
    said(asked, at, None)
    assert kept() == (None, "")


def test_only_who_asked_says_it(asked, person, at):
    with pytest.raises(judging.NotYours):
        said(asked, at, True, by=person.user)
    own = asking.ask(question="油锅着火了", channel=Channel.PAGE, by=person.user, now=at("10:00"))
    with pytest.raises(judging.NotYours):
        said(own, at, True)
    other = {"turn": uuid.UUID(asked.turn), "conversation": uuid.UUID(own.conversation)}
    with pytest.raises(judging.NotYours):
        judging.judge(**other, helped=True, by=None, now=at("10:05"))
    assert not Turn.objects.exclude(helped=None).exists()


def test_a_reason_that_is_none_of_ours_is_refused(asked, at):
    with pytest.raises(ValueError, match="boring"):
        said(asked, at, False, "boring")
    assert kept() == (None, "")


def test_the_api_keeps_it_and_refuses_another_conversation(asked, client):
    url = f"/api/v1/chat/answers/{asked.turn}/judgement"
    body = {"conversation": asked.conversation, "helped": False, "complaint": "unclear"}
    reply = client.post(url, body, content_type="application/json")
    assert (reply.status_code, reply.json()) == (200, {"helped": False, "complaint": "unclear"})
    strange = client.post(url, body | {"conversation": str(uuid.uuid4())}, content_type="application/json")
    assert (strange.status_code, strange.json()["code"]) == (404, "not_found")
    assert client.post(url, body | {"complaint": "boring"}, content_type="application/json").status_code == 422


def test_without_scripts_a_form_says_it_and_the_page_shows_it(asked, client):
    about = {"turn": asked.turn, "helped": "no", "complaint": "partly"}
    reply = client.post(f"/chat/conversations/{asked.conversation}/judge/", about, follow=True)
    assert kept() == (False, "partly")
    assert '<option value="partly" selected>' in reply.content.decode()
    assert client.post(f"/chat/conversations/{uuid.uuid4()}/judge/", about).status_code == 404
