"""Search over the real articles, through the one way in."""

import subprocess
import sys

import pytest
from django.conf import settings as project

from kb import retrieval, text
from kb.enums import Decision
from kb.evaluation.report import report
from kb.evaluation.trials import negatives, short_questions


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
def test_what_an_article_answers_is_answered_from_it(index, question, article):
    found = retrieval.search(question)
    assert (found.decision, found.hits[0].document.id) == (Decision.ANSWER, article)


@pytest.mark.parametrize(
    "question", ["今天股票涨了吗", "今天天气怎么样", "怎么炒股", "what is the weather today", "你好"]
)
def test_what_no_article_answers_is_unknown(index, question):
    assert retrieval.search(question).decision is Decision.UNKNOWN


def test_every_known_question_finds_its_own_article_first(index, documents):
    asked = [(question, each.id) for each in documents for question in each.questions]
    missed = [pair for pair in asked if retrieval.search(pair[0]).hits[0].document.id != pair[1]]
    assert len(missed) <= len(asked) * 0.02, missed


def test_a_known_question_is_answered_however_short(index, documents):
    asked = [question for each in documents for question in each.questions]
    unsure = [question for question in asked if retrieval.search(question).decision is not Decision.ANSWER]
    assert len(unsure) <= len(asked) * 0.02, unsure


def test_what_could_be_two_articles_is_offered_as_a_choice(index):
    found = retrieval.search("地震了怎么办")
    assert found.decision is Decision.CHOICE
    assert {hit.document.topic for hit in found.choices} == {"earthquake"}
    assert len(found.choices) == 3


@pytest.mark.parametrize(
    "question", ["安全", "火", "119", "怎么办", "", "  ", "？！", "😀", "的", "a" * 5000, "火" * 5000]
)
def test_common_empty_and_endless_questions_do_not_fail(index, question):
    found = retrieval.search(question)
    assert 0.0 <= found.confidence <= 1.0


def test_a_common_word_is_found(index):
    assert [hit.score > 0 for hit in retrieval.search("安全").hits] == [True] * 5


def test_scores_lie_between_0_and_1_and_fall(index):
    for question in negatives()[:40] + [question for question, _ in short_questions()[:40]]:
        scores = [hit.score for hit in retrieval.search(question, limit=10).hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0.0 <= score <= 1.0 for score in scores), question


def test_traditional_and_simplified_questions_find_the_same(index):
    assert retrieval.search("油鍋起火怎麼辦").hits == retrieval.search("油锅起火怎么办").hits


def test_a_hit_carries_the_passage_nearest_to_the_question(index):
    hit = retrieval.search("油锅起火为什么不能泼水").hits[0]
    assert (hit.document.id, hit.passage.heading) == ("oil-pan-fire", "不要做")


def test_a_hit_carries_all_that_an_answer_cites(index):
    document = retrieval.search("油锅起火怎么办").hits[0].document
    assert document.url == "/kb/oil-pan-fire/"
    assert document.calls == ("119",)
    assert document.danger is True
    assert document.source == "国家消防救援局家庭火灾科普提示"
    assert document.steps[0].startswith("够得着开关就先关火")


def test_limit_bounds_the_hits(index):
    assert len(retrieval.search("着火了", limit=2).hits) == 2


def test_asking_makes_no_database_query(index, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        retrieval.search("油锅起火怎么办")


def test_held_out_questions_keep_to_the_measured_quality(results):
    figures = report(results)
    assert figures.out_of_scope == sum(bool(text.tokens(question)) for question in negatives())
    assert figures.recall_at_1 > 0.72
    assert figures.recall_at_5 > 0.9
    assert figures.ndcg_at_10 > 0.84
    assert figures.auroc > 0.88
    assert figures.calibration_error < 0.07
    assert figures.answered_at_95 > 0.35


def test_short_questions_as_typed_on_a_phone_are_found(results):
    short = {question for question, _ in short_questions()}
    trials = [trial for trial in results if trial.question in short]
    assert sum(trial.right for trial in trials) / len(trials) > 0.92
    assert sum(trial.among for trial in trials) / len(trials) > 0.97


def test_few_out_of_scope_questions_are_answered(index):
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
