"""Loading articles from files, without undoing what editors did."""

import pytest

from kb.actions import seeding
from kb.models import Article, ArticleQuestion
from tests.kb.conftest import CONTENT

FILE = """---
slug: fish-tank
title: 鱼缸裂了怎么办
topic: electricity
questions:
  - 鱼缸裂了怎么办
  - 鱼缸漏水先断电吗
calls: ["119"]
danger: true
source: 家庭用电安全提示
source_date: 2024-05
source_url: ""
reviewed: 2026-11-23
---
## 马上这样做
1. 先断电。
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "electricity").mkdir()
    (tmp_path / "electricity" / "fish-tank.md").write_text(FILE, encoding="utf-8")
    return tmp_path


def rewrite(folder, old, new):
    path = folder / "electricity" / "fish-tank.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.fixture
def load(folder, db, at):
    return lambda: seeding.load_articles(folder=folder, by=None, now=at("08:00"))


def test_a_file_becomes_a_live_article_with_its_questions(load, at):
    assert load() == 1
    article = Article.objects.get()
    assert (article.slug, article.title, article.topic, article.calls) == (
        "fish-tank", "鱼缸裂了怎么办", "electricity", "119",
    )  # fmt: skip
    assert (article.live, article.danger, article.source_date) == (True, True, "2024-05")
    assert article.first_published_at == at("08:00")
    assert [question.text for question in article.questions.all()] == ["鱼缸裂了怎么办", "鱼缸漏水先断电吗"]


def test_loading_again_changes_nothing(load):
    load()
    assert load() == 0
    assert (Article.objects.count(), ArticleQuestion.objects.count()) == (1, 2)


def test_a_changed_file_refreshes_an_untouched_article(load, folder):
    load()
    rewrite(folder, "  - 鱼缸漏水先断电吗\n", "")
    rewrite(folder, "先断电", "先拉闸")
    assert load() == 1
    article = Article.objects.get()
    assert article.body == "## 马上这样做\n1. 先拉闸。"
    assert [question.text for question in article.questions.all()] == ["鱼缸裂了怎么办"]
    assert load() == 0


def test_an_article_edited_in_the_admin_is_left_alone(load, folder):
    load()
    article = Article.objects.get()
    article.title = "鱼缸破了怎么办"
    article.save_revision().publish()
    rewrite(folder, "先断电", "先拉闸")
    assert load() == 0
    assert Article.objects.get().title == "鱼缸破了怎么办"


def test_an_article_with_an_edited_question_is_left_alone(load, folder):
    load()
    article = Article.objects.get()
    article.questions = [ArticleQuestion(text="鱼缸爆了")]
    article.save_revision().publish()
    rewrite(folder, "先断电", "先拉闸")
    assert load() == 0


def test_an_unpublished_article_stays_unpublished(load, folder):
    load()
    Article.objects.get().unpublish()
    rewrite(folder, "先断电", "先拉闸")
    assert load() == 0
    assert Article.objects.get().live is False


def test_an_article_with_a_draft_is_left_alone(load, folder):
    load()
    article = Article.objects.get()
    article.title = "草稿"
    article.save_revision()
    rewrite(folder, "先断电", "先拉闸")
    assert load() == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("topic: electricity", "topic: cooking"),
        ("source_date: 2024-05", "source_date: 2024-13"),
        ('calls: ["119"]', 'calls: ["one"]'),
        ("title: 鱼缸裂了怎么办\n", ""),
        ("slug: fish-tank", "slug: 鱼缸"),
        ("reviewed: 2026-11-23", "reviewed: soon"),
        ("questions:", "asked:"),
        ("danger: true", "dangerous: true"),
        ("---\n", ""),
        ("danger: true", "danger: [true"),
    ],
)
def test_a_file_that_is_no_article_is_named_and_nothing_is_written(load, folder, old, new):
    (folder / "a.md").write_text(FILE.replace("fish-tank", "first"), encoding="utf-8")
    rewrite(folder, old, new)
    with pytest.raises(seeding.InvalidArticle, match=r"fish-tank\.md"):
        load()
    assert Article.objects.count() == 0


def test_every_article_of_the_house_is_valid_and_has_what_readers_need(documents):
    assert len(documents) == len(list(CONTENT.rglob("*.md")))
    assert [each.id for each in documents if not each.steps] == []
    assert [each.id for each in documents if not 6 <= len(each.questions) <= 18] == []


def test_no_question_stands_in_two_articles(documents):
    asked = [question for each in documents for question in each.questions]
    assert sorted(question for question in set(asked) if asked.count(question) > 1) == []
