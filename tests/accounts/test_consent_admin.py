"""Consents, notices and wishes to be forgotten in the admin."""

from datetime import date

import pytest

from accounts.actions import erasure
from accounts.models import Consent, ErasureRequest, PrivacyNotice, User
from tests.accounts.people_fixtures import *  # noqa: F403  (staff)


@pytest.fixture
def notice(db):
    return PrivacyNotice.objects.create(
        purpose="account", version=1, title="告知书", text="全文", effective_from=date(2026, 11, 1)
    )


def test_the_list_of_consents_asks_as_often_for_three_as_for_one(admin_browser, notice, at, queries):
    def agree(number):
        Consent.objects.create(user=User.objects.create_user(f"user{number}"), notice=notice, given_at=at("08:00"))

    agree(1)
    one = queries(admin_browser, "/admin/consents/", "accounts_consent")
    agree(2)
    agree(3)
    assert one[1] == 2
    assert queries(admin_browser, "/admin/consents/", "accounts_consent") == one
    page = admin_browser.get("/admin/consents/").content.decode()
    assert len({line for line in page.split('"') if "/admin/consents/inspect/" in line}) == 3


def test_a_notice_is_read_and_not_changed(admin_browser, notice):
    assert "全文" in admin_browser.get(f"/admin/privacy_notices/inspect/{notice.pk}/").content.decode()
    assert admin_browser.post(f"/admin/privacy_notices/edit/{notice.pk}/").status_code == 404


@pytest.fixture
def asked(person, at) -> ErasureRequest:
    return erasure.ask(user=person.user, reason="moving", now=at("09:00"))


def test_a_wish_is_carried_out_in_the_admin(admin_browser, asked):
    assert "moving" in admin_browser.get(f"/admin/erasure_requests/{asked.pk}/decide/").content.decode()
    response = admin_browser.post(f"/admin/erasure_requests/{asked.pk}/decide/", {"decision": "carry_out"})
    assert response["Location"] == "/admin/erasure_requests/"
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by.username) == ("done", "administrator")


def test_a_refusal_without_a_note_is_not_taken(admin_browser, asked):
    address = f"/admin/erasure_requests/{asked.pk}/decide/"
    assert admin_browser.post(address, {"decision": "refuse", "note": ""}).status_code == 200
    assert ErasureRequest.objects.get().state == "open"
    admin_browser.post(address, {"decision": "refuse", "note": "an appeal is open"})
    assert ErasureRequest.objects.get().state == "refused"


def test_what_was_decided_is_not_decided_again(admin_browser, asked):
    address = f"/admin/erasure_requests/{asked.pk}/decide/"
    admin_browser.post(address, {"decision": "refuse", "note": "no"})
    assert admin_browser.post(address, {"decision": "carry_out"}).status_code == 200
    assert ErasureRequest.objects.get().state == "refused"


def test_an_auditor_decides_nothing(audit_browser, asked):
    address = f"/admin/erasure_requests/{asked.pk}/decide/"
    assert audit_browser.post(address, {"decision": "carry_out"}).status_code in (302, 403)
    assert ErasureRequest.objects.get().state == "open"
