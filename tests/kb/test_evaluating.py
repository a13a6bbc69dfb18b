"""Evaluations that are asked for: run once, kept, shown, and refused where there is nothing to measure."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.enums import Role
from kb import tasks
from kb.actions import evaluating
from kb.enums import RunState
from kb.evaluation import floors, questions
from kb.evaluation.questions import Kind, Labelled
from kb.index import store
from kb.models import EvaluationRun

from . import real_index

FEW = (
    Labelled("1", "油锅起火怎么办", Kind.DANGER, ("oil-pan-fire",)),
    Labelled("2", "今天股票涨了吗", Kind.UNKNOWN),
    Labelled("3", "那小孩呢", Kind.ANSWER, ("cpr-child-infant",), history=("心肺复苏怎么做",)),
)


@pytest.fixture(scope="session")
def small(tmp_path_factory, worker_id):
    """All articles, for these measure how sure the search is."""
    return real_index.folder(tmp_path_factory, worker_id)


@pytest.fixture(autouse=True)
def few(monkeypatch, settings):
    """Three questions, answered by the search alone, and no message sent."""
    settings.KB_ANSWERER = ""
    monkeypatch.setattr(questions, "load", lambda name: FEW)
    monkeypatch.setattr(tasks.run_evaluation, "apply_async", lambda *args, **options: None)


@pytest.fixture
def ask(index, staff, at):
    def request(**fields):
        version = store.current()
        wanted = {"question_set": "test", "version": version, "against": "", **fields}
        return evaluating.request(**wanted, by=staff(Role.KNOWLEDGE_EDITOR), now=at("10:00"))

    return request


def test_a_run_is_measured_once_and_kept(ask, at):
    run = ask()
    evaluating.run(pk=run.pk, now=at("10:01"))
    run.refresh_from_db()
    assert (run.state, run.finished_at, run.figures["questions"]) == (RunState.DONE, at("10:01"), 3)
    assert run.figures["hit_at_1"] == 1.0
    evaluating.run(pk=run.pk, now=at("10:02"))
    run.refresh_from_db()
    assert run.finished_at == at("10:01")


def test_two_versions_are_measured_side_by_side(ask, at):
    run = ask(against=store.current())
    evaluating.run(pk=run.pk, now=at("10:01"))
    run.refresh_from_db()
    assert run.figures_against["hit_at_1"] == run.figures["hit_at_1"]


def test_a_version_that_is_gone_fails_the_run(ask, at):
    run = ask()
    EvaluationRun.objects.update(version="000099-aaaaaaaaaaaa")
    evaluating.run(pk=run.pk, now=at("10:01"))
    run.refresh_from_db()
    assert (run.state, "000099" in run.error) == (RunState.FAILED, True)


@pytest.mark.parametrize("fields", [{"version": "nothing"}, {"against": "nothing"}, {"question_set": "nothing"}])
def test_what_is_not_there_cannot_be_asked_for(ask, fields):
    with pytest.raises(evaluating.NothingToEvaluate):
        ask(**fields)


def test_the_sweep_takes_what_waits_and_what_a_dead_worker_left(ask, at):
    run = ask()
    assert evaluating.waiting(now=at("10:01")) == [run.pk]
    EvaluationRun.objects.update(state=RunState.RUNNING, started_at=at("10:01"))
    assert evaluating.waiting(now=at("10:05")) == []
    assert evaluating.waiting(now=at("10:02") + evaluating.GIVEN_UP + timedelta(minutes=1)) == [run.pk]


def test_a_run_ends_when_it_is_over_and_not_before(db, at):
    for fields in ({"state": RunState.DONE}, {"state": RunState.WAITING, "finished_at": at("10:00")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvaluationRun.objects.create(question_set="test", version="1", requested_at=at("10:00"), **fields)


def test_the_command_prints_the_figures_and_fails_under_a_floor(index, capsys, monkeypatch):
    monkeypatch.setattr(floors, "floors", lambda name: {"hit_at_1": 0.9})
    call_command("evaluate", "--set", "test", "--against", store.current(), "--misses")
    told = capsys.readouterr().out.splitlines()
    assert told[0].split() == ["questions", "3", "3"]
    monkeypatch.setattr(floors, "floors", lambda name: {"hit_at_1": 1.1})
    with pytest.raises(CommandError, match=r"hit_at_1 is 1\.0"):
        call_command("evaluate")


def test_the_command_without_an_index_says_so(fresh):
    with pytest.raises(CommandError):
        call_command("evaluate")


def test_an_editor_asks_for_an_evaluation_and_sees_it(index, client, staff, at):
    client.force_login(staff(Role.KNOWLEDGE_EDITOR))
    version = store.current()
    asked = client.post("/admin/evaluation/start/", {"question_set": "test", "version": version, "against": version})
    run = EvaluationRun.objects.get()
    assert asked.url == f"/admin/evaluation/{run.pk}/"
    evaluating.run(pk=run.pk, now=at("10:01"))
    page = client.get(asked.url).content.decode()
    assert "hit_at_1" in page
    assert page.count(version) == 2
    assert version in client.get("/admin/evaluation/").content.decode()


def test_a_version_that_is_not_there_is_refused_on_the_page(index, client, staff):
    client.force_login(staff(Role.KNOWLEDGE_EDITOR))
    client.post("/admin/evaluation/start/", {"question_set": "test", "version": "nothing"})
    assert EvaluationRun.objects.count() == 0


def test_the_list_of_evaluations_takes_as_many_queries_for_three_as_for_one(ask, django_assert_num_queries):
    from kb import queries

    first = ask()
    for count in (1, 3):
        EvaluationRun.objects.exclude(pk=first.pk).delete()
        for _ in range(count - 1):
            first.pk = None
            first.save()
        first = EvaluationRun.objects.first()
        with django_assert_num_queries(1):
            assert len([str(run.requested_by) for run in queries.last_evaluations()]) == count
