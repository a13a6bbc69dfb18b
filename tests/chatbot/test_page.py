"""The chat page without scripts."""

import re

import pytest
from django.test import Client

from chatbot.models import Turn

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    """Return the page's main part without tags, blanks collapsed."""
    main = response.content.decode().split('<div id="chat"')[1].split("<form")[0]
    return " ".join(re.sub("<[^>]+>", " ", main.partition(">")[2]).split())


def test_the_page_carries_what_the_script_needs(client):
    html = client.get("/chat/").content.decode()
    assert re.search(r'<div id="chat"[^>]* data-socket-url="/ws/chat/" data-api-url="/api/v1/chat/">', html)
    assert '<ol class="chat-log" aria-live="polite"' in html
    assert len(re.findall(r"<button[^>]* data-ask>", html)) == 4
    assert html.count('name="question"') == 5
    assert Turn.objects.count() == 0


def test_a_posted_question_is_answered_in_the_page(client):
    response = client.post("/chat/", {"question": "锅里油着火怎么办"})
    assert "锅里油着火怎么办" in text_of(response)
    assert re.search("关火。 盖上锅盖。 等锅凉。 .*灭不掉就离开。", text_of(response))
    html = response.content.decode()
    assert '<li class="chat-turn chat-turn--bot chat-danger">' in html
    assert html.index('href="tel:119"') < html.index("盖上锅盖")
    assert '<a href="/kb/oil-pan-fire/?p=1#p1">油锅起火怎么办</a>' in html


def test_a_question_in_the_address_is_answered_too(client):
    assert "盖上锅盖" in text_of(client.get("/chat/", {"question": "油锅着火了"}))


def test_the_conversation_goes_on_from_page_to_page(client):
    first = client.post("/chat/", {"question": "油锅着火了"}).context["answer"].conversation
    client.post("/chat/", {"question": "有人触电了", "conversation": first})
    assert [str(turn.conversation_id) for turn in Turn.objects.all()] == [first, first]


def test_markup_in_a_question_is_shown_as_text(client):
    html = client.post("/chat/", {"question": "<img src=x onerror=alert(1)>梯子"}).content.decode()
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;梯子" in html


def test_markup_in_an_article_is_cleaned(client, knowledge):
    from kb.sources import Passage

    from .conftest import article

    bad = article("bad", danger=False, title="<b>x</b>", passages=(Passage("a", "<script>alert(1)</script>好"),))
    knowledge.finds("answer", bad)
    html = client.post("/chat/", {"question": "梯子怎么放"}).content.decode().split('<div id="chat"')[1]
    assert "alert(1)" not in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


def test_an_endless_question_stays_in_the_field_with_the_reason(client):
    response = client.post("/chat/", {"question": "长" * 501})
    html = response.content.decode()
    assert (response.status_code, 'role="alert"' in html, f'value="{"长" * 501}"' in html) == (400, True, True)


def test_one_question_too_many_is_refused_and_stays_in_the_field(client):
    for _ in range(120):
        client.post("/chat/", {"question": "油锅着火了"})
    response = client.post("/chat/", {"question": "油锅着火了"})
    assert (response.status_code, 'value="油锅着火了"' in response.content.decode()) == (429, True)


def test_a_forged_post_from_elsewhere_is_refused():
    assert Client(enforce_csrf_checks=True).post("/chat/", {"question": "油锅着火了"}).status_code == 403


def test_the_answer_is_not_kept_by_caches(client):
    assert "no-store" in client.post("/chat/", {"question": "油锅着火了"})["Cache-Control"]
