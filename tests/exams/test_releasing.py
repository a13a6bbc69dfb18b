"""Results are shown when an officer releases them, and not a moment before."""
# ruff: noqa: F811  (fixtures are imported by name)

import json

import pytest

from accounts.enums import Role
from core.models import AuditEntry
from exams import personal
from exams import tasks as jobs
from exams.actions import grading, practicals, releasing
from exams.actions.admissions import admit
from exams.enums import AttemptStatus, ReleasePolicy
from exams.models import Attempt, Result, Sitting
from exams.queries.practicals import awaiting_practical
from exams.queries.released import passed_theories
from notifications.models import Notice
from tests.exams.practical_fixtures import examiners, make_examiner, tasks  # noqa: F401
from tests.exams.results_fixtures import *  # noqa: F403


@pytest.fixture
def browser(client, monkeypatch, at):
    monkeypatch.setattr("core.middleware.timezone.now", lambda: at("14:00"))
    return client


@pytest.fixture
def graded(candidate, at):
    attempt = candidate(wrong=(1,))
    grading.grade(attempt_id=attempt.pk, now=at("10:31"))
    return Attempt.objects.get(pk=attempt.pk)


def test_many_are_graded_as_one_is_and_each_leaves_its_entry(candidate, at):
    first, second, third = candidate(), candidate(wrong=(2,)), candidate(wrong=(1, 2, 3, 4, 5))
    assert grading.grade_waiting(now=at("10:31")) == 3
    scores = {result.attempt_id: (result.score, result.passed) for result in Result.objects.all()}
    assert scores == {first.pk: (5, True), second.pk: (4, True), third.pk: (0, False)}
    assert set(Attempt.objects.values_list("status", flat=True)) == {AttemptStatus.GRADED}
    assert AuditEntry.objects.filter(kind="exams.result", deed="created").count() == 3
    assert grading.grade_waiting(now=at("10:32")) == 0


def test_an_entry_written_in_bulk_is_sealed_like_any_other(candidate, at):
    from core.actions import auditing, proving

    candidate()
    grading.grade_waiting(now=at("10:31"))
    auditing.link_committed()
    assert proving.prove(now=at("11:00")) == []


def test_a_batch_costs_the_same_for_one_and_three(candidate, at, django_assert_num_queries):
    candidate()
    with django_assert_num_queries(18):
        grading.grade_waiting(now=at("10:31"))
    for _ in range(3):
        candidate()
    with django_assert_num_queries(18):
        grading.grade_waiting(now=at("10:32"))


def test_the_task_grades_all_that_wait_and_finds_nothing_the_second_time(candidate):
    attempts = [candidate(), candidate()]
    jobs.grade(attempt_id=str(attempts[0].pk))
    assert Result.objects.count() == 2
    jobs.grade(attempt_id=str(attempts[1].pk))
    assert Result.objects.count() == 2


def test_a_release_is_recorded_and_everybody_is_told_once(held, candidate, officer, at):
    first, second = candidate(), candidate()
    grading.grade_waiting(now=at("10:31"))
    assert not Notice.objects.exists()
    releasing.release(sitting_id=held.pk, by=officer, now=at("13:00"))
    for _ in range(2):
        jobs.after_release(sitting_id=held.pk)
    assert set(Notice.objects.values_list("user", "kind")) == {
        (attempt.person.user_id, "result_released") for attempt in (first, second)
    }
    entry = AuditEntry.objects.filter(kind="exams.sitting").first()
    assert entry.after == {"released_at": at("13:00").isoformat(), "released_by": officer.pk}
    assert Sitting.objects.get().results_told_at


def test_the_sweep_tells_what_a_lost_message_left(released):
    assert not Notice.objects.exists()
    jobs.carry_on_results()
    assert Notice.objects.count() == 2
    jobs.carry_on_results()
    assert Notice.objects.count() == 2


def test_a_second_release_changes_nothing(held, released, second_officer, officer, at):
    sitting = releasing.release(sitting_id=held.pk, by=second_officer, now=at("15:00"))
    assert (sitting.released_at, sitting.released_by) == (at("13:00"), officer)


def test_nothing_is_released_while_somebody_is_not_graded(held, candidate, officer, make_person, at):
    graded, waiting = candidate(), candidate()
    grading.grade(attempt_id=graded.pk, now=at("10:31"))
    admit(sitting=held, person=make_person(), by=None, now=at("08:30"))
    with pytest.raises(releasing.NotReady) as early:
        releasing.release(sitting_id=held.pk, by=officer, now=at("13:00"))
    assert early.value.waiting == 2
    grading.grade(attempt_id=waiting.pk, now=at("10:31"))
    Attempt.objects.filter(status=AttemptStatus.SCHEDULED).update(status=AttemptStatus.ABSENT)
    assert releasing.release(sitting_id=held.pk, by=officer, now=at("13:00")).released_at == at("13:00")


def test_a_sitting_that_nobody_sat_is_not_released(held, officer, at):
    with pytest.raises(releasing.NothingToRelease):
        releasing.release(sitting_id=held.pk, by=officer, now=at("13:00"))


def test_only_an_officer_releases(held, graded, staff, at):
    with pytest.raises(releasing.NotAnOfficer):
        releasing.release(sitting_id=held.pk, by=staff(Role.EXAMINER), now=at("13:00"))
    assert Sitting.objects.get().released_at is None


PAGES = ("/exams/", "/my/", "/exams/attempts/{}/result/", "/exams/attempts/{}/")


SECRETS = ("why ", "4.00", "right answer", "正确答案", "tag--passed", "tag--failed", 'class="score"')


def test_no_page_shows_score_key_or_explanation_before_the_release(browser, graded, home):
    browser.force_login(graded.person.user)
    for page in PAGES:
        text = browser.get(page.format(graded.pk), follow=True).content.decode()
        assert [secret for secret in SECRETS if secret in text] == [], page
    state = browser.get(f"/exams/api/attempts/{graded.pk}/")
    assert (state.status_code, set(state.json())) == (409, {"reason", "message", "receipt"})


def test_after_the_release_the_same_pages_show_them(browser, held, graded, officer, home, at):
    releasing.release(sitting_id=held.pk, by=officer, now=at("13:00"))
    browser.force_login(graded.person.user)
    result = browser.get(f"/exams/attempts/{graded.pk}/result/").content.decode()
    assert "why " in result
    assert "2026-11-23 21:00" in result  # released on
    assert "tag--passed" in browser.get("/exams/").content.decode()


def test_the_running_paper_carries_no_key(client, attempt, at, monkeypatch):
    from exams.actions import attempts

    monkeypatch.setattr("core.middleware.timezone.now", lambda: at("09:30"))
    attempts.start(attempt_id=attempt.pk, by=attempt.person, passcode="4711", now=at("09:00"))
    client.force_login(attempt.person.user)
    state = client.get(f"/exams/api/attempts/{attempt.pk}/").json()
    names = {name for question in state["questions"] for name in question}
    assert names == {"slot", "kind", "stem", "options", "width", "marks", "lefts", "media", "case"}
    assert "why " not in json.dumps(state)


def test_a_copy_of_ones_own_data_has_answers_and_results_only_after_the_release(held, graded, officer, at):
    before = personal.rows(graded.person.user)
    assert (before["answers"], before["results"], len(before["attempts"])) == ([], [], 1)
    releasing.release(sitting_id=held.pk, by=officer, now=at("13:00"))
    after = personal.rows(graded.person.user)
    assert (len(after["answers"]), after["results"][0]["score"]) == (5, 4)


def test_a_practical_needs_a_released_pass(held, graded, officer, tasks, examiners, at):
    how = {
        "theory_id": graded.pk,
        "examiners": [one.pk for one in examiners[:2]],
        "by": examiners[0],
        "now": at("14:00"),
    }
    with pytest.raises(practicals.TheoryNotPassed):
        practicals.open_session(**how)
    assert (awaiting_practical().count(), passed_theories().count()) == (0, 0)
    releasing.release(sitting_id=held.pk, by=officer, now=at("13:00"))
    assert awaiting_practical().get() == graded
    assert practicals.open_session(**how).theory == graded


def test_results_shown_at_once_are_told_when_graded(held, candidate, at):
    held.release_policy = ReleasePolicy.AT_ONCE
    held.save()
    attempt = candidate()
    grading.grade_waiting(now=at("10:31"))
    assert Notice.objects.get().user_id == attempt.person.user_id
