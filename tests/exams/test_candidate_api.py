"""A candidate's own affairs as JSON."""

import pytest

from accounts.models import User
from exams.enums import ApplicationStatus
from exams.models import Admission, Application
from tests.exams.application_fixtures import *  # noqa: F403


@pytest.fixture
def me(client, person):
    client.force_login(person.user)

    def call(method: str, path: str, body=None, **headers):
        send = getattr(client, method)
        return send(f"/api/v1/exams/me/{path}", body or {}, content_type="application/json", headers=headers)

    return call


@pytest.fixture
def open_sitting(sitting, at):
    """Booking is open whenever the test runs."""
    from django.utils import timezone

    now = timezone.now()
    sitting.opens_at, sitting.closes_at = now.replace(year=now.year + 1), now.replace(year=now.year + 2)
    sitting.booking_opens_at = None
    sitting.save()
    return sitting


def test_strangers_and_people_without_a_real_name_get_nothing(client, db):
    assert client.get("/api/v1/exams/me/applications").status_code == 401
    client.force_login(User.objects.create_user("nobody"))
    reply = client.get("/api/v1/exams/me/applications")
    assert (reply.status_code, reply.json()["code"]) == (403, "no_person")


def test_a_foreign_page_cannot_act_for_a_candidate(person, rule):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person.user)
    reply = browser.post("/api/v1/exams/me/applications", {"operation": "0102"}, content_type="application/json")
    assert (reply.status_code, Application.objects.count()) == (403, 0)


def test_an_application_is_begun_described_and_refused_while_something_is_missing(me, rule):
    begun = me("post", "applications", {"operation": "0102"}, **{"Idempotency-Key": "1"})
    assert me("post", "applications", {"operation": "0102"}).json() == begun.json()
    one = begun.json()
    assert (one["status"], one["operation"]["name"]) == ("draft", "低压电工作业")
    me("put", f"applications/{one['id']}", {"education": "senior_secondary", "post": "staff"})
    assert Application.objects.values_list("education", "post").get() == ("senior_secondary", "staff")
    refused = me("post", f"applications/{one['id']}/submit")
    assert (refused.status_code, refused.json()["code"]) == (409, "incomplete")
    assert "identity" in refused.json()["reasons"]
    assert me("post", f"applications/{one['id']}/withdraw").json()["status"] == "withdrawn"


def test_a_complete_application_is_handed_in(me, fill_in, person):
    one = fill_in(person)
    assert me("post", f"applications/{one.pk}/submit").json()["status"] == "submitted"
    again = me("post", f"applications/{one.pk}/submit")
    assert (again.status_code, again.json()["code"]) == (409, "wrong_status")
    assert [item["id"] for item in me("get", "applications").json()] == [one.pk]


def test_a_seat_is_booked_once_and_given_back(me, accept, person, open_sitting):
    one = accept(person)
    [offered] = me("get", f"applications/{one.pk}/sittings").json()
    assert (offered["id"], offered["free"]) == (open_sitting.pk, 2)
    seat = me("post", f"applications/{one.pk}/seat", {"sitting": open_sitting.pk}, **{"Idempotency-Key": "s"})
    again = me("post", f"applications/{one.pk}/seat", {"sitting": open_sitting.pk}, **{"Idempotency-Key": "s"})
    assert seat.status_code == 200
    assert (seat.json(), Admission.objects.count()) == (again.json(), 1)
    assert me("delete", f"applications/{one.pk}/seat").json()["status"] == ApplicationStatus.ACCEPTED
    assert me("post", f"applications/{one.pk}/seat", {"sitting": 0}).status_code == 404


def test_what_belongs_to_another_is_not_there(me, fill_in, other_person):
    other = fill_in(other_person)
    assert [
        me("get", f"applications/{other.pk}").status_code,
        me("put", f"applications/{other.pk}", {"education": "none"}).status_code,
        me("post", f"applications/{other.pk}/submit").status_code,
        me("post", f"applications/{other.pk}/seat", {"sitting": 1}).status_code,
    ] == [404] * 4


def test_results_and_certificates_are_ones_own(me, running, person, at):
    from exams.actions import attempts, grading

    attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:00"))
    grading.grade_waiting(now=at("10:01"))
    [item] = me("get", "results").json()
    assert (item["attempt"], item["score"], item["passed"]) == (str(running.pk), "0.00", False)
    assert me("get", "certificates").json() == []
