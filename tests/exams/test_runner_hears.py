"""What a candidate's page hears of the invigilator's acts, and what it tells of what it noticed."""

import json

import pytest
from django.core.cache import cache
from django.test import Client

from exams.actions import invigilation_time as clock
from exams.models import Attempt, IntegrityEvent, SittingMessage
from exams.tokens import make

from .invigilation_fixtures import *  # noqa: F403

CLOCK = "core.middleware.timezone.now"


@pytest.fixture
def time(monkeypatch, at):
    def set_to(text):
        monkeypatch.setattr(CLOCK, lambda: at(text))

    set_to("10:10")
    return set_to


@pytest.fixture
def page(running, time):
    browser = Client()
    browser.force_login(running.person.user)
    return browser


def opened(page, running):
    return page.get(f"/exams/api/attempts/{running.pk}/").json()


def peek(running, token, query="?peek=1"):
    return Client().get(f"/exams/api/attempts/{running.pk}/{query}", headers={"X-Attempt-Token": token})


def test_the_sheet_tells_the_rules_of_the_sitting(page, running, sitting):
    type(sitting).objects.update(calculator=True, full_screen=True)
    SittingMessage.objects.create(sitting=sitting, text="安静", sent_at=running.started_at)
    sheet = opened(page, running)
    assert (sheet["paused"], sheet["calculator"], sheet["full_screen"], sheet["takeover"]) == (
        False,
        True,
        True,
        "newest",
    )
    assert [message["text"] for message in sheet["messages"]] == ["安静"]
    assert len(sheet["emergency_key"]) > 500
    assert Attempt.objects.get().presence.seen_at == running.started_at.replace(hour=10, minute=10)


def test_the_peek_tells_pause_and_new_words_in_three_statements(
    page, running, invigilator, sitting, at, time, django_assert_num_queries
):
    token = opened(page, running)["token"]
    old = SittingMessage.objects.create(sitting=sitting, text="旧", sent_at=at("10:00"))
    new = SittingMessage.objects.create(sitting=sitting, attempt=running, text="新", sent_at=at("10:05"))
    clock.pause(sitting_id=sitting.pk, reason="停电", by=invigilator, now=at("10:00"))
    time("10:30")
    with django_assert_num_queries(3):
        now = peek(running, token, f"?peek=1&since={old.pk}").json()
    assert (now["paused"], now["seconds_left"], now["status"]) == (True, 3600, "in_progress")
    assert now["messages"] == [{"id": new.pk, "text": "新", "at": at("10:05").isoformat()}]
    assert Attempt.objects.get().presence.seen_at == at("10:30")


@pytest.mark.parametrize("since", ["", "x", "-1", "9" * 30, "1;2"])
def test_a_strange_number_of_the_last_message_gives_all_of_them(page, running, sitting, at, since):
    token = opened(page, running)["token"]
    SittingMessage.objects.create(sitting=sitting, text="安静", sent_at=at("10:00"))
    assert len(peek(running, token, f"?peek=1&since={since}").json()["messages"]) == 1


def test_a_save_while_paused_tells_the_standing_clock_in_one_statement(
    page, running, invigilator, sitting, at, time, django_assert_num_queries
):
    token = opened(page, running)["token"]
    clock.pause(sitting_id=sitting.pk, reason="停电", by=invigilator, now=at("10:00"))
    body = json.dumps({"answers": [{"slot": 1, "response": "A", "marked": False, "seq": 1}]})
    with django_assert_num_queries(1):
        reply = Client().post(
            f"/exams/api/attempts/{running.pk}/answers/",
            body,
            content_type="application/json",
            headers={"X-Attempt-Token": token},
        )
    assert reply.json() == {"acks": [{"slot": 1, "seq": 1}], "seconds_left": 3600, "paused": True}


# What the page noticed ----------------------------------------------------------------------------------------------


@pytest.fixture
def token(running):
    cache.clear()
    return make(attempt_id=running.pk, lease="")


def notice(running, token, body):
    return Client().post(
        f"/exams/api/attempts/{running.pk}/events/",
        body if isinstance(body, str) else json.dumps(body),
        content_type="application/json",
        headers={"X-Attempt-Token": token},
    )


def test_what_a_page_noticed_is_kept_under_its_token(running, token, time):
    events = {"events": [{"kind": "focus_lost", "seconds": 12}, {"kind": "copy"}]}
    assert notice(running, token, events).json() == {"stored": 2}
    assert notice(running, "forged", events).status_code == 403
    assert IntegrityEvent.objects.count() == 2


@pytest.mark.parametrize(
    "body",
    [
        {"events": []},
        {"events": [{"kind": "copy"}] * 21},
        {"events": [{"kind": "devtools"}]},
        {"events": [{"kind": "copy", "seconds": "12"}]},
        {"events": ["copy"]},
        {"events": 7},
        [],
        "{",
        '{"events": [' + " " * 5000 + "]}",
        "[" * 4000,
    ],
)
def test_bad_events_are_refused(running, token, time, body):
    assert notice(running, token, body).status_code == 400
    assert not IntegrityEvent.objects.exists()


def test_a_page_that_tells_too_often_is_stopped_and_nobody_else(room_of, start, running, time, token):
    (other,) = room_of(1)
    start(other)
    replies = [notice(running, token, {"events": [{"kind": "copy"}]}).status_code for _ in range(14)]
    assert replies == [200] * 12 + [429] * 2
    assert notice(other, make(attempt_id=other.pk, lease=""), {"events": [{"kind": "copy"}]}).status_code == 200
