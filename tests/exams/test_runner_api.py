"""The endpoints the exam runner talks to."""

import json

import pytest
from django.test import Client

from exams.actions import attempts
from exams.models import Answer, Attempt

CLOCK = "core.middleware.timezone.now"


@pytest.fixture
def clock(monkeypatch, at):
    """Set the time of day that requests see; 09:30 until told otherwise."""

    def set_to(text):
        monkeypatch.setattr(CLOCK, lambda: at(text))

    set_to("09:30")
    return set_to


@pytest.fixture
def browser(running, clock):
    client = Client()
    client.force_login(running.person.user)
    return client


def url(attempt, tail=""):
    return f"/exams/api/attempts/{attempt.pk}/{tail}"


def post(client, attempt, tail, body, token):
    return client.post(
        url(attempt, tail), json.dumps(body), content_type="application/json", headers={"X-Attempt-Token": token}
    )


@pytest.fixture
def token(browser, running):
    return browser.get(url(running)).json()["token"]


# The attempt began 30 minutes ago: a new page numbers on from more than anyone could have clicked since.
NEXT_SEQ = 30 * 60 * 10 + 1
ANSWER = {"slot": 1, "response": "B", "marked": True, "seq": 1}


def test_state_gives_the_paper_and_the_time_left(browser, running):
    state = browser.get(url(running)).json()
    assert (state["seconds_left"], state["next_seq"], state["status"]) == (5400, NEXT_SEQ, "in_progress")
    assert [question["slot"] for question in state["questions"]] == [1, 2, 3, 4, 5]
    assert [option["letter"] for option in state["questions"][3]["options"]] == ["A", "B", "C", "D"]


def test_no_key_and_no_explanation_reaches_the_client(browser, running, token):
    texts = [
        browser.get(url(running)).content.decode(),
        browser.get(f"/exams/attempts/{running.pk}/").content.decode(),
        browser.get(f"/exams/attempts/{running.pk}/result/").content.decode(),
        post(browser, running, "answers/", {"answers": [ANSWER]}, token).content.decode(),
    ]
    for text in texts:
        assert "why " not in text
        assert "is_right" not in text
        assert "explanation" not in text


def test_save_needs_no_session(running, token, django_assert_num_queries):
    with django_assert_num_queries(1):
        reply = post(Client(), running, "answers/", {"answers": [ANSWER]}, token)
    assert reply.json() == {"acks": [{"slot": 1, "seq": 1}], "seconds_left": 5400, "paused": False}


def test_resuming_gives_back_what_was_acknowledged(browser, running, token):
    post(browser, running, "answers/", {"answers": [ANSWER]}, token)
    state = browser.get(url(running)).json()
    assert state["answers"] == [ANSWER]
    assert state["next_seq"] == NEXT_SEQ


def test_the_old_page_is_told_after_another_took_over(browser, running, token):
    browser.get(url(running))
    reply = post(browser, running, "answers/", {"answers": [ANSWER]}, token)
    assert (reply.status_code, reply.json()["reason"]) == (409, "lease")
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {"answers": [{**ANSWER, "slot": 99}]},
        {"answers": [{**ANSWER, "response": "AB"}]},
        {"answers": [{**ANSWER, "seq": 1.5}]},
        {"answers": []},
        {"answers": [ANSWER] * 101},
        {"answers": "A"},
        {"answer": ANSWER},
        ["x" * 40_000],
    ],
)
def test_bad_input_is_400_and_changes_nothing(running, token, body):
    reply = post(Client(), running, "answers/", body, token)
    assert (reply.status_code, reply.json()["reason"]) == (400, "invalid")
    assert not Answer.objects.exists()


def test_a_token_that_is_forged_or_of_another_attempt_is_403(running, token):
    assert post(Client(), running, "answers/", {"answers": [ANSWER]}, token + "x").status_code == 403
    assert post(Client(), running, "answers/", {"answers": [ANSWER]}, "").status_code == 403


def test_late_after_the_grace_is_409(running, token, clock):
    clock("11:00:31")
    reply = post(Client(), running, "answers/", {"answers": [ANSWER]}, token)
    assert (reply.status_code, reply.json()["reason"]) == (409, "late")


def test_what_a_device_left_offline_still_holds_does_not_overwrite_what_came_since(browser, running, token):
    new = browser.get(url(running)).json()
    later = {**ANSWER, "response": "A", "seq": new["next_seq"]}
    post(browser, running, "answers/", {"answers": [later]}, new["token"])
    back = browser.get(url(running)).json()
    post(browser, running, "answers/", {"answers": [{**ANSWER, "seq": 40}]}, back["token"])
    assert Answer.objects.get().response == "A"


def test_submit_five_times_gives_one_receipt(running, token):
    post(Client(), running, "answers/", {"answers": [ANSWER]}, token)
    replies = [post(Client(), running, "submit/", {}, token).json() for _ in range(5)]
    assert {reply["receipt"] for reply in replies} == {Attempt.objects.get().receipt}
    assert replies[0]["answered"] == 1


def test_peek_tells_the_time_left_without_taking_the_lease(running, token, clock):
    clock("10:00")
    reply = Client().get(url(running) + "?peek=1", headers={"X-Attempt-Token": token})
    assert reply.json() == {"seconds_left": 3600, "status": "in_progress", "paused": False, "messages": []}
    assert post(Client(), running, "answers/", {"answers": [ANSWER]}, token).status_code == 200


def test_peek_tells_the_old_page_that_another_took_over(browser, running, token):
    browser.get(url(running))
    reply = Client().get(url(running) + "?peek=1", headers={"X-Attempt-Token": token})
    assert (reply.status_code, reply.json()["reason"]) == (409, "lease")


def test_state_of_someone_elses_attempt_is_404(running, other_person, clock):
    client = Client()
    client.force_login(other_person.user)
    assert client.get(url(running)).status_code == 404
    assert client.get(f"/exams/attempts/{running.pk}/").status_code == 404
    assert client.get(f"/exams/attempts/{running.pk}/result/").status_code == 404
    assert client.post(f"/exams/attempts/{running.pk}/start/", {"passcode": "1"}).status_code == 404


def test_state_of_a_submitted_attempt_is_409_with_the_receipt(browser, running, token, at):
    attempts.submit(attempt_id=running.pk, lease=Attempt.objects.get().lease, now=at("10:00"))
    reply = browser.get(url(running))
    assert (reply.status_code, reply.json()["receipt"]) == (409, Attempt.objects.get().receipt)


def test_saving_and_submitting_work_with_no_broker(
    running, token, settings, monkeypatch, django_capture_on_commit_callbacks
):
    def down(*args, **kwargs):
        raise ConnectionError("no broker")

    monkeypatch.setattr("core.nudging.current_app.send_task", down)
    assert post(Client(), running, "answers/", {"answers": [ANSWER]}, token).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert post(Client(), running, "submit/", {}, token).status_code == 200


def test_a_save_carries_the_headers_that_matter(running, token):
    """The short way passes the middleware by; what it must say all the same."""
    response = post(Client(), running, "answers/", {"answers": [ANSWER]}, token)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert int(response.headers["Content-Length"]) == len(response.content)
    assert "Set-Cookie" not in response.headers
