"""The real articles, an index of them built once, and articles to change."""

import shutil
from datetime import UTC, date, datetime
from functools import partial

import pytest
import yaml
from django.conf import settings as project
from django.test import override_settings

from kb import retrieval, training
from kb.actions import seeding
from kb.calibration import CAUTIOUS
from kb.evaluation import trials
from kb.index import store
from kb.index.snapshot import Snapshot
from kb.lexicon import Lexicon
from kb.models import Article, ArticleQuestion
from kb.sources import document_of

CONTENT = project.ROOT / "kb/content"
BUILT_AT = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="session")
def documents():
    """Every article of kb/content as a document, by id."""
    found = (document_of(seeding.read_article(path)) for path in CONTENT.rglob("*.md"))
    return tuple(sorted(found, key=lambda document: document.id))


@pytest.fixture(scope="session")
def lexicon():
    """The search words and synonyms of kb/content."""
    listed = yaml.safe_load((CONTENT / "synonyms.yaml").read_text(encoding="utf-8"))
    return Lexicon.of(listed["terms"], listed["groups"])


@pytest.fixture(scope="session")
def built(documents, lexicon, tmp_path_factory):
    """A folder with one version of the index of the real articles."""
    folder = tmp_path_factory.mktemp("index")
    with override_settings(KB_INDEX_DIR=folder, KB_ENCODER=""), store.writer(wait=True):
        encoder = store.add_encoder(partial(training.train, documents))
        parts = {"encoder": encoder, "calibration": CAUTIOUS, "trained_on": len(documents), "lexicon": lexicon}
        snapshot = trials.calibrated(Snapshot.build(documents, **parts))
        store.point_to(store.write(snapshot, now=BUILT_AT))
    return folder


@pytest.fixture
def fresh(settings, tmp_path, monkeypatch):
    """An index folder of this test's own, still empty, and a process that looks at the pointer every time."""
    settings.KB_INDEX_DIR = tmp_path / "index"
    settings.KB_ENCODER = ""
    monkeypatch.setattr(retrieval, "CHECK_SECONDS", 0.0)
    retrieval._holder.forget()
    yield settings.KB_INDEX_DIR
    retrieval._holder.forget()


@pytest.fixture
def index(fresh, built):
    """A copy of the built index that this test may change."""
    shutil.copytree(built, fresh)
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
