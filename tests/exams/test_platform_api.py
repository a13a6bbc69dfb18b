"""What other houses' platforms read and send."""

import pytest

from accounts.models import Person
from clients.enums import Scope
from clients.models import Happening
from core.models import AuditEntry
from exams.actions import releasing
from exams.enums import ApplicationStatus
from exams.models import Application
from tests.clients.conftest import *  # noqa: F403
from tests.conftest import id_number
from tests.exams.application_fixtures import *  # noqa: F403
from tests.exams.results_fixtures import candidate, held  # noqa: F401

LATER = "2026-11-23T23:00:00Z"


@pytest.fixture
def call(client, at, settings):
    """Return a function that calls the API with a key, at 23:00 of the test day."""

    def send(path: str, key: str, body=None, **headers):
        headers = {"Authorization": f"Bearer {key}", **headers}
        url = f"/api/v1/platform/{path}"
        if body is None:
            return client.get(url, headers=headers)
        return client.post(url, body, content_type="application/json", headers=headers)

    return send


def sent_application(**changes) -> dict:
    return {"operation": "0102", "name": "赵六", "id_number": id_number(777), "education": "senior_secondary"} | changes


def test_without_a_key_that_counts_nothing_is_told(call, key_with, rule):
    assert call("operations", "xhyj_nonsense").status_code == 401
    assert call("operations", "xhyj_nonsense").json()["code"] == "unknown_caller"
    assert call("operations", key_with(Scope.IDENTITY_READ)).json() == [
        {"code": "0102", "category": "电工作业", "name": "低压电工作业"}
    ]


@pytest.mark.parametrize("path", ["applications", "results/theory", "results/practical", "certificates"])
def test_a_key_without_the_scope_gets_nothing(call, key_with, path):
    reply = call(path, key_with(Scope.IDENTITY_READ))
    assert (reply.status_code, reply.json()["code"]) == (403, "missing_scope")


def test_a_key_has_its_requests_a_minute(call, key_with, program):
    key = key_with()
    program.per_minute = 2
    program.save()
    assert [call("operations", key).status_code for _ in range(3)] == [200, 200, 429]


def test_an_application_is_received_once(call, key_with, rule):
    key = key_with(Scope.APPLICATIONS_WRITE)
    first = call("applications", key, sent_application(), **{"Idempotency-Key": "a-1"})
    again = call("applications", key, sent_application(), **{"Idempotency-Key": "a-1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert (first.get("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (None, "true")
    row = Application.objects.get()
    assert (row.status, row.received_from.name, row.person.name, row.education) == (
        ApplicationStatus.DRAFT, "省平台", "赵六", "senior_secondary",
    )  # fmt: skip
    told = first.json()
    assert told["person"] == {"name": "*六", "id_kind": "resident", "id_number": row.person.masked_id_number}
    assert (
        told["application"]["missing"] == ["identity", "training", "photo"]
        or "identity" in told["application"]["missing"]
    )
    assert AuditEntry.objects.filter(kind="exams.application").first().actor == "api:省平台"


def test_the_same_application_without_a_key_against_doubling_is_found(call, key_with, rule):
    key = key_with(Scope.APPLICATIONS_WRITE)
    replies = [call("applications", key, sent_application()) for _ in range(2)]
    assert [reply.status_code for reply in replies] == [201, 200]
    assert (Application.objects.count(), Person.objects.count()) == (1, 1)


def test_a_key_against_doubling_is_not_used_for_something_else(call, key_with, rule):
    key = key_with(Scope.APPLICATIONS_WRITE)
    call("applications", key, sent_application(), **{"Idempotency-Key": "a-1"})
    other = call("applications", key, sent_application(id_number=id_number(778)), **{"Idempotency-Key": "a-1"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"operation": "9999"}, 404, "not_found"),
        ({"operation": "低压"}, 404, "not_found"),
        ({"id_number": "370202199003071234"}, 422, "bad_id_number"),
        ({"name": ""}, 422, "invalid"),
        ({"education": "doctor"}, 422, "invalid"),
    ],
)
def test_what_cannot_be_received_says_why(call, key_with, rule, changes, status, code):
    reply = call("applications", key_with(), sent_application(**changes))
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert not Person.objects.filter(name="赵六").exists()


def test_a_number_of_somebody_else_is_refused_without_a_name(call, key_with, rule, person):
    reply = call("applications", key_with(), sent_application(id_number=person.id_number))
    assert (reply.status_code, reply.json()["code"]) == (409, "name_differs")
    assert person.name not in reply.text


def test_applications_are_read_on_by_cursor(call, key_with, hand_in, make_person, rule):
    key = key_with(Scope.APPLICATIONS_READ, Scope.IDENTITY_READ)
    for name in ("甲一", "乙二", "丙三"):
        hand_in(make_person(name=name))
    first = call("applications?limit=2", key).json()
    assert [item["person"]["name"] for item in first["items"]] == ["甲一", "乙二"]
    assert first["more"]
    rest = call(f"applications?limit=2&after={first['next']}", key).json()
    assert [item["person"]["name"] for item in rest["items"]] == ["丙三"]
    assert (rest["more"], len(rest["items"][0]["person"]["id_number"])) == (False, 18)
    nothing = call(f"applications?after={rest['next']}", key).json()
    assert nothing == {"items": [], "next": rest["next"], "more": False}


def test_a_draft_is_not_in_the_list(call, key_with, fill_in, person):
    fill_in(person)
    assert call("applications", key_with()).json()["items"] == []


@pytest.mark.parametrize("cursor", ["x", "1-", "-1", "9" * 30 + "-1", "１-1"])
def test_a_cursor_that_no_page_gave_is_refused(call, key_with, cursor):
    reply = call(f"applications?after={cursor}", key_with())
    assert (reply.status_code, reply.json()["code"]) == (400, "bad_cursor")


def test_a_result_comes_once_it_is_released(call, key_with, candidate, held, officer, at):  # noqa: F811
    attempt = candidate(wrong=[1])
    key = key_with(Scope.RESULTS_READ)
    assert call("results/theory", key).json()["items"] == []
    from exams.actions import grading

    grading.grade_waiting(now=at("11:00"))
    assert call("results/theory", key).json()["items"] == []
    releasing.release(sitting_id=held.pk, by=officer, now=at("12:00"))
    [item] = call("results/theory", key).json()["items"]
    assert (item["attempt"], item["score"], item["passed"]) == (str(attempt.pk), "4.00", True)
    assert item["person"]["name"] == attempt.person.masked_name
    assert Happening.objects.get().data == {"sitting": held.pk}


def test_events_come_for_what_a_key_may_read(call, key_with, hand_in, person):
    hand_in(person)
    [event] = call("events", key_with(Scope.APPLICATIONS_READ)).json()["items"]
    assert (event["type"], event["data"]) == ("application.submitted", {"application": Application.objects.get().pk})
    assert call("events", key_with(Scope.RESULTS_READ)).json()["items"] == []


def test_the_description_names_every_address(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {path for path in paths if path.startswith("/api/v1/platform/")} == {
        f"/api/v1/platform/{path}"
        for path in (
            "operations", "applications", "applications/{pk}", "results/theory", "results/practical", "certificates",
            "certificates/{code}", "events",
        )
    }  # fmt: skip
