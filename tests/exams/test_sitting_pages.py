"""A candidate's pages."""

import pytest

from exams.actions import attempts, grading
from exams.enums import SittingKind
from exams.models import Admission, Attempt, Sitting

CLOCK = "core.middleware.timezone.now"


@pytest.fixture
def browser(client, person, monkeypatch, at):
    monkeypatch.setattr(CLOCK, lambda: at("09:30"))
    client.force_login(person.user)
    return client


def test_the_right_code_starts_and_leads_to_the_runner(browser, attempt):
    reply = browser.post(f"/exams/attempts/{attempt.pk}/start/", {"passcode": "4711"})
    assert (reply.status_code, reply["Location"]) == (302, f"/exams/attempts/{attempt.pk}/")
    page = browser.get(reply["Location"])
    assert f'data-state-url="/exams/api/attempts/{attempt.pk}/"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_wrong_code_is_told_and_starts_nothing(browser, attempt):
    reply = browser.post(f"/exams/attempts/{attempt.pk}/start/", {"passcode": "0000"})
    assert reply.status_code == 409
    assert Attempt.objects.get().started_at is None


def test_whoever_has_not_started_is_sent_to_the_waiting_room(browser, attempt):
    assert browser.get(f"/exams/attempts/{attempt.pk}/")["Location"] == f"/exams/attempts/{attempt.pk}/start/"


@pytest.fixture
def training(sitting):
    """The sitting as a training exam, which is joined without an application."""
    sitting.kind = SittingKind.TRAINING
    sitting.save()
    return sitting


def test_a_training_exam_is_joined_with_one_tap(browser, training, person):
    assert f'action="/exams/sittings/{training.pk}/apply/"' in browser.get("/exams/").text
    assert browser.post(f"/exams/sittings/{training.pk}/apply/").status_code == 302
    assert Admission.objects.get().person == person
    assert f'action="/exams/sittings/{training.pk}/apply/"' not in browser.get("/exams/").text


def test_a_certifying_exam_is_not_joined_without_an_application(browser, sitting):
    assert f'action="/exams/sittings/{sitting.pk}/apply/"' not in browser.get("/exams/").text
    assert browser.post(f"/exams/sittings/{sitting.pk}/apply/").status_code == 404
    assert not Admission.objects.exists()


def test_a_minor_who_applies_is_told_why_not(browser, training, person):
    person.born = person.born.replace(year=2010)
    person.save()
    page = browser.post(f"/exams/sittings/{training.pk}/apply/", follow=True)
    assert "18" in page.content.decode()
    assert not Admission.objects.exists()


def test_result_waits_for_grading_and_then_shows_the_score(browser, running, at):
    attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:00"))
    waiting = browser.get(f"/exams/attempts/{running.pk}/result/").content.decode()
    assert 'data-waiting="2"' in waiting
    assert "why " not in waiting
    grading.grade(attempt_id=running.pk, now=at("10:01"))
    graded = browser.get(f"/exams/attempts/{running.pk}/result/").content.decode()
    assert "why " in graded
    assert "data-waiting" not in graded
    assert Attempt.objects.get().receipt in graded


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_exams_costs_the_same_for_one_and_three(
    browser, sitting, person, count, at, django_assert_num_queries
):
    from exams.actions.admissions import admit

    for number in range(count):
        sitting.pk = None
        sitting.title = f"第{number}场"
        sitting.save()
        admit(sitting=Sitting.objects.get(pk=sitting.pk), person=person, by=None, now=at("08:30"))
    browser.get("/exams/")
    with django_assert_num_queries(12):
        page = browser.get("/exams/").content.decode()
    assert page.count("/start/") == count
