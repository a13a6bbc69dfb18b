"""The bot on the shipped articles keeps to the floors of the labelled questions."""

import pytest

from chatbot import answering, evaluating
from chatbot.actions import triage_rules as acts
from chatbot.queries import triage_rules
from chatbot.rules.normalising import normalise
from kb import retrieval
from kb.evaluation import figures, floors, outcomes, questions
from tests.kb import real_index

pytestmark = pytest.mark.timeout(600)  # trains an encoder

# A way of asking of an article that gets another one's card: 儿童防触电怎么做 that of the electric shock.
MOST_HIDDEN = 40  # of 6,900
MOST_REFUSED = 20  # of the same: the general rule stands below the referral


@pytest.fixture(autouse=True)
def knowledge():
    """The real search, in place of the one that the other tests tell what to find."""


@pytest.fixture(autouse=True)
def no_articles_in_the_database(db, monkeypatch):
    """All are in the index, and the rules are those of a new site."""
    monkeypatch.setattr(answering, "_article", retrieval.get)
    monkeypatch.setattr(answering, "_chosen", lambda text: None)
    with triage_rules.trying(tuple(row.rule for row in acts.read_rules())):
        yield


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory, worker_id):
    return real_index.snapshot(real_index.folder(tmp_path_factory, worker_id))


@pytest.mark.parametrize("question_set", ["development", "test"])
def test_the_bot_keeps_to_the_floors(snapshot, question_set):
    found = outcomes.ask_all(questions.load(question_set), snapshot=snapshot, answer=evaluating.answer)
    assert floors.under(figures.figures(found).stored(), question_set) == {}


def test_few_articles_are_hidden_behind_the_card_of_another_and_hardly_any_is_refused(snapshot):
    hidden, refused = [], []
    with retrieval.using(snapshot):
        for document in snapshot.documents:
            for question in document.questions:
                given = answering.answer_to(normalise(question))
                if given.kind == "danger" and given.article != document.id:
                    hidden.append((question, given.article))
                if given.kind in ("refused", "referral"):
                    refused.append(question)
    assert (len(hidden) <= MOST_HIDDEN, len(refused) <= MOST_REFUSED) == (True, True), (hidden, refused)


@pytest.mark.parametrize("word", ["地震", "溺水", "雷电", "燃气"])
def test_a_bare_hazard_gives_its_articles_or_one_of_them(snapshot, word):
    with retrieval.using(snapshot):
        given = answering.answer_to(normalise(word))
    assert given.article or given.choices
    assert given.kind != "unknown"
