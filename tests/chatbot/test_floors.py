"""The bot on the shipped articles keeps to the floors of the labelled questions."""

from functools import partial

import pytest
from django.test import override_settings

from chatbot import evaluating
from chatbot.actions import asking
from kb import retrieval, training
from kb.calibration import CAUTIOUS
from kb.evaluation import figures, floors, outcomes, questions, trials
from kb.index import store
from kb.index.snapshot import Snapshot
from tests.kb.conftest import documents, lexicon  # noqa: F401  (session fixtures of the real articles)

pytestmark = pytest.mark.timeout(600)  # trains an encoder


@pytest.fixture(autouse=True)
def knowledge():
    """The real search, in place of the one that the other tests tell what to find."""


@pytest.fixture(scope="module")
def snapshot(documents, lexicon, tmp_path_factory):  # noqa: F811
    with override_settings(KB_INDEX_DIR=tmp_path_factory.mktemp("index"), KB_ENCODER=""), store.writer(wait=True):
        encoder = store.add_encoder(partial(training.train, documents))
    parts = {"encoder": encoder, "calibration": CAUTIOUS, "trained_on": len(documents), "lexicon": lexicon}
    return trials.calibrated(Snapshot.build(documents, **parts))


@pytest.mark.parametrize("question_set", ["development", "test"])
def test_the_bot_keeps_to_the_floors(snapshot, question_set, monkeypatch):
    monkeypatch.setattr(asking, "_article", retrieval.get)  # no database: every article is in the index
    monkeypatch.setattr(asking, "_chosen", lambda text: None)
    found = outcomes.ask_all(questions.load(question_set), snapshot=snapshot, answer=evaluating.answer)
    assert floors.under(figures.figures(found).stored(), question_set) == {}
