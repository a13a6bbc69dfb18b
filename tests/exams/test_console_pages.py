"""The console as its page talks to the server, and what the candidate's page hears of it."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from exams.actions import attempts
from exams.models import Admission, Allowance, Attempt, Incident, SittingMessage

from .invigilation_fixtures import *  # noqa: F403
from .test_emergency import folder, key_file, row, sealed  # noqa: F401

CLOCK = "core.middleware.timezone.now"


@pytest.fixture
def time(monkeypatch, at):
    def set_to(text):
        monkeypatch.setattr(CLOCK, lambda: at(text))

    set_to("10:10")
    return set_to


@pytest.fixture
def desk(invigilator, time):
    browser = Client()
    browser.force_login(invigilator)
    return browser


def act(browser, sitting, name, **fields):
    with translation.override("en"):
        url = f"/admin/invigilation/{sitting.pk}/acts/{name}/"
        return browser.post(url, fields, headers={"Accept-Language": "en"})


def state(browser, sitting):
    return browser.get(f"/admin/invigilation/{sitting.pk}/state/").json()


@pytest.mark.parametrize("count", [1, 60])
def test_the_state_of_the_room_costs_five_statements(
    desk, room_of, start, sitting, count, time, django_assert_num_queries
):
    room = room_of(count)
    start(room[0])
    state(desk, sitting)
    with django_assert_num_queries(5):
        now = state(desk, sitting)
    assert (len(now["places"]), now["passcode"]) == (count, "4711")
    assert now["places"][0]["attempt"] == str(room[0].pk)


def test_the_pages_show_my_sittings_and_the_room(desk, running, sitting):
    assert f"/admin/invigilation/{sitting.pk}/" in desk.get("/admin/invigilation/").content.decode()
    page = desk.get(f"/admin/invigilation/{sitting.pk}/")
    assert f'data-state-url="/admin/invigilation/{sitting.pk}/state/"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_another_sitting_is_not_found(desk, running, sitting):
    for tail in ("", "state/", "ticket/?text=1", f"candidates/{running.pk}/"):
        assert desk.get(f"/admin/invigilation/{sitting.pk + 1}/{tail}").status_code == 404
    assert desk.get(f"/admin/invigilation/{sitting.pk}/candidates/{uuid4()}/").status_code == 404
    assert act(desk, sitting, "pause", attempt=uuid4(), reason="?").status_code == 404
    assert act(desk, sitting, "nonsense").status_code == 404


def test_who_sits_there_sees_no_console(desk, running, sitting, invigilator):
    running.person.user.groups.add(*invigilator.groups.all())
    browser = Client()
    browser.force_login(running.person.user)
    assert browser.get(f"/admin/invigilation/{sitting.pk}/").status_code == 404
    assert act(browser, sitting, "time", minutes=5, reason="?").status_code == 404
    assert not Allowance.objects.exists()


def test_time_for_one_the_room_and_an_interruption(desk, running, sitting, at):
    assert act(desk, sitting, "time", attempt=running.pk, minutes=5, reason="换机").json() == {
        "message": "5 minutes given to 1 candidate."
    }
    act(desk, sitting, "time", minutes=3, reason="广播")
    told = act(desk, sitting, "make-up", since="18:00", until="18:07", reason="停电")  # 10:00 to 10:07 UTC
    assert told.json() == {"message": "The interruption was made up for: 1 candidate."}
    assert Attempt.objects.get().deadline == at("11:15")
    again = act(desk, sitting, "make-up", since="18:00", until="18:07", reason="停电")
    assert (again.status_code, Attempt.objects.get().deadline) == (409, at("11:15"))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("time", {"minutes": 0, "reason": "?"}),
        ("time", {"minutes": 481, "reason": "?"}),
        ("time", {"minutes": 5}),
        ("time", {"minutes": 5, "reason": "?", "attempt": "x"}),
        ("make-up", {"since": "25:00", "until": "18:00", "reason": "?"}),
        ("hand-in", {"reason": "?"}),
        ("void", {"attempt": str(uuid4())}),
        ("message", {"text": ""}),
        ("incident", {"kind": "gossip", "text": "?"}),
        ("seat", {"attempt": str(uuid4()), "seat": 0}),
        ("emergency", {}),
        ("check-in", {}),
    ],
)
def test_bad_input_is_told_by_field_and_nothing_happens(desk, running, sitting, at, name, fields):
    reply = act(desk, sitting, name, **fields)
    assert (reply.status_code, list(reply.json())) == (400, ["errors"])
    assert Attempt.objects.get().deadline == at("11:00")


def test_each_act_is_reached_by_its_name(desk, running, sitting, at):
    who = {"attempt": running.pk}
    assert act(desk, sitting, "pause", reason="停电").json()["message"] == "Paused: 1 candidate."
    assert state(desk, sitting)["places"][0]["state"] == "paused"
    assert act(desk, sitting, "resume", **who).json()["message"] == "Resumed: 1 candidate."
    assert act(desk, sitting, "seat", seat=2, **who).json()["message"] == "Seat 2."
    assert act(desk, sitting, "seat", seat=9, **who).status_code == 409
    act(desk, sitting, "message", text="请坐正", **who)
    act(desk, sitting, "incident", kind="device", text="鼠标失灵", **who)
    assert act(desk, sitting, "release", **who).status_code == 200
    receipt = act(desk, sitting, "hand-in", reason="离场", **who).json()["message"]
    assert Attempt.objects.get().receipt in receipt
    assert act(desk, sitting, "void", reason="替考", **who).status_code == 200
    assert act(desk, sitting, "void", reason="替考", **who).status_code == 409
    assert (SittingMessage.objects.get().text, Incident.objects.get().kind) == ("请坐正", "device")
    assert (Attempt.objects.get().status, Admission.objects.get().seat) == ("voided", 2)
    record = desk.get(f"/admin/invigilation/{sitting.pk}/candidates/{running.pk}/").json()["record"]
    assert [line["kind"] for line in record] == ["incident", "message"]


def test_a_ticket_shows_who_it_is_and_checks_in(desk, attempt, sitting, time):
    time("08:50")
    shown = desk.get(f"/admin/invigilation/{sitting.pk}/ticket/", {"text": f"QR:{attempt.admission.ticket}"}).json()
    assert (shown["name"], shown["photo"], shown["checked_in_at"]) == (attempt.person.name, None, None)
    assert attempt.person.id_number not in json.dumps(shown)
    assert act(desk, sitting, "check-in", admission=shown["admission"]).json()["message"] == "Checked in."
    assert Admission.objects.get().checked_in_at is not None
    act(desk, sitting, "check-in", admission=shown["admission"], undo="on")
    assert Admission.objects.get().checked_in_at is None
    assert desk.get(f"/admin/invigilation/{sitting.pk}/ticket/", {"text": "123456"}).status_code == 404


def test_the_room_is_started_in_one_click(desk, attempt, sitting, time):
    time("08:50")
    act(desk, sitting, "check-in", admission=attempt.admission_id)
    assert act(desk, sitting, "start").status_code == 409
    time("09:00")
    assert act(desk, sitting, "start").json()["message"] == "Started: 1 candidate."
    assert Attempt.objects.get().status == "in_progress"


def upload(browser, sitting, content, **fields):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return act(browser, sitting, "emergency", file=SimpleUploadedFile("a.json", content), **fields)


def test_an_emergency_file_is_looked_at_and_then_taken_in(desk, running, sitting):
    content = sealed(running.pk, [row(1), row(2)])
    look = upload(desk, sitting, content).json()
    assert (look["look"]["newer"], look["look"]["applied"], running.answers.count()) == (2, False, 0)
    assert look["message"].endswith("2 newer answers, 0 not newer, 0 unreadable. They will count.")
    assert upload(desk, sitting, content, apply="on").json()["message"].endswith("They were taken in.")
    assert running.answers.count() == 2
    assert upload(desk, sitting, b"junk").status_code == 409
    assert upload(desk, sitting, sealed(uuid4(), [])).status_code == 409


def test_after_the_end_the_console_says_that_it_is_evidence(desk, running, sitting, at):
    attempts.submit(attempt_id=running.pk, lease=running.lease, now=at("10:00"))
    content = sealed(running.pk, [row(1)])
    assert "not scored" in upload(desk, sitting, content).json()["message"]
    assert "evidence" in upload(desk, sitting, content, apply="on").json()["message"]
    assert (running.late_answers.count(), running.answers.count()) == (1, 0)


def test_the_acts_want_a_csrf_token(invigilator, sitting, time):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(invigilator)
    assert act(browser, sitting, "start").status_code == 403
