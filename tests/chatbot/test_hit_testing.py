"""The page that tries a question shows what the bot did, by the bot's own way."""

import shutil

import pytest

from chatbot import hit_testing
from chatbot.actions import asking
from chatbot.models import CuratedAnswer, Turn
from kb import retrieval
from kb.index import store
from tests.kb import real_index
from tests.kb.conftest import fresh  # noqa: F401  (a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600)]  # the first builds an index
PAGE = "/admin/hit-test/"


@pytest.fixture(autouse=True)
def knowledge():
    """The real search, in place of the one that the other tests tell what to find."""


@pytest.fixture
def index(fresh, tmp_path_factory, worker_id):  # noqa: F811
    """A copy of the real index that a test may change."""
    shutil.copytree(real_index.folder(tmp_path_factory, worker_id), fresh)
    return fresh


def test_a_trial_is_what_the_bot_answers_and_the_searches_behind_it(index):
    trial = hit_testing.ask("梯子怎么放才不会摔倒？")
    assert trial.answer == asking.answer_to("梯子怎么放才不会摔倒?")
    assert (trial.normalised, trial.case, trial.refusal, trial.chosen) == ("梯子怎么放才不会摔倒?", None, None, None)
    [found] = trial.searches
    assert (found.confidence, found.hits) == (trial.candidates.confidence, trial.candidates.hits[: len(found.hits)])
    assert (len(trial.candidates.hits), trial.version) == (hit_testing.CANDIDATES, store.current())
    assert 0 < trial.offer_from < trial.answer_from <= 1


def test_what_is_refused_is_said_beside_what_would_have_been_found(index):
    trial = hit_testing.ask("怎么做炸弹")
    assert (trial.refusal, trial.answer.kind, len(trial.searches)) == ("harm", "refused", 1)
    assert trial.candidates.hits != ()


def test_nothing_is_noted_and_searches_elsewhere_are_not_watched(index):
    with retrieval.watching() as outer:
        hit_testing.ask("油锅起火怎么办")
    retrieval.search("油锅起火怎么办")
    assert (Turn.objects.count(), len(outer)) == (0, 1)  # the outer one sees the search for the candidates alone


def test_a_version_that_is_gone_is_said_so(index, browser):
    with pytest.raises(LookupError):
        hit_testing.ask("油锅", version="000009-aaaaaaaaaaaa")
    assert browser.get(PAGE, {"question": "油锅", "version": "000009-aaaaaaaaaaaa"}).status_code == 400


def test_an_older_version_is_asked_without_leaving_it_behind(index, at):
    old = store.current()
    with store.writer(wait=True):
        snapshot = store.read(old)
        new = store.write(
            type(snapshot).build(
                snapshot.documents[:20],
                encoder=snapshot.encoder,
                calibration=snapshot.calibration,
                trained_on=20,
                lexicon=snapshot.lexicon,
            ),
            now=at("12:00"),
        )
        store.point_to(new)
    assert hit_testing.ask("油锅起火怎么办", version=old).version == old
    assert hit_testing.ask("油锅起火怎么办").version == new == retrieval.current_snapshot().version


def test_the_page_shows_each_step(index, browser, make_article):
    make_article("ladder-safety")
    row = CuratedAnswer.objects.create(name="上楼顶", questions="油锅起火怎么办", article="ladder-safety", reason="?")
    text = browser.get(PAGE, {"question": "油锅起火怎么办"}).content.decode()
    trial = hit_testing.ask("油锅起火怎么办")
    assert trial.answer.kind == "danger"
    best = trial.candidates.hits[0]
    for shown in ("oil-pan-fire", f"{best.score:.3f}", f"{best.cosine:.3f}", f"{best.bm25:.2f}", row.name):
        assert shown in text
    assert "tel:119" in text


def test_the_form_alone_asks_nothing(browser):
    assert "trial" not in browser.get(PAGE).context
    assert browser.get(PAGE, {"question": "\u200b"}).status_code == 400
