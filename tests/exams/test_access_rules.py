"""From where and when an exam may be begun: each rule by itself, on the start page, and at the runner's door."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from exams.actions import attempts
from exams.enums import AttemptStatus
from exams.models import Attempt
from exams.rules import access

CLOCK = "core.middleware.timezone.now"
KEY = "81aad4ab9dfd447cc479e6a4a7c9a544e2cafc7f3adeb68b2a21efad68eca4dc"
URL = "https://exam.example/exams/attempts/1/start/?x=1"


def hash_of(url, key=KEY):
    return hashlib.sha256(f"{url}{key}".encode()).hexdigest()


# The predicates -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ranges", "address", "allowed"),
    [
        ("", "203.0.113.9", True),
        ("10.1.2.0/24", "10.1.2.200", True),
        ("10.1.2.0/24", "10.1.3.1", False),
        ("10.9.0.0/16\n10.1.2.7", "10.1.2.7", True),
        ("10.9.0.0/16\n10.1.2.7", "10.1.2.8", False),
        ("2001:db8:1::/48", "2001:db8:1:2::/64", True),
        ("2001:db8:1::/48", "2001:db8:2:2::/64", False),
        ("10.1.2.0/24", "2001:db8:1:2::/64", False),
        ("10.1.2.0/24", "", False),
        ("10.1.2.x", "10.1.2.1", False),
    ],
)
def test_the_network_of_the_room(ranges, address, allowed):
    assert (access.network(ranges=ranges, address=address) is None) is allowed


@pytest.mark.parametrize(
    ("hashes", "proved", "allowed"),
    [
        ((hash_of(URL),), False, True),
        ((hash_of(URL).upper(),), False, True),
        (("0" * 64, hash_of(URL, "b" * 64)), False, True),
        ((hash_of(URL.removesuffix("?x=1")),), False, False),
        ((hash_of(URL, "c" * 64),), False, False),
        ((KEY,), False, False),
        (("é",), False, False),
        ((), False, False),
        ((), True, True),
    ],
)
def test_safe_exam_browser_proves_its_configuration_for_the_very_address(hashes, proved, allowed):
    reason = access.safe_browser(keys=f"{KEY}\n{'b' * 64}", url=URL, hashes=hashes, proved=proved)
    assert (reason is None) is allowed


def test_without_keys_any_browser_will_do():
    assert access.safe_browser(keys="", url=URL, hashes=()) is None


@pytest.mark.parametrize(("typed", "allowed"), [("4711", True), (" ４７１１ ", True), ("471", False), ("", False)])
def test_the_code_of_the_room(typed, allowed):
    assert (access.room_code(code="4711", typed=typed) is None) is allowed


def test_check_in_is_asked_for_only_where_the_sitting_wants_it(at):
    assert access.checked_in(needed=False, checked_in_at=None) is None
    assert access.checked_in(needed=True, checked_in_at=at("08:45")) is None
    assert access.checked_in(needed=True, checked_in_at=None)


def test_a_room_that_starts_together_waits_for_it(at):
    assert access.room_started(together=False, started_at=None) is None
    assert access.room_started(together=True, started_at=at("09:00")) is None
    assert access.room_started(together=True, started_at=None)


def test_a_sitting_with_a_line_that_is_no_network_is_refused(sitting):
    sitting.ip_ranges = "10.1.2.0/24\n10.1.2.x"
    with pytest.raises(ValidationError) as error:
        sitting.clean()
    assert "10.1.2.x" in str(error.value)


# The start page -----------------------------------------------------------------------------------------------------


@pytest.fixture
def browser(client, person, monkeypatch, at):
    monkeypatch.setattr(CLOCK, lambda: at("09:30"))
    client.force_login(person.user)
    return client


def start(browser, attempt, **more):
    return browser.post(f"/exams/attempts/{attempt.pk}/start/", {"passcode": "4711"}, **more)


RULES = {
    "needs_check_in": True,
    "starts_together": True,
    "ip_ranges": "10.1.2.0/24",
    "seb_keys": KEY,
}


@pytest.mark.parametrize("named", RULES)
def test_each_rule_stands_against_the_start_and_is_told(browser, attempt, sitting, named):
    type(sitting).objects.update(**{named: RULES[named]})
    shown = browser.get(f"/exams/attempts/{attempt.pk}/start/").context["reasons"]
    reply = start(browser, attempt)
    assert (reply.status_code, len(shown), str(reply.context["error"])) == (409, 1, str(shown[0]))
    assert Attempt.objects.get().status == AttemptStatus.SCHEDULED


def test_a_cancelled_admission_does_not_start(browser, attempt, at):
    attempt.admission.cancelled_at = at("09:00")
    attempt.admission.save()
    assert start(browser, attempt).status_code == 409
    assert Attempt.objects.get().status == AttemptStatus.SCHEDULED


def test_in_the_rooms_network_checked_in_and_started_it_begins(browser, attempt, sitting, at):
    type(sitting).objects.update(needs_check_in=True, starts_together=True, ip_ranges="127.0.0.0/8")
    type(sitting).objects.update(room_started_at=at("09:00"))
    type(attempt.admission).objects.update(checked_in_at=at("08:45"))
    assert start(browser, attempt).status_code == 302
    assert Attempt.objects.get().status == AttemptStatus.IN_PROGRESS


def test_a_start_costs_four_statements(browser, attempt, django_assert_num_queries):
    with django_assert_num_queries(4):
        assert start(browser, attempt).status_code == 302


def test_whoever_has_begun_is_sent_on_from_the_waiting_room(browser, running):
    reply = browser.get(f"/exams/attempts/{running.pk}/start/")
    assert (reply.status_code, reply["Location"]) == (302, f"/exams/attempts/{running.pk}/")


def test_the_waiting_room_is_told_how_long_and_what_is_missing(browser, attempt, sitting, monkeypatch, at):
    type(sitting).objects.update(needs_check_in=True)
    monkeypatch.setattr(CLOCK, lambda: at("08:58:30"))
    with translation.override("en"):
        now = browser.get(f"/exams/api/attempts/{attempt.pk}/waiting/", headers={"Accept-Language": "en"}).json()
    assert (now["status"], now["seconds_to_opening"], len(now["reasons"])) == ("scheduled", 90, 2)
    assert now["reasons"][0].startswith("Check in with the invigilator first")


def test_the_waiting_room_of_somebody_else_is_not_found(browser, attempt, other_person):
    stranger = Client()
    stranger.force_login(other_person.user)
    assert stranger.get(f"/exams/api/attempts/{attempt.pk}/waiting/").status_code == 404


# The runner's door --------------------------------------------------------------------------------------------------


def state(browser, attempt, **more):
    return browser.get(f"/exams/api/attempts/{attempt.pk}/", **more)


def test_the_paper_does_not_leave_the_rooms_network(browser, running, sitting):
    type(sitting).objects.update(ip_ranges="10.1.2.0/24")
    reply = state(browser, running)
    assert (reply.status_code, reply.json()["reason"]) == (409, "place")
    assert "questions" not in reply.json()


def test_the_paper_opens_in_safe_exam_browser_only(browser, attempt, sitting):
    type(sitting).objects.update(seb_keys=KEY)
    here = f"http://testserver/exams/attempts/{attempt.pk}/"
    headers = {"X-SafeExamBrowser-ConfigKeyHash": hash_of(f"{here}start/")}
    assert start(browser, attempt, headers=headers).status_code == 302
    assert state(browser, attempt).status_code == 409
    browser.get(here, headers={"X-SafeExamBrowser-RequestHash": hash_of(here)})
    assert state(browser, attempt).status_code == 200
    elsewhere = Client()
    elsewhere.force_login(attempt.person.user)
    assert elsewhere.get(here).status_code == 200
    assert state(elsewhere, attempt).json()["reason"] == "place"


def test_a_forged_proof_of_the_browser_opens_nothing(browser, running, sitting):
    type(sitting).objects.update(seb_keys=KEY)
    browser.cookies["exam_safe_browser"] = running.pk.hex
    assert state(browser, running).status_code == 409


def test_another_device_is_refused_until_the_invigilator_releases_it(browser, attempt, sitting, at):
    type(sitting).objects.update(takeover="released")
    assert start(browser, attempt).cookies["exam_device"]["httponly"]
    assert state(browser, attempt).status_code == 200
    other = Client()
    other.force_login(attempt.person.user)
    refused = state(other, attempt)
    assert (refused.status_code, refused.json()["reason"]) == (409, "device")
    assert state(browser, attempt).status_code == 200
    Attempt.objects.update(device="")
    assert state(other, attempt).status_code == 200
    assert state(browser, attempt).json()["reason"] == "device"


def test_the_device_of_a_start_is_the_one_that_goes_on(browser, attempt, sitting):
    type(sitting).objects.update(takeover="released")
    start(browser, attempt)
    bound = Attempt.objects.get().device
    state(browser, attempt)
    assert (len(bound), Attempt.objects.get().device) == (22, bound)


def test_a_start_without_the_page_knows_no_place_and_no_device(attempt, sitting, person, at):
    type(sitting).objects.update(ip_ranges="10.1.2.0/24")
    with pytest.raises(attempts.NotAllowed):
        attempts.start(attempt_id=attempt.pk, by=person, passcode="4711", now=at("09:00"))
