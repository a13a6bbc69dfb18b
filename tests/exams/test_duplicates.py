"""Questions that say nearly the same are found, at import and on demand, and decided on by an officer."""

import time

import numpy as np
import pytest

from exams import tasks
from exams.actions import bank, duplicates
from exams.models import DuplicateSearch, NearDuplicate, Question
from exams.queries.duplicates import Likely, likely_duplicates, to_look_at
from exams.rules.items import Draft
from exams.rules.likeness import alike, fact
from exams.rules.scoring import Part

from .bank_fixtures import CHOICE, author, officer, point, put  # noqa: F401  (fixtures)

PAGE = "/admin/bank/duplicates/"
TRUE = (Part(0, "正确", is_right=True), Part(1, "错误"))
FIRST = Draft("true_false", "氧气瓶与乙炔瓶的间距不应小于5 m。", TRUE)
SAME = Draft(
    "single_choice",
    "氧气瓶与乙炔瓶的间距不应小于( )。",
    (Part(0, "2 m"), Part(1, "5 m", is_right=True), Part(2, "10 m")),
)
OTHER = Draft("true_false", "触电者脱离电源以前，不得直接用手拉触电者。", TRUE)


@pytest.fixture(autouse=True)
def no_encoder(monkeypatch):
    monkeypatch.setattr("kb.retrieval.encoder", lambda: None)


def test_a_choice_and_a_judgement_about_the_same_fact_are_alike():
    assert fact(FIRST) == fact(SAME) == "氧气瓶与乙炔瓶的间距不应小于5m"
    [pair] = alike([fact(FIRST), fact(OTHER), fact(SAME)])
    assert (pair.first, pair.second, pair.likeness) == (0, 2, 1.0)


def test_texts_known_before_are_not_compared_with_each_other():
    texts = [fact(FIRST), fact(SAME), fact(FIRST)]
    assert [(pair.first, pair.second) for pair in alike(texts, since=2)] == [(0, 2), (1, 2)]
    assert alike(texts, since=3) == alike([]) == alike([""]) == []


def test_an_encoder_weighs_half():
    texts = ["断开电源以后再救人", "断开电源然后才能救人", "作业人员必须持证上岗"]
    assert alike(texts) == []
    same = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)
    [pair] = alike(texts, encode=lambda _texts: same)
    assert (pair.first, pair.second) == (0, 1)
    assert 0.6 <= pair.likeness < 0.8


def test_2000_questions_take_seconds():
    texts = [
        f"第{number}条规定，{number % 97}号作业人员在{number % 89}米以上{number % 83}处作业" for number in range(2000)
    ]
    started = time.monotonic()
    alike(texts)
    assert time.monotonic() - started < 20  # measured: under 1 s; a shared machine may be slow


@pytest.fixture
def sent(monkeypatch) -> list:
    """What was sent to the broker."""
    messages = []
    monkeypatch.setattr("core.nudging.current_app.send_task", lambda name, kwargs, **_: messages.append((name, kwargs)))
    return messages


def as_question(put, code, draft):  # noqa: F811
    return put(code, kind=draft.kind, stem=draft.stem, parts=draft.parts)


def test_a_search_stores_pairs_once_and_forgets_what_is_no_longer_alike(put, point, at):  # noqa: F811
    as_question(put, "q-1", FIRST)
    as_question(put, "q-2", SAME)
    as_question(put, "q-3", OTHER)
    assert duplicates.find(operation_id=point.operation_id, now=at("10:00")) == 1
    assert duplicates.find(operation_id=point.operation_id, now=at("11:00")) == 0
    pair = NearDuplicate.objects.get()
    assert (pair.first.code, pair.second.code, pair.likeness, pair.found_at) == ("q-1", "q-2", 1.0, at("10:00"))
    search = DuplicateSearch.objects.get()
    assert (search.questions, search.finished_at, search.by_meaning) == (3, at("11:00"), False)
    put(
        "q-2",
        kind=SAME.kind,
        stem="乙炔瓶应当( )。",
        parts=(Part(0, "直立", is_right=True), Part(1, "卧放"), Part(2, "倒放")),
    )
    duplicates.find(operation_id=point.operation_id, now=at("12:00"))
    assert not NearDuplicate.objects.exists()


def test_a_decided_pair_stays_decided(put, point, officer, author, at):  # noqa: F811
    as_question(put, "q-1", FIRST)
    as_question(put, "q-2", SAME)
    duplicates.find(operation_id=point.operation_id, now=at("10:00"))
    pair = to_look_at().get()
    with pytest.raises(duplicates.NotAnOfficer):
        duplicates.decide(pair_id=pair.pk, different=True, by=author, now=at("10:00"))
    duplicates.decide(pair_id=pair.pk, different=True, by=officer, now=at("10:00"))
    duplicates.find(operation_id=point.operation_id, now=at("11:00"))
    assert NearDuplicate.objects.get().different is True
    assert not to_look_at().exists()


def test_a_changed_bank_is_searched_by_the_sweep(put, point, at):  # noqa: F811
    as_question(put, "q-1", FIRST)
    as_question(put, "q-2", SAME)
    assert DuplicateSearch.objects.get().wanted_at == at("09:30")
    tasks.find_wanted_duplicates()
    assert NearDuplicate.objects.count() == 1
    assert DuplicateSearch.objects.get().wanted_at is None
    assert duplicates.find_wanted(now=at("23:00")) == 0


def test_a_search_asked_for_meanwhile_stays_wanted(put, point, at):  # noqa: F811
    as_question(put, "q-1", FIRST)
    duplicates.want_some_time(operations=[point.operation_id], now=at("10:01"))
    duplicates.find(operation_id=point.operation_id, now=at("10:00"))
    assert DuplicateSearch.objects.get().wanted_at == at("10:01")


def test_new_drafts_are_held_against_the_bank_and_each_other(put, point, django_assert_num_queries):  # noqa: F811
    as_question(put, "q-1", FIRST)
    own = Draft(FIRST.kind, FIRST.stem, FIRST.parts, code="q-1")
    with django_assert_num_queries(3):
        found = likely_duplicates([SAME, OTHER, SAME, own], operation=point.operation)
    likely = Likely(1.0, code="q-1", stem=FIRST.stem)
    assert found[0] == [likely]
    assert found[1] == []
    assert found[2] == [likely, Likely(1.0, stem=SAME.stem, draft=0)]
    assert [one.code for one in found[3]] == ["", ""]  # its own question does not count


def test_an_officer_decides_on_the_page(put, point, officer, client, at):  # noqa: F811
    for code in ("q-1", "q-2", "q-3"):
        as_question(put, code, FIRST)
    duplicates.find(operation_id=point.operation_id, now=at("10:00"))
    client.force_login(officer)
    assert client.get(PAGE).context["page_obj"].paginator.count == 3
    first, second = NearDuplicate.objects.order_by("pk")[:2]
    client.post(f"{PAGE}{first.pk}/", {"choice": "different"})
    client.post(f"{PAGE}{second.pk}/", {"choice": "retire_second"})
    first.refresh_from_db()
    assert first.different is True
    assert Question.objects.get(pk=second.second_id).retired_at is not None
    assert client.post(f"{PAGE}999999/", {"choice": "same"}).status_code == 404
    assert client.get(f"{PAGE}?operation=999999").status_code == 404


def test_the_page_has_a_bank_searched_on_demand(put, officer, client, sent, django_capture_on_commit_callbacks):  # noqa: F811
    operation = put().question.point.operation_id
    client.force_login(officer)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{PAGE}search/{operation}/")
    assert sent == [("exams.tasks.find_duplicates", {"operation_id": operation})]
    tasks.find_duplicates(operation_id=operation)
    assert DuplicateSearch.objects.get().wanted_at is None


def test_the_page_costs_the_same_for_one_and_three(put, point, officer, client, at, django_assert_num_queries):  # noqa: F811
    for code in ("q-1", "q-2"):
        as_question(put, code, FIRST)
    duplicates.find(operation_id=point.operation_id, now=at("10:00"))
    client.force_login(officer)
    client.get(PAGE)
    with django_assert_num_queries(COST):
        client.get(PAGE)
    as_question(put, "q-3", FIRST)
    duplicates.find(operation_id=point.operation_id, now=at("11:00"))
    with django_assert_num_queries(COST):
        assert client.get(PAGE).context["page_obj"].paginator.count == 3


COST = 19


def test_retired_questions_are_compared_with_nothing(put, point, officer, at):  # noqa: F811
    version = put(stem=CHOICE.stem)
    put("q-2")
    bank.edit(question_ids=[version.question_id], changes=bank.Changes(retired=True), by=officer, now=at("10:00"))
    assert duplicates.find(operation_id=point.operation_id, now=at("10:00")) == 0
