"""What is withdrawn is not answered from the moment its transaction commits, whatever an index still holds."""

import dataclasses

import pytest
from django.db import transaction

from kb import queries, retrieval, sources
from kb.actions import indexing
from kb.index import store
from kb.models import Article, ArticleQuestion, Withdrawal

from ._process import hear, running, tell

QUESTION = "鱼缸漏水怎么办"


def found(question: str = QUESTION) -> list[str]:
    return [hit.document.id for hit in retrieval.search(question).hits]


@pytest.fixture
def indexed(index, make_article, at):
    """Three articles, indexed, and a process that holds the index."""
    articles = [make_article()]
    articles += [make_article(slug=slug, title=title, questions=[title]) for slug, title in OTHERS]
    indexing.build(now=at("10:00"))
    assert found()[0] == "fish-tank"
    return articles


OTHERS = (("fish-pond", "鱼塘漏水怎么办"), ("window", "窗户关不上怎么办"))


@pytest.mark.parametrize(
    "take_away",
    [
        lambda article: article.unpublish(),
        lambda article: Article.objects.filter(pk=article.pk).delete(),
        lambda article: Article.objects.filter(pk=article.pk).first().delete(),
    ],
    ids=["unpublished", "deleted among others", "deleted"],
)
def test_what_is_taken_away_is_not_found_before_any_build(indexed, take_away):
    version = store.current()
    take_away(indexed[0])
    assert store.current() == version
    assert retrieval.current_snapshot().by_id["fish-tank"]
    assert retrieval.get("fish-tank") is None
    assert found() == ["fish-pond", "window"]


def test_what_is_withdrawn_takes_nobodys_place(indexed):
    indexed[0].unpublish()
    best = retrieval.search(QUESTION, limit=1)
    assert [hit.document.id for hit in best.hits] == ["fish-pond"]
    assert best.hits[0].score > 0


def test_an_article_at_another_address_is_not_answered_at_the_old_one(indexed, at):
    indexed[0].slug = "aquarium"
    indexed[0].save()
    assert "fish-tank" not in found()
    indexing.build(now=at("10:01"))
    assert found()[0] == "aquarium"
    assert retrieval.get("fish-tank") is None


def test_what_is_published_again_is_answered_in_its_new_words_only(indexed, at):
    article = indexed[0]
    article.unpublish()
    article.body = "## 马上这样做\n1. 拔掉插头。"
    article.live = True
    article.save()
    assert "fish-tank" not in found()
    indexing.build(now=at("10:01"))
    assert retrieval.search(QUESTION).hits[0].document.steps == ("拔掉插头。",)


def test_what_is_published_again_in_the_same_words_is_answered_again(indexed, at):
    indexed[0].unpublish()
    indexed[0].live = True
    indexed[0].save()
    assert "fish-tank" not in found()
    indexing.build(now=at("10:01"))
    assert found()[0] == "fish-tank"


def test_what_is_withdrawn_while_a_build_reads_stays_withdrawn(indexed, at, monkeypatch):
    read = sources.documents

    def read_and_meanwhile_one_is_unpublished():
        documents = read()
        monkeypatch.setattr(sources, "documents", read)
        indexed[0].unpublish()
        return documents

    indexed[1].save()
    indexing.mark_stale(now=at("10:01"))
    monkeypatch.setattr(sources, "documents", read_and_meanwhile_one_is_unpublished)
    indexing.build(now=at("10:01"), whole=True)
    assert retrieval.current_snapshot().by_id["fish-tank"]
    assert "fish-tank" not in found()


def test_an_older_version_brings_nothing_back_that_was_withdrawn(indexed, at):
    indexed[0].unpublish()
    indexing.build(now=at("10:01"))
    indexing.roll_back(now=at("10:02"))
    assert retrieval.current_snapshot().by_id["fish-tank"]
    assert retrieval.get("fish-tank") is None
    assert found() == ["fish-pond", "window"]


def test_what_is_rolled_back_is_still_answered(indexed):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        indexed[0].unpublish()
        raise ZeroDivisionError
    assert found()[0] == "fish-tank"


def test_a_draft_and_a_saved_article_withdraw_nothing(indexed, make_article):
    make_article(slug="draft", live=False)
    indexed[0].title = "鱼缸漏水了"
    indexed[0].save()
    assert Withdrawal.objects.count() == 0
    assert found()[0] == "fish-tank"


def test_a_document_of_another_source_is_withdrawn_by_its_owner(index, make_article, at, settings, monkeypatch):
    make_article()
    notice = dataclasses.replace(next(sources.articles()), id="notice-1", questions=("水族箱破了怎么办",))
    monkeypatch.setattr(sources, "notices", lambda: [notice], raising=False)
    settings.KB_SOURCES = ["kb.sources.articles", "kb.sources.notices"]
    indexing.build(now=at("10:00"))
    assert found("水族箱破了怎么办")[0] == "notice-1"
    indexing.withdraw(documents=["notice-1"], now=at("10:01"))
    assert found("水族箱破了怎么办") == ["fish-tank"]
    assert queries.index_needed() is True


def test_each_withdrawal_has_a_higher_number_and_a_document_one_row(db, at):
    for documents in (["a", "b"], ["a"], ["c", "c"]):
        indexing.withdraw(documents=documents, now=at("10:00"))
    assert dict(Withdrawal.objects.values_list("document", "number")) == {"a": 2, "b": 1, "c": 3}
    assert [queries.withdrawn_since(number) for number in (0, 1, 2, 3)] == [{"a", "b", "c"}, {"a", "c"}, {"c"}, set()]


ASKED_BY_LINE = """
from kb import retrieval
while asked := input():
    print(*[hit.document.id for hit in retrieval.search(asked).hits], flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_another_process_that_loaded_the_index_before_does_not_answer_it_either(indexed):
    with running(ASKED_BY_LINE) as process:
        tell(process, QUESTION)
        assert hear(process).split()[0] == "fish-tank"
        indexed[0].unpublish()
        tell(process, QUESTION)
        assert hear(process).split() == ["fish-pond", "window"]


def test_a_question_variant_that_was_taken_out_leaves_with_the_next_build(indexed, at):
    indexed[0].questions = [ArticleQuestion(text="水族箱破了怎么办")]
    indexed[0].save()
    indexing.build(now=at("10:01"))
    assert retrieval.get("fish-tank").questions == ("水族箱破了怎么办",)
