"""Search over the real articles, through the one way in."""

import subprocess
import sys
from datetime import date

import numpy as np
import pytest
from django.conf import settings as project

from kb import calibration, ranking, retrieval
from kb.enums import Decision
from kb.evaluation import metrics, trials
from kb.evaluation.trials import negatives, short_questions
from kb.index.snapshot import Snapshot

from . import real_index


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("油锅起火怎么办", "oil-pan-fire"),
        ("闻到煤气味怎么办", "gas-smell"),
        ("觸電怎麼急救", "electric-shock-rescue"),
        ("特种作业证怎么报名", "where-to-apply"),
        ("煤气中毒", "co-poisoning"),
        ("gas smell at home", "gas-smell"),
    ],
)
def test_what_an_article_answers_is_answered_from_it(searching, question, article):
    found = retrieval.search(question)
    assert (found.decision, found.hits[0].document.id) == (Decision.ANSWER, article)


@pytest.mark.parametrize(
    "question", ["今天股票涨了吗", "今天天气怎么样", "怎么炒股", "what is the weather today", "你好"]
)
def test_what_no_article_answers_is_unknown(searching, question):
    assert retrieval.search(question).decision is Decision.UNKNOWN


def test_every_known_question_finds_its_own_article_first(searching, documents):
    asked = [(question, each.id) for each in documents for question in each.questions]
    missed = [pair for pair in asked if retrieval.search(pair[0]).hits[0].document.id != pair[1]]
    assert len(missed) <= len(asked) * 0.02, missed


def test_a_known_question_is_answered_however_short(searching, documents):
    asked = [question for each in documents for question in each.questions]
    unsure = [question for question in asked if retrieval.search(question).decision is not Decision.ANSWER]
    assert len(unsure) <= len(asked) * 0.02, unsure


def test_what_could_be_two_articles_is_offered_as_a_choice(searching):
    found = retrieval.search("打雷怎么办")
    assert found.decision is Decision.CHOICE
    assert {hit.document.topic for hit in found.choices} == {"weather"}
    assert len(found.choices) == 3


@pytest.mark.parametrize(
    "question", ["安全", "火", "119", "怎么办", "", "  ", "？！", "😀", "的", "a" * 5000, "火" * 5000]
)
def test_common_empty_and_endless_questions_do_not_fail(searching, question):
    found = retrieval.search(question)
    assert 0.0 <= found.confidence <= 1.0


def test_a_common_word_is_found(searching):
    assert [hit.score > 0 for hit in retrieval.search("安全").hits] == [True] * 5


def test_scores_lie_between_0_and_1_and_fall(searching):
    for question in negatives()[:40] + [question for question, _ in short_questions()[:40]]:
        scores = [hit.score for hit in retrieval.search(question, limit=10).hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0.0 <= score <= 1.0 for score in scores), question


def test_traditional_and_simplified_questions_find_the_same(searching):
    assert retrieval.search("油鍋起火怎麼辦").hits == retrieval.search("油锅起火怎么办").hits


def test_a_hit_carries_the_passage_nearest_to_the_question(searching):
    hit = retrieval.search("油锅起火为什么不能泼水").hits[0]
    assert (hit.document.id, hit.passage.heading) == ("oil-pan-fire", "不要做")


def test_a_hit_carries_all_that_an_answer_cites(searching):
    document = retrieval.search("油锅起火怎么办").hits[0].document
    assert document.url == "/kb/oil-pan-fire/"
    assert document.calls == ("119",)
    assert document.danger is True
    assert document.source == "国家消防救援局家庭火灾科普提示"
    assert document.steps[0].startswith("够得着开关就先关火")


def test_limit_bounds_the_hits(searching):
    assert len(retrieval.search("着火了", limit=2).hits) == 2


def test_asking_makes_one_database_query(searching, django_assert_num_queries):
    with django_assert_num_queries(1):
        retrieval.search("油锅起火怎么办")


@pytest.fixture(scope="module")
def asked_again(documents, tmp_path_factory, worker_id):
    """The trials that calibrated the index, against it."""
    snapshot = real_index.snapshot(real_index.folder(tmp_path_factory, worker_id))
    return trials.trials_of(snapshot, trials.never_held(documents))[0]


def test_short_questions_as_typed_on_a_phone_are_found(asked_again):
    short = {question for question, _ in short_questions()}
    found = [trial for trial in asked_again if trial.question in short]
    assert sum(trial.right for trial in found) / len(found) > 0.9
    assert sum(trial.among for trial in found) / len(found) > 0.97


def test_the_chances_are_calibrated_and_tell_right_from_wrong(asked_again):
    right = np.array([trial.right for trial in asked_again])
    folds = [trial.fold for trial in asked_again]
    chances = calibration.cross_chances([trial.evidence for trial in asked_again], right.tolist(), folds)
    assert metrics.auroc(chances, right) > 0.92
    assert metrics.calibration_error(chances, right) < 0.06


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("灭火七怎么用", "how-to-use-extinguisher"),
        ("煤气谢露", "gas-smell"),
        ("處電了怎麼辦", "electric-shock-rescue"),
        ("滅火筒點用", "how-to-use-extinguisher"),
        ("how do I use a fire extinguisher", "how-to-use-extinguisher"),
        ("someone is choking", "heimlich"),
        ("小电驴着火了", "ebike-battery-fire"),
    ],
)
def test_typing_mistakes_dialect_and_english_find_the_article(searching, question, article):
    assert retrieval.search(question).hits[0].document.id == article


def test_what_was_looked_up_is_told(searching):
    assert retrieval.search("灭火七怎么用").question == retrieval.understood("灭火七怎么用") == "灭火器怎么用"


def test_the_audience_is_minded_inside_the_search(searching, documents):
    both = {"worker", "public"}
    for_workers = retrieval.search("考试没过能考几次", limit=10, audience="worker")
    assert len(for_workers.hits) == 10
    assert all(both & set(hit.document.audience) for hit in for_workers.hits)
    other = next(each for each in documents if not both & set(each.audience))
    assert retrieval.search(other.title).hits[0].document == other
    hidden = retrieval.search(other.title, limit=10, audience="worker")
    assert other not in [hit.document for hit in hidden.hits]
    assert len(hidden.hits) == 10


def test_what_is_overdue_for_review_is_left_out_when_asked_for(searching, documents):
    last = max(each.review_due for each in documents)
    assert last
    found = retrieval.search("灭火器", limit=10, fresh_on=date.fromisoformat(last))
    assert [hit.document.review_due for hit in found.hits if hit.document.review_due < last] in ([], [""] * 10)
    assert (
        retrieval.search("灭火器", limit=10, fresh_on=date(1999, 1, 1)).hits
        == retrieval.search("灭火器", limit=10).hits
    )


def test_a_search_that_nothing_is_allowed_in_finds_nothing(searching):
    snapshot = retrieval.current_snapshot()
    none = np.zeros(len(snapshot.documents), dtype=bool)
    assert ranking.rank(snapshot, "灭火器", limit=5, allowed=none) == ([], None)


def test_using_answers_from_one_version_and_then_from_the_current_again(searching, documents, lexicon):
    current = retrieval.current_snapshot()
    parts = {"encoder": current.encoder, "calibration": current.calibration, "trained_on": 1, "lexicon": lexicon}
    few = Snapshot.build(documents[:3], **parts)
    with retrieval.using(few):
        assert {hit.document for hit in retrieval.search("灭火器怎么用").hits} <= set(documents[:3])
    assert retrieval.current_snapshot() is current


def test_few_out_of_scope_questions_are_answered(searching):
    wrong = [question for question in negatives() if retrieval.search(question).decision is Decision.ANSWER]
    assert len(wrong) <= len(negatives()) * 0.05, wrong


def test_there_are_at_least_120_out_of_scope_questions_and_no_two_the_same():
    assert len(negatives()) >= 120
    assert len(set(negatives())) == len(negatives())


def test_a_web_process_that_is_not_asked_imports_no_torch():
    code = (
        "import sys, django; django.setup(); import kb.views, kb.retrieval, kb.tasks, kb.wagtail_hooks; "
        "print(sorted({'torch', 'faiss', 'sentence_transformers', 'jieba'} & set(sys.modules)))"
    )
    path = f"{project.ROOT}:{project.SITE}"
    env = {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "config.settings.test", "VAR_DIR": str(project.VAR)}
    output = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True).stdout
    assert output == "[]\n"
