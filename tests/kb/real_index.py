"""The articles of kb/content and one index of them, made once in a test run whatever rooms and workers ask for it."""

import fcntl
import functools
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import yaml
from django.conf import settings as project
from django.test import override_settings

from kb import training
from kb.actions import seeding
from kb.calibration import CAUTIOUS
from kb.evaluation import trials
from kb.index import store
from kb.index.snapshot import Snapshot
from kb.lexicon import Lexicon
from kb.sources import Document, document_of

CONTENT = project.ROOT / "kb/content"
BUILT_AT = datetime(2026, 11, 23, tzinfo=UTC)


@functools.cache
def documents() -> tuple[Document, ...]:
    """Return every article as a document, by id."""
    found = (document_of(seeding.read_article(path)) for path in CONTENT.rglob("*.md"))
    return tuple(sorted(found, key=lambda document: document.id))


@functools.cache
def lexicon() -> Lexicon:
    """Return the search words and synonyms."""
    listed = yaml.safe_load((CONTENT / "synonyms.yaml").read_text(encoding="utf-8"))
    return Lexicon.of(listed["terms"], listed["groups"])


def folder(tmp_path_factory, worker_id: str) -> Path:
    """Return an index folder with one version, trained and calibrated; nobody changes it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent  # workers of one run have one parent
    made = shared / "real-index"
    with (shared / "real-index.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / "current").exists():
            _build(made)
    return made


@functools.cache
def snapshot(made: Path) -> Snapshot:
    """Return the index in memory, read once in this process."""
    with override_settings(KB_INDEX_DIR=made, KB_ENCODER=""):
        return store.read(store.current())


def _build(made: Path) -> None:
    with override_settings(KB_INDEX_DIR=made, KB_ENCODER=""), store.writer(wait=True):
        encoder = store.add_encoder(partial(training.train, documents()))
        parts = {"encoder": encoder, "calibration": CAUTIOUS, "trained_on": len(documents()), "lexicon": lexicon()}
        store.point_to(store.write(trials.calibrated(Snapshot.build(documents(), **parts)), now=BUILT_AT))
