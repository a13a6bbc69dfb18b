"""The list, an article, and the admin of articles."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import roles
from accounts.enums import Role
from kb import browsing, permissions
from kb.models import Article


def article_queries(client, path):
    """Return how many statements about articles ``path`` makes."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return sum("kb_" in query["sql"] for query in captured)


def test_an_article_shows_its_steps_numbers_source_and_dates(client, make_article):
    make_article(danger=True, source_url="https://www.mem.gov.cn", source_date="2024-05")
    page = client.get("/kb/fish-tank/").content.decode()
    assert "<h1>鱼缸裂了怎么办</h1>" in page
    assert page.index('href="tel:119"') < page.index('href="tel:120"') < page.index("<li>先断电。</li>")
    assert page.index("<h2>马上这样做</h2>") < page.index("<h2>不要做</h2>")
    assert page.count("button--main") == 1
    assert '<a href="https://www.mem.gov.cn" rel="noopener external">家庭用电安全提示</a> (2024-05)' in page
    assert '<time datetime="2026-11-23">2026-11-23</time>' in page
    assert 'href="/chat/"' in page


def test_an_article_without_numbers_shows_none(client, make_article):
    make_article(calls="")
    assert "tel:" not in client.get("/kb/fish-tank/").content.decode()


def test_html_in_an_article_is_not_run(client, make_article):
    make_article(title="<script>alert(1)</script>", body="## <b>一</b>\n<img src=x onerror=alert(1)>好")
    page = client.get("/kb/fish-tank/").content.decode()
    assert "<script>alert" not in page
    assert "onerror" not in page
    assert "<h2>&lt;b&gt;一&lt;/b&gt;</h2>" in page


@pytest.mark.parametrize("live", [True, False])
def test_only_a_live_article_is_shown(client, make_article, live):
    make_article(live=live)
    assert client.get("/kb/fish-tank/").status_code == (200 if live else 404)


def test_an_unknown_address_is_not_found(client, db):
    assert client.get("/kb/no-such-article/").status_code == 404


def test_the_list_groups_live_articles_by_topic_in_the_topics_order(make_article):
    make_article(slug="gas-b", topic="gas")
    make_article(slug="fire-a", topic="fire")
    make_article(slug="gas-a", topic="gas")
    make_article(slug="hidden", topic="water", live=False)
    found = [(topic.value, [each.slug for each in articles]) for topic, articles in browsing.browse().topics]
    assert found == [("fire", ["fire-a"]), ("gas", ["gas-a", "gas-b"])]


def test_the_list_links_to_each_article(client, make_article):
    make_article()
    assert 'href="/kb/fish-tank/"' in client.get("/kb/").content.decode()


def test_an_empty_list_says_what_to_do(client, db):
    assert 'class="empty"' in client.get("/kb/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_reads_articles_with_one_query(client, make_article, rows):
    for number in range(rows):
        make_article(slug=f"article-{number}")
    client.get("/kb/")
    assert article_queries(client, "/kb/") == 1


def test_an_article_page_reads_article_and_related_with_two_queries(client, make_article):
    make_article()
    client.get("/kb/fish-tank/")
    assert article_queries(client, "/kb/fish-tank/") == 2


@pytest.fixture
def editor(client, staff):
    user = staff(Role.KNOWLEDGE_EDITOR)
    permissions.grant_permissions()
    client.force_login(user)
    return user


def form(article, **changes):
    """Return what the editor's form sends for ``article``."""
    names = ("title", "slug", "topic", "body", "calls", "source", "source_date", "source_url")
    inline = {
        "questions-TOTAL_FORMS": "1", "questions-INITIAL_FORMS": "0", "questions-MIN_NUM_FORMS": "0",
        "questions-MAX_NUM_FORMS": "1000", "questions-0-text": "鱼缸爆了怎么办", "questions-0-ORDER": "1",
        "questions-0-id": "", "questions-0-DELETE": "", "audience": "public", "related-TOTAL_FORMS": "0",
        "related-INITIAL_FORMS": "0", "related-MIN_NUM_FORMS": "0", "related-MAX_NUM_FORMS": "1000",
    }  # fmt: skip
    return {name: getattr(article, name) for name in names} | {"reviewed": "2026-11-23"} | inline | changes


def test_a_knowledge_editor_saves_a_draft_in_the_admin(client, editor, make_article):
    make_article(live=False, questions=[])
    article = Article.objects.get()
    path = reverse(article.snippet_viewset.get_url_name("edit"), args=[article.pk])
    assert client.get(path).status_code == 200
    assert client.post(path, form(article, title="鱼缸爆了怎么办", audience="public")).status_code == 302
    draft = Article.objects.get().get_latest_revision_as_object()
    assert (draft.title, draft.live) == ("鱼缸爆了怎么办", False)
    assert [question.text for question in draft.questions.all()] == ["鱼缸爆了怎么办"]


@pytest.mark.parametrize(("field", "value"), [("calls", "one"), ("source_date", "2024-13"), ("slug", "鱼缸")])
def test_a_wrong_field_is_refused_in_the_admin(client, editor, make_article, field, value):
    make_article()
    article = Article.objects.get()
    path = reverse(article.snippet_viewset.get_url_name("edit"), args=[article.pk])
    response = client.post(path, form(article, **{field: value}))
    assert list(response.context["form"].errors) == [field]


def test_the_admin_list_searches_chinese_and_filters_by_topic(client, editor, make_article):
    make_article()
    make_article(slug="stove", title="炉子坏了怎么办", topic="fire", body="## 一\n关火")
    path = reverse(Article.snippet_viewset.get_url_name("list"))
    for query, shown in (("?q=鱼缸", "鱼缸裂了怎么办"), ("?topic=fire", "炉子坏了怎么办")):
        page = client.get(path + query).content.decode()
        assert [title in page for title in ("鱼缸裂了怎么办", "炉子坏了怎么办")].count(True) == 1
        assert shown in page


def test_a_preview_shows_the_article(client, editor, make_article):
    article = make_article()
    path = reverse(article.snippet_viewset.get_url_name("preview_on_edit"), args=[article.pk])
    client.post(path, form(article, title="预览的标题"))
    assert "<h1>预览的标题</h1>" in client.get(path, {"mode": ""}).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.KNOWLEDGE_EDITOR])
def test_no_other_role_edits_articles(client, staff, make_article, role):
    client.force_login(staff(role))
    permissions.grant_permissions()
    article = make_article()
    path = reverse(article.snippet_viewset.get_url_name("edit"), args=[article.pk])
    assert client.get(path).status_code == 302
    assert client.post(path, form(article, title="改")).status_code == 302
    assert Article.objects.get().title == "鱼缸裂了怎么办"


def test_the_role_has_exactly_its_permissions(db):
    roles.ensure_roles()
    permissions.grant_permissions()
    group = roles.Group.objects.get(name=Role.KNOWLEDGE_EDITOR.value)
    held = {f"{each.content_type.app_label}.{each.codename}" for each in group.permissions.all()}
    assert held == {*permissions.knowledge_editor(), "wagtailadmin.access_admin"}
