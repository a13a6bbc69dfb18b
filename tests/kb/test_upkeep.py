"""What is due, what cites an ended law, what waits; and finding articles by words."""

from datetime import date

import pytest

from accounts.enums import Role
from exams.models import LegalSource
from kb import browsing, permissions, rules, upkeep
from kb.models import Article

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("reviewed", "due", "day"),
    [
        (date(2025, 3, 1), None, date(2026, 3, 1)),
        (date(2024, 2, 29), None, date(2025, 2, 28)),
        (date(2025, 3, 1), date(2025, 9, 1), date(2025, 9, 1)),
    ],
)
def test_a_review_is_due_on_its_day_or_after_a_year(reviewed, due, day):
    assert rules.review_day(reviewed=reviewed, due=due) == day


def test_only_live_articles_that_are_due_soon_are_listed(make_article):
    make_article(slug="late", reviewed=date(2025, 11, 23))
    make_article(slug="soon", reviewed=date(2025, 12, 24))
    make_article(slug="later", reviewed=date(2026, 6, 1))
    make_article(slug="draft", reviewed=date(2020, 1, 1), live=False)
    assert [(one.article.slug, one.overdue) for one in upkeep.due(TODAY)] == [("late", True), ("soon", False)]


@pytest.fixture
def laws(db):
    new = LegalSource.objects.create(code="new", name="新规", known_as="《安全新规》")
    LegalSource.objects.create(
        code="old",
        name="旧规",
        known_as="《安全旧规》",
        status="superseded",
        ended_on=date(2026, 6, 1),
        superseded_by=new,
    )


@pytest.mark.parametrize(
    ("source", "body", "found"),
    [
        ("《安全旧规》第3条", "1. 走", [("旧规", "新规", True)]),
        ("手册", "1. 按《安全旧规》走", [("旧规", "新规", False)]),
        ("《安全新规》", "《安全旧规》已废止", []),
        ("《安全新规》", "1. 走", []),
    ],
)
def test_an_article_that_names_an_ended_law_is_listed_with_what_follows_it(make_article, laws, source, body, found):
    make_article(source=source, body=body)
    said = [(one.law.name, one.successor, one.in_source) for one in upkeep.superseded(TODAY)]
    assert said == found


def test_without_a_register_nothing_is_superseded(make_article, laws, settings):
    settings.KB_LAW_REGISTER = ""
    make_article(source="《安全旧规》")
    assert upkeep.superseded(TODAY) == []


def test_the_page_and_its_tables_say_it(client, staff, make_article, laws):
    client.force_login(staff(Role.KNOWLEDGE_EXPERT))
    permissions.grant_permissions()
    make_article(source="《安全旧规》", reviewed=date(2020, 1, 1), title="=鱼缸")
    page = client.get("/admin/knowledge-review/").content.decode()
    assert "旧规" in page
    table = b"".join(client.get("/admin/knowledge-review/due.csv")).decode()
    assert "fish-tank,'=鱼缸," in table
    assert "2021-01-01" in table
    ended = b"".join(client.get("/admin/knowledge-review/superseded.csv")).decode()
    assert "旧规,2026-06-01,新规" in ended


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("鱼缸", ["fish-tank"]),
        ("魚缸漏水怎麼辦", ["fish-tank"]),
        ("鱼缸爆裂了", []),
        ("炉子", ["stove"]),
        ("断电", ["fish-tank"]),
        ("完全无关的话", []),
    ],
)
def test_words_find_articles_in_title_questions_and_text(make_article, words, found):
    make_article()
    make_article(slug="stove", title="炉子坏了", questions=["煤炉子灭了"], body="## 一\n1. 关火", topic="fire")
    make_article(slug="draft", live=False)
    assert [article.slug for article in browsing.browse(words=words).found] == found


def test_topics_are_counted_and_narrowed_by_audience(make_article):
    make_article(slug="a", topic="gas")
    make_article(slug="b", topic="fire", audience=["worker"])
    every, workers = browsing.browse(), browsing.browse(audience="worker")
    assert [(topic.value, count) for topic, count in every.counts] == [("fire", 1), ("gas", 1)]
    assert [(topic.value, count) for topic, count in workers.counts] == [("fire", 1)]
    assert [topic.value for topic, _some in browsing.browse(topic="gas").topics] == ["gas"]


def test_a_citation_marks_its_passage_and_no_other(client, make_article):
    make_article()
    page = client.get("/kb/fish-tank/?p=2").content.decode()
    assert page.count("passage--cited") == 1
    assert 'passage--cited" id="p2"' in page
    for odd in ("", "?p=9", "?p=-1", "?p=²", "?p=99999999999"):
        assert "passage--cited" not in client.get(f"/kb/fish-tank/{odd}").content.decode()


def test_a_shared_link_shows_title_and_first_steps(client, make_article, settings):
    make_article()
    page = client.get("/kb/fish-tank/?p=2").content.decode()
    assert '<meta property="og:description" content="先断电。 再擦水。">' in page
    assert f'<link rel="canonical" href="{settings.BASE_URL}/kb/fish-tank/">' in page
    assert 'src="data:image/svg+xml' in page


def test_only_staff_are_told_that_a_review_is_overdue(client, make_article, staff):
    make_article(reviewed=date(2020, 1, 1))
    assert "2021-01-01" not in client.get("/kb/fish-tank/").content.decode()
    client.force_login(staff(Role.KNOWLEDGE_EDITOR))
    assert "2021-01-01" in client.get("/kb/fish-tank/").content.decode()
    assert Article.objects.count() == 1
