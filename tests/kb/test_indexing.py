"""Changed articles mark the index, a build picks the mark up, and nothing is lost on the way."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from kombu.exceptions import OperationalError

from kb import queries, retrieval, tasks
from kb.actions import indexing
from kb.enums import Decision
from kb.evaluation import trials
from kb.index import store
from kb.models import Article, IndexState
from kb.sources import DuplicateDocument, documents

QUESTION = "鱼缸漏水怎么办"


@pytest.fixture
def nudges(monkeypatch):
    """The nudges that were sent."""
    sent = []
    monkeypatch.setattr(tasks.build_stale_index, "apply_async", lambda **options: sent.append(options))
    return sent


@pytest.fixture
def no_training(monkeypatch):
    """Fail where a build trains."""

    def fail(*args, **kwargs):
        pytest.fail("a build trained the encoder")

    monkeypatch.setattr(indexing.training, "train", fail)
    monkeypatch.setattr(trials, "run", fail)


def test_a_published_article_is_answered_after_the_next_build_without_training(index, make_article, at, no_training):
    assert retrieval.search(QUESTION).decision is Decision.UNKNOWN
    make_article()
    assert queries.index_needed() is True
    indexing.build_while_stale(now=at("10:00"))
    found = retrieval.search(QUESTION)
    assert (found.decision, found.hits[0].document.id) == (Decision.ANSWER, "fish-tank")
    assert queries.index_needed() is False
    assert IndexState.objects.values_list("built_version", "built_at").get() == (store.current(), at("10:00"))


def test_saving_publishing_unpublishing_and_deleting_each_mark_the_index(index, make_article, at):
    article = make_article()
    changes = [
        lambda: article.save_revision().publish(),
        article.save,
        article.unpublish,
        article.delete,
    ]
    for change in changes:
        IndexState.objects.update(needed_at=None)
        change()
        assert queries.index_needed() is True


def test_an_unpublished_article_is_no_longer_found(index, make_article, at):
    article = make_article()
    indexing.build(now=at("10:00"))
    assert retrieval.get("fish-tank") is not None
    article.unpublish()
    indexing.build(now=at("10:01"))
    assert retrieval.get("fish-tank") is None


def test_a_draft_is_not_indexed(index, make_article):
    make_article(live=False)
    make_article(slug="other")
    assert [document.id for document in documents()] == ["other"]


def test_the_first_mark_nudges_once_and_only_after_commit(db, nudges, at, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            indexing.mark_stale(now=at("10:00"))
        assert nudges == []
    assert nudges == [{"retry": False}]


def test_a_dead_broker_does_not_fail_the_save(make_article, monkeypatch, django_capture_on_commit_callbacks):
    def refuse(**options):
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.build_stale_index, "apply_async", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        make_article()
    assert Article.objects.count() == 1
    assert queries.index_needed() is True


def test_a_change_while_a_build_runs_stays_marked(index, make_article, at, monkeypatch):
    make_article()
    write = store.write

    def write_and_meanwhile_somebody_publishes(snapshot, *, now):
        monkeypatch.setattr(store, "write", write)
        indexing.mark_stale(now=at("10:05"))
        return write(snapshot, now=now)

    monkeypatch.setattr(store, "write", write_and_meanwhile_somebody_publishes)
    indexing.build(now=at("10:00"))
    assert IndexState.objects.get().needed_at == at("10:05")
    indexing.build_while_stale(now=at("10:06"))
    assert queries.index_needed() is False


def test_a_mark_without_a_change_builds_no_new_version(index, make_article, at):
    make_article()
    first = indexing.build(now=at("10:00"))
    indexing.mark_stale(now=at("10:01"))
    assert indexing.build(now=at("10:02")) == first
    assert queries.index_needed() is False


def test_the_sweep_with_nothing_to_do_asks_one_question(index, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        tasks.build_stale_index()


def test_the_sweep_leaves_a_running_build_alone(index, make_article, at):
    make_article()
    with store.writer(wait=True):
        indexing.build_while_stale(now=at("10:00"))
    assert queries.index_needed() is True


def test_a_failed_build_leaves_the_mark_and_the_old_index(index, make_article, at, monkeypatch):
    make_article()
    first = store.current()
    monkeypatch.setattr(store, "read", lambda version, **options: (_ for _ in ()).throw(store.IndexDamaged(version)))
    monkeypatch.setattr(indexing, "_snapshot", lambda *args: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        indexing.build(now=at("10:00"))
    assert store.current() == first
    assert queries.index_needed() is True


def test_no_articles_and_no_index_build_nothing(fresh, db, at):
    assert indexing.build(now=at("10:00")) == ""
    assert store.versions() == []


def test_articles_that_outgrew_the_encoder_train_a_new_one(fresh, make_article, at, monkeypatch):
    monkeypatch.setattr(trials, "FOLDS", 1)
    make_article()
    indexing.build(now=at("10:00"))
    first = store.read(store.current())
    make_article(slug="second", title="窗户关不上怎么办", questions=["窗户关不上怎么办"])
    indexing.build(now=at("10:01"))
    second = store.read(store.current())
    assert (first.trained_on, second.trained_on) == (1, 2)
    assert first.encoder.id != second.encoder.id


def test_rolling_back_points_to_the_version_before(index, make_article, at):
    first = store.current()
    make_article()
    second = indexing.build(now=at("10:00"))
    call_command("rollback_index")
    assert (store.current(), store.versions()) == (first, [second, first])
    assert retrieval.get("oil-pan-fire") is not None


def test_rolling_back_the_only_version_is_refused(index, db):
    with pytest.raises(CommandError):
        call_command("rollback_index")


def test_build_index_if_stale_does_nothing_when_up_to_date(index, make_article, capsys):
    make_article()
    call_command("build_index")
    call_command("build_index", "--if-stale")
    assert capsys.readouterr().out == f"{store.current()}\nup to date\n"


def test_a_given_encoder_is_used_and_calibrated_without_training(index, make_article, at, settings, monkeypatch):
    monkeypatch.setattr(indexing.training, "train", None)
    monkeypatch.setattr(trials, "FOLDS", 1)
    [folder] = (index / "encoders").iterdir()
    settings.KB_ENCODER = str(folder.rename(index / "given"))
    make_article()
    indexing.build(now=at("10:00"))
    assert retrieval.search(QUESTION).hits[0].document.id == "fish-tank"


def test_two_sources_with_the_same_document_are_refused(make_article, settings):
    settings.KB_SOURCES = ["kb.sources.articles", "kb.sources.articles"]
    make_article()
    with pytest.raises(DuplicateDocument):
        documents()


def test_the_state_is_one_row(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        IndexState.objects.create(id=2)
