"""Officers check applications and plan sittings in the administration."""

import re
from datetime import timedelta

import pytest

from accounts.enums import Role
from exams.actions import attempts, booking
from exams.enums import ApplicationStatus, DocumentVerdict
from exams.models import Application, Room, Sitting, SittingDuty
from exams.permissions import grant_permissions
from tests.exams.application_fixtures import *  # noqa: F403
from tests.exams.application_fixtures import picture

CLOCK = "core.middleware.timezone.now"


@pytest.fixture
def browser(client, officer, monkeypatch, at):
    grant_permissions()
    monkeypatch.setattr(CLOCK, lambda: at("08:30"))
    client.force_login(officer)
    return client


def test_an_officer_looks_judges_and_accepts(browser, hand_in, person):
    application = hand_in(person)
    page = browser.get("/admin/applications/").text
    assert person.masked_name in page
    assert person.name not in page
    address = f"/admin/applications/{application.pk}/"
    assert person.name in browser.get(address).text
    assert browser.post(f"{address}decide/", {"decision": "accepted", "reason": ""}).status_code == 400
    for document in application.documents.all():
        reply = browser.get(f"/admin/applications/documents/{document.pk}/")
        assert b"".join(reply.streaming_content) == picture()
        browser.post(f"/admin/applications/documents/{document.pk}/judge/", {"verdict": "accepted", "note": ""})
    assert set(application.documents.values_list("verdict", flat=True)) == {DocumentVerdict.ACCEPTED}
    assert browser.post(f"{address}decide/", {"decision": "accepted", "reason": ""}).status_code == 302
    application.refresh_from_db()
    assert application.status == ApplicationStatus.ACCEPTED
    assert browser.post(f"{address}decide/", {"decision": "refused", "reason": "x"}).status_code == 400


def test_a_return_needs_a_reason_on_the_page_too(browser, hand_in, person):
    address = f"/admin/applications/{hand_in(person).pk}/decide/"
    reply = browser.post(address, {"decision": "returned", "reason": ""})
    assert list(reply.context["form"].errors) == ["reason"]
    assert Application.objects.get().status == ApplicationStatus.SUBMITTED


def test_a_draft_is_nobodys_but_its_candidates(browser, fill_in, person):
    application = fill_in(person)
    document = application.documents.first()
    assert browser.get(f"/admin/applications/{application.pk}/").status_code == 404
    assert browser.get(f"/admin/applications/documents/{document.pk}/").status_code == 404
    assert browser.post(f"/admin/applications/documents/{document.pk}/judge/").status_code == 404
    assert person.masked_name not in browser.get("/admin/applications/?status=draft").text


def test_ones_own_application_is_left_to_a_colleague(browser, hand_in, person, officer):
    person.user = officer
    person.save()
    application = hand_in(person)
    document = application.documents.first()
    assert 'name="decision"' not in browser.get(f"/admin/applications/{application.pk}/").text
    assert browser.get(f"/admin/applications/documents/{document.pk}/").status_code == 404
    reply = browser.post(f"/admin/applications/{application.pk}/decide/", {"decision": "refused", "reason": "x"})
    assert reply.status_code == 400
    assert Application.objects.get().status == ApplicationStatus.SUBMITTED


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_applications_costs_the_same_for_one_and_three(
    browser, hand_in, make_person, count, django_assert_num_queries
):
    for _ in range(count):
        hand_in(make_person())
    browser.get("/admin/applications/")
    with django_assert_num_queries(14):
        page = browser.get("/admin/applications/").text
    assert len(re.findall(r'href="/admin/applications/\d+/"', page)) == count


@pytest.fixture
def plan(sitting, rule):
    """What an officer types to make sittings in two rooms at two times."""
    other = Room.objects.create(point=sitting.room.point, name="二号机房", seats=2)
    return {
        "title": "低压电工理论",
        "kind": "certifying",
        "rule": rule.pk,
        "blueprint": sitting.blueprint_id,
        "rooms": [sitting.room_id, other.pk],
        "day": "2026-12-01",
        "times": "09:00，14:00",
        "booking_opens": "2026-11-24",
        "booking_closes_days": "2",
        "late_policy": "window_wins",
        "takeover": "released",
        "needs_check_in": "on",
        "release_policy": "by_officer",
    }


def test_several_rooms_and_times_become_sittings_at_once(browser, plan, at):
    assert browser.get("/admin/scheduling/make/").status_code == 200
    assert browser.post("/admin/scheduling/make/", plan).status_code == 302
    made = Sitting.objects.exclude(title="理论考试").order_by("opens_at", "room__name")
    assert made.count() == 4
    first = made[0]
    assert (first.opens_at, first.closes_at) == (
        at("01:00") + timedelta(days=8), at("03:30") + timedelta(days=8),
    )  # fmt: skip
    assert (first.minutes, first.needs_check_in, first.takeover) == (120, True, "released")
    assert first.booking_closes_at == at("01:00") + timedelta(days=6)
    assert browser.post("/admin/scheduling/make/", plan).context["form"].errors.keys() == {"rooms"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"times": "25:00"}, "times"),
        ({"times": ""}, "times"),
        ({"day": "2026-05-01"}, "rule"),
        ({"booking_opens": "2026-12-24"}, "__all__"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_made(browser, plan, changes, field):
    reply = browser.post("/admin/scheduling/make/", plan | changes)
    assert reply.status_code == 200
    assert field in reply.context["form"].errors
    assert Sitting.objects.count() == 1


def test_seats_and_invigilators_are_drawn_on_the_pages(browser, accept, sitting, person, staff, at):
    invigilator = staff(Role.INVIGILATOR)
    Sitting.objects.update(booking_closes_at=at("08:29"), booking_opens_at=at("08:00"))
    application = accept(person)
    booking.book(application_id=application.pk, sitting_id=sitting.pk, by=person.user, now=at("08:22"))
    page = browser.get(f"/admin/scheduling/{sitting.pk}/").text
    assert person.masked_name in page
    assert person.name not in page
    browser.post(f"/admin/scheduling/{sitting.pk}/seats/")
    assert Sitting.objects.get().seats_drawn_at == at("08:30")
    browser.post("/admin/scheduling/duties/", {"sitting": [sitting.pk], "each": 1, "seed": "7"})
    assert SittingDuty.objects.get().user == invigilator
    report = browser.post("/admin/scheduling/duties/", {"sitting": [sitting.pk], "each": 2})
    assert report.status_code == 409
    assert "1 / 2" in report.text
    assert SittingDuty.objects.count() == 1


def test_who_was_absent_is_listed_masked(browser, accept, sitting, person, at):
    application = accept(person)
    admission = booking.book(application_id=application.pk, sitting_id=sitting.pk, by=person.user, now=at("08:22"))
    assert person.masked_name not in browser.get("/admin/scheduling/absences/").text
    attempts.close_overdue(now=at("12:01"))
    page = browser.get("/admin/scheduling/absences/").text
    assert person.masked_name in page
    assert person.name not in page
    admission.attempt.refresh_from_db()
    assert admission.attempt.status == "absent"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_sittings_costs_the_same_for_one_and_three(browser, sitting, count, django_assert_num_queries):
    for number in range(count - 1):
        sitting.pk, sitting.title = None, f"第{number}场"
        sitting.save()
    browser.get("/admin/scheduling/")
    with django_assert_num_queries(14):
        assert browser.get("/admin/scheduling/").text.count('name="sitting"') == count
