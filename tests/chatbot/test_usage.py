"""How articles do as answers, in the editors' list and on a page of its own."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from chatbot.models import Turn
from chatbot.queries import usage
from kb.usage import UNUSED, Use, use_of_articles

pytestmark = pytest.mark.django_db
PAGE = "/admin/article-use/"


@pytest.fixture
def asked(make_turn, at):
    """Four answers from two articles, one of them long ago, and a question without one."""
    fields = {"kind": "answer", "confidence": 0.95, "article": "ladder"}
    make_turn("梯子", helped=True, **fields)
    make_turn("梯子歪了", helped=False, complaint="wrong", asked_at=at("10:05"), **fields)
    make_turn("着火", kind="danger", confidence=None, article="oil-pan-fire", helped=False, asked_at=at("10:06"))
    make_turn("梯子老了", asked_at=at("10:00") - timedelta(days=40), **fields)
    make_turn("别的")


def test_the_use_of_articles_takes_one_query(asked, at, django_assert_num_queries):
    since = at("00:00")
    with django_assert_num_queries(1):
        found = usage.use_of(since=since)
    assert found == {"ladder": Use(2, 1, 1, 0, {"wrong": 1}), "oil-pan-fire": Use(1, 0, 1, 1, {})}
    assert usage.use_of(since=since, until=at("10:06"), slugs=["oil-pan-fire"]) == {}
    assert use_of_articles(since=since, slugs=["ladder"]) == {"ladder": found["ladder"]}
    assert usage.use_of(since=since - timedelta(days=60))["ladder"].shown == 3


def test_shares_are_of_what_was_judged_and_shown():
    assert (Use(4, 1, 2, 1).helpful, Use(4, 1, 2, 1).danger_share) == (1 / 3, 0.25)
    assert (UNUSED.helpful, UNUSED.danger_share) == (None, 0.0)


def test_without_anybody_who_answers_nothing_was_used(asked, at, settings):
    settings.KB_ARTICLE_USE = ""
    assert use_of_articles(since=at("00:00")) == {}


def test_days_are_local(make_turn, at):
    make_turn(asked_at=at("15:59"))
    make_turn(asked_at=at("16:00"))  # midnight
    make_turn(asked_at=at("40:00"))  # the next midnight
    found = usage.by_day(since=date(2026, 11, 23), days=2)
    assert found == [(date(2026, 11, 23), 1), (date(2026, 11, 24), 1)]


def test_what_was_never_shown_is_told(asked, make_article, at):
    make_article("ladder")
    make_article("rope", title="绳子怎么系")
    make_article("draft", live=False)
    assert usage.never_shown(usage.use_of(since=at("00:00"))) == [("rope", "绳子怎么系")]


def test_the_page_shows_charts_and_figures_in_the_order_asked_for(browser, asked, make_article):
    make_article("ladder", title="梯子怎么放")
    make_article("oil-pan-fire", title="油锅起火")
    Turn.objects.filter(question__in=["梯子", "梯子歪了", "着火"]).update(asked_at=timezone.now())
    reply = browser.get(PAGE, {"days": "7"})
    assert [row[0] for row in reply.context["rows"]] == ["ladder", "oil-pan-fire"]
    assert reply.context["total"] == Use(3, 1, 2, 1)
    assert [bar.count for bar in reply.context["days"]][-1] == 3
    assert len(reply.context["days"]) == 7
    text = reply.content.decode()
    assert ("<svg" in text, "梯子怎么放" in text) == (True, True)
    by_danger = browser.get(PAGE, {"days": "7", "order": "danger"}).context["rows"]
    assert [row[0] for row in by_danger] == ["oil-pan-fire", "ladder"]
    least = browser.get(PAGE, {"days": "7", "order": "helpful"}).context["rows"]
    assert [row[0] for row in least] == ["oil-pan-fire", "ladder"]


@pytest.mark.parametrize("asking", [{"days": "8"}, {"order": "name"}])
def test_other_times_and_orders_are_refused(browser, asking):
    assert browser.get(PAGE, asking).status_code == 400


def test_the_editors_list_shows_it_with_one_more_query(browser, asked, make_article, django_assert_num_queries):
    def count_queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            text = browser.get("/admin/snippets/kb/article/").content.decode()
        return len([query for query in queries if "chatbot_turn" in query["sql"]]), text

    make_article("ladder")
    Turn.objects.filter(article="ladder").update(asked_at=timezone.now())
    one, text = count_queries()
    assert "1 / 2" in text
    make_article("rope")
    make_article("other")
    three, _text = count_queries()
    assert (one, three) == (1, 1)
