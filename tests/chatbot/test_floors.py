"""The bot on the shipped articles keeps to the floors of the labelled questions."""

import pytest

from chatbot import evaluating
from chatbot.actions import asking
from kb import retrieval
from kb.evaluation import figures, floors, outcomes, questions
from tests.kb import real_index

pytestmark = pytest.mark.timeout(600)  # trains an encoder


@pytest.fixture(autouse=True)
def knowledge():
    """The real search, in place of the one that the other tests tell what to find."""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory, worker_id):
    return real_index.snapshot(real_index.folder(tmp_path_factory, worker_id))


@pytest.mark.parametrize("question_set", ["development", "test"])
def test_the_bot_keeps_to_the_floors(snapshot, question_set, db, monkeypatch):
    monkeypatch.setattr(asking, "_article", retrieval.get)  # no articles in the database: all are in the index
    found = outcomes.ask_all(questions.load(question_set), snapshot=snapshot, answer=evaluating.answer)
    assert floors.under(figures.figures(found).stored(), question_set) == {}
