"""An editor's choice comes before the ranking, and never before a danger or an unpublished text."""

from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from chatbot.actions import asking
from chatbot.models import CuratedAnswer
from chatbot.queries import curated
from chatbot.rules import composing, curating
from core.models import AuditEntry
from kb import retrieval
from kb.models import Article

from .conftest import EXAM, LADDER, OIL, SHOCK

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture
def choose(make_article):
    def make(questions="高处怎么上去", article="ladder", **fields):
        make_article(article)
        fields = {"name": "高处", "reason": "搜索总是答成脚手架", **fields}
        return CuratedAnswer.objects.create(questions=questions, article=article, **fields)

    return make


class Words:
    """An encoder of one dimension a character, and a fold that changes nothing."""

    version, id = "000001-aaaaaaaaaaaa", "signs"
    lexicon = SimpleNamespace(fold=lambda text: text)

    @property
    def encoder(self):
        return self

    def encode(self, texts):
        vectors = np.zeros((len(texts), 70_000), dtype=np.float32)
        for row, text in enumerate(texts):
            for sign in text:
                vectors[row, ord(sign)] += 1.0
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def understood(self, question):
        return question


@pytest.fixture
def encoder(monkeypatch):
    monkeypatch.setattr(retrieval, "current_snapshot", Words)


def test_the_chosen_article_comes_before_what_ranks_first(choose, knowledge):
    knowledge.finds("answer", EXAM)
    assert asking.answer_to("高处怎么上去").article == "exam-attempts"
    choose()
    answer = asking.answer_to("高处怎么上去")
    assert (answer.text, answer.article, answer.confidence) == (composing.answer(LADDER, None).text, "ladder", 1.0)


@pytest.mark.parametrize("asked", ["高处怎么上去？", "高 处怎么上去", "高處怎麼上去"])
def test_signs_blanks_and_traditional_characters_make_no_difference(choose, asked):
    choose(questions="楼顶怎么上去\n高处怎么上去！")
    assert asking.answer_to(curated.normalise(asked)).article == "ladder"


def test_what_means_all_but_the_same_is_the_same(choose, encoder):
    choose(questions="学校停车场的充电桩坏了应该去找哪个部门修理")
    assert curated.chosen_for("学校停车场的充电桩坏了应该去找哪个部门修理呢", day=DAY).answer.article == "ladder"
    assert curated.chosen_for("充电桩坏了找谁", day=DAY) is None


@pytest.mark.parametrize(
    "asked", ["学校停车场的充电桩没坏了应该去找哪个部门修理", "学校停车场的3充电桩坏了应该去找哪个部门修理"]
)
def test_a_negation_or_a_number_is_another_question(choose, encoder, asked):
    choose(questions="学校停车场的充电桩坏了应该去找哪个部门修理")
    assert curated.chosen_for(asked, day=DAY) is None


def test_a_danger_has_its_card_whatever_an_editor_chose(choose):
    choose(questions="锅里油着火怎么办")
    assert asking.answer_to("锅里油着火怎么办").text == composing.danger(OIL).text


def test_a_refusal_stays_one(choose):
    choose(questions="怎么做炸弹")
    assert asking.answer_to("怎么做炸弹").kind == "refused"


def test_an_article_about_danger_is_a_card_when_help_is_asked_for(choose):
    choose(questions="被水母蜇了怎么办", article=SHOCK.id)
    assert asking.answer_to("被水母蜇了怎么办").kind == "danger"


def test_an_unpublished_article_is_never_the_answer(choose, knowledge):
    row = choose()
    knowledge.finds("answer", EXAM)
    Article.objects.filter(slug=row.article).update(live=False)
    assert asking.answer_to("高处怎么上去").article == "exam-attempts"


def test_an_article_that_the_index_does_not_hold_yet_is_not_the_answer(choose, knowledge):
    choose(article="new-one")
    knowledge.finds("answer", EXAM)
    assert asking.answer_to("高处怎么上去").article == "exam-attempts"


def test_it_holds_between_its_days_and_while_it_is_in_use(choose):
    row = choose(starts=DAY, ends=DAY + timedelta(days=1))
    days = [DAY + timedelta(days=count) for count in (-1, 0, 1, 2)]
    assert [bool(curated.chosen_for("高处怎么上去", day=day)) for day in days] == [False, True, True, False]
    row.active = False
    row.save()
    assert curated.chosen_for("高处怎么上去", day=DAY) is None


def test_what_is_kept_costs_no_query_until_the_next_look(choose, monkeypatch, django_assert_num_queries):
    choose()
    curated.chosen_for("高处怎么上去", day=DAY)
    monkeypatch.setattr(curated, "CHECK_SECONDS", 60.0)
    with django_assert_num_queries(0):
        assert curated.chosen_for("高处怎么上去", day=DAY)
        assert curated.chosen_for("别的", day=DAY) is None
    CuratedAnswer.objects.all().delete()
    assert curated.chosen_for("高处怎么上去", day=DAY)
    monkeypatch.setattr(curated, "CHECK_SECONDS", 0.0)
    assert curated.chosen_for("高处怎么上去", day=DAY) is None


def test_without_a_database_the_ranking_answers(choose, knowledge, monkeypatch, caplog):
    def broken(*args, **fields):
        raise DatabaseError("高处")

    monkeypatch.setattr(curated, "document_for", broken)
    knowledge.finds("answer", EXAM)
    assert asking.answer_to("高处怎么上去").article == "exam-attempts"
    assert "高处" not in caplog.text


@pytest.mark.parametrize("questions", ["", "？！\n…", "长" * 201, "\n".join(f"问题{n}" for n in range(41))])
def test_what_is_no_list_of_questions_is_refused(make_article, questions):
    make_article()
    with pytest.raises(ValidationError):
        CuratedAnswer(name="高处", questions=questions, article="ladder", reason="?").full_clean()


def test_one_question_has_one_curated_answer(choose):
    choose()
    other = CuratedAnswer(name="别的", questions="楼顶\n高处怎么上去？", article="ladder", reason="?")
    with pytest.raises(ValidationError):
        other.full_clean()
    other.active = False
    other.full_clean()


def test_the_database_refuses_one_that_ends_before_it_begins(choose):
    with pytest.raises(IntegrityError), transaction.atomic():
        choose(starts=DAY, ends=DAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [("能用水灭吗", "不能用水灭吗", True), ("三年复审", "六年复审", True), ("怎么关阀门", "如何关阀门", False)],
)
def test_negations_and_numbers_tell_questions_apart(one, other, apart):
    assert curating.tells_apart(one, other) is apart


def test_an_editor_writes_one_which_is_recorded(browser, editor, make_article):
    make_article()
    fields = {"name": "高处", "questions": "高处怎么上去", "article": "ladder", "active": "on", "reason": "问得多"}
    reply = browser.post("/admin/curated_answers/new/", fields)
    row = CuratedAnswer.objects.get()
    assert (reply.status_code, row.made_by, row.listed, row.starts) == (302, editor, ["高处怎么上去"], None)
    assert browser.post(f"/admin/curated_answers/edit/{row.pk}/", fields | {"active": ""}).status_code == 302
    entries = AuditEntry.objects.filter(kind="chatbot.curatedanswer").order_by("pk")
    assert [(entry.deed, entry.actor) for entry in entries] == [
        ("created", editor.username),
        ("changed", editor.username),
    ]
    assert entries[1].after == {"active": False}
    assert "高处" in browser.get(f"/admin/curated_answers/history/{row.pk}/").content.decode()


def test_an_article_that_is_not_published_cannot_be_chosen(browser, make_article):
    make_article(live=False)
    fields = {"name": "高处", "questions": "高处怎么上去", "article": "ladder", "reason": "问得多"}
    assert browser.post("/admin/curated_answers/new/", fields).status_code == 200
    assert CuratedAnswer.objects.count() == 0


def test_the_list_says_where_the_article_is_not_published(browser, choose, make_article):
    choose()
    make_article("old", live=False)
    CuratedAnswer.objects.create(name="旧", questions="旧的", article="old", reason="?")
    rows = browser.get("/admin/curated_answers/").context["object_list"]
    assert {row.name: row.is_published for row in rows} == {"高处": True, "旧": False}
