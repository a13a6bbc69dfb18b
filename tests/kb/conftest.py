"""The real articles and an index of them, a small index to change, and articles to change."""

import shutil
from datetime import date

import pytest
from django.test import override_settings

from kb import retrieval, training
from kb.calibration import CAUTIOUS
from kb.index import store
from kb.index.snapshot import Snapshot
from kb.models import Article, ArticleQuestion

from . import real_index

FEW = (
    "co-poisoning",
    "electric-shock-rescue",
    "gas-smell",
    "how-to-use-extinguisher",
    "oil-pan-fire",
    "where-to-apply",
    "heimlich",
    "ebike-battery-fire",
    "exam-attempts",
)


@pytest.fixture(scope="session")
def documents():
    """Every article of kb/content as a document, by id."""
    return real_index.documents()


@pytest.fixture(scope="session")
def lexicon():
    """The search words and synonyms of kb/content."""
    return real_index.lexicon()


@pytest.fixture(scope="session")
def nine(documents):
    """Nine of the articles, by id."""
    return tuple(document for document in documents if document.id in FEW)


@pytest.fixture
def searching(db, settings, tmp_path_factory, worker_id, monkeypatch):
    """The index of the real articles, already in memory; nothing in it may be changed."""
    settings.KB_INDEX_DIR, settings.KB_ENCODER = real_index.folder(tmp_path_factory, worker_id), ""
    snapshot = real_index.snapshot(settings.KB_INDEX_DIR)
    monkeypatch.setattr(retrieval, "current_snapshot", lambda: retrieval._pinned.get() or snapshot)
    return snapshot


@pytest.fixture(scope="session")
def small(nine, tmp_path_factory):
    """A folder with one version of an index of ``nine``, with the bundled encoder and a cautious calibration."""
    folder = tmp_path_factory.mktemp("small-index")
    with override_settings(KB_INDEX_DIR=folder, KB_ENCODER=""), store.writer(wait=True):
        encoder = store.add_encoder(lambda folder: shutil.copytree(training.BUNDLED, folder, dirs_exist_ok=True))
        snapshot = Snapshot.build(nine, encoder=encoder, calibration=CAUTIOUS, trained_on=len(nine))
        store.point_to(store.write(snapshot, now=real_index.BUILT_AT))
    return folder


@pytest.fixture
def fresh(db, settings, tmp_path, monkeypatch):
    """An index folder of this test's own, still empty, and a process that looks at the pointer every time."""
    settings.KB_INDEX_DIR = tmp_path / "index"
    settings.KB_ENCODER = ""
    monkeypatch.setattr(retrieval, "CHECK_SECONDS", 0.0)
    retrieval._holder.forget()
    yield settings.KB_INDEX_DIR
    retrieval._holder.forget()


@pytest.fixture
def index(fresh, small):
    """A copy of the small index that this test may change."""
    shutil.copytree(small, fresh)
    return fresh


@pytest.fixture
def make_article(db):
    """Return a function that publishes an article."""

    def make(slug="fish-tank", *, live=True, questions=("鱼缸漏水怎么办",), **fields):
        values = {
            "title": "鱼缸裂了怎么办",
            "topic": "electricity",
            "body": "## 马上这样做\n1. 先断电。\n2. 再擦水。\n\n## 不要做\n- 不要赤脚踩水。",
            "calls": "119,120",
            "source": "家庭用电安全提示",
            "source_date": "2024",
            "reviewed": date(2026, 11, 23),
            **fields,
        }
        article = Article(slug=slug, live=live, **values)
        article.questions = [ArticleQuestion(text=text, sort_order=at) for at, text in enumerate(questions)]
        article.save()
        return article

    return make
