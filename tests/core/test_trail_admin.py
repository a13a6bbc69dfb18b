"""The audit trail and retention in the admin."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from core.actions import proving, retention
from core.actions.auditing import record
from core.enums import Deed
from core.models import AuditCheck, AuditEntry, RetentionRule
from tests.accounts.people_fixtures import *  # noqa: F403  (staff)

LIST = "/admin/audit_trail/"


def text(response) -> str:
    return response.content.decode()


def write(label: str, **fields) -> AuditEntry:
    return record(**{"deed": Deed.CHANGED, "kind": "accounts.person", "label": label, **fields})


def test_the_list_asks_as_often_for_three_as_for_one(audit_browser, queries):
    write("mark-1")
    one = queries(audit_browser, f"{LIST}?q=mark-", "core_auditentry")
    write("mark-2")
    write("mark-3")
    assert one[1] == 2
    assert queries(audit_browser, f"{LIST}?q=mark-", "core_auditentry") == one
    page = text(audit_browser.get(LIST, {"q": "mark-"}))
    assert [f"mark-{number}" in page for number in (1, 2, 3)] == [True] * 3


def test_the_list_is_narrowed_by_deed_kind_actor_and_day(audit_browser):
    write("the-one", deed=Deed.UNMASKED, by=User.objects.create_user("wang"), now=timezone.now() - timedelta(days=9))
    write("the-two", kind="exams.certificate")
    day = (timezone.localdate() - timedelta(days=9)).isoformat()
    chosen = [{"deed": "unmasked"}, {"kind": "accounts.person"}, {"actor": "wang"}, {"at_from": day, "at_to": day}]
    for query in chosen:
        page = text(audit_browser.get(LIST, query)).split("<tbody")[-1]
        assert ("the-one" in page, "the-two" in page) == (True, False), query


def test_an_entry_is_found_by_label_actor_and_object_number(audit_browser, person):
    entry = write("", kind="", target=person, by=User.objects.create_user("wang"))
    write("another")
    for typed in (entry.label[:2], "wan", str(person.pk)):
        assert f"{LIST}inspect/{entry.pk}/" in text(audit_browser.get(LIST, {"q": typed})), typed


def test_an_entry_shows_before_and_after_side_by_side(audit_browser):
    entry = write("x", before={"state": "unchecked"}, after={"state": "matched", "at": "2026"}, reason="seen")
    page = text(audit_browser.get(f"{LIST}inspect/{entry.pk}/"))
    assert "<td>state</td><td>unchecked</td><td>matched</td>" in page
    assert "<td>at</td><td>–</td><td>2026</td>" in page
    assert "seen" in page


def test_an_entry_shows_local_time_and_what_it_is_about_in_words(audit_browser):
    entry = write("x", now=datetime(2026, 11, 23, 16, 30, tzinfo=UTC))
    page = text(audit_browser.get(f"{LIST}inspect/{entry.pk}/", headers={"accept-language": "en"}))
    assert "2026-11-24 00:30:00" in page
    assert "accounts.person" not in page


def test_the_export_holds_the_list_and_is_recorded_itself(audit_browser):
    write("mark", reason="=1+1")
    write("other")
    response = audit_browser.post(f"{LIST}export/?q=mark&kind=accounts.person")
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert [row[7] for row in rows[1:]] == ["mark"]
    assert rows[1][10] == "'=1+1"
    entry = AuditEntry.objects.first()
    assert (entry.deed, entry.actor, entry.after) == (
        "exported",
        "auditor",
        {"rows": 1, "filter": {"kind": "accounts.person", "search": "mark"}, "format": "csv"},
    )


def test_the_export_is_never_had_by_a_link(audit_browser):
    assert audit_browser.get(f"{LIST}export/").status_code == 405


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AUDITOR])
def test_no_other_role_sees_the_trail(staff, role):
    from accounts.permissions import grant_permissions

    user = staff(role)
    grant_permissions()
    entry = write("a secret mark")
    browser = Client()
    browser.force_login(user)
    pages = [browser.get(LIST), browser.get(f"{LIST}inspect/{entry.pk}/"), browser.post(f"{LIST}export/")]
    assert {page.status_code for page in pages} <= {302, 403}
    assert not AuditEntry.objects.filter(deed="exported").exists()


def test_a_superuser_sees_the_trail_and_changes_nothing(db):
    browser = Client()
    browser.force_login(User.objects.create_superuser("root", password="x"))
    entry = write("mark")
    assert "mark" in text(browser.get(LIST))
    assert browser.get(f"{LIST}edit/{entry.pk}/").status_code == 404
    assert browser.post(f"{LIST}delete/{entry.pk}/").status_code == 404


def test_the_list_says_when_the_chain_was_proved(audit_browser):
    assert "help-warning" in text(audit_browser.get(LIST))
    write("mark")
    assert proving.prove(now=timezone.now()) == []
    check = AuditCheck.objects.get()
    assert (check.faults, check.position) == (0, AuditEntry.objects.count())
    assert "help-info" in text(audit_browser.get(LIST))


def test_the_list_says_loudly_that_the_chain_is_broken(audit_browser):
    entry = write("mark")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE core_auditentry DISABLE TRIGGER core_auditentry_unchanged")
        else:
            cursor.execute("DROP TRIGGER core_auditentry_unchanged")
        cursor.execute("UPDATE core_auditentry SET label = 'forged' WHERE id = %s", [entry.pk])
    assert len(proving.prove(now=timezone.now())) == 1
    assert AuditCheck.objects.get().faults == 1
    assert "help-critical" in text(audit_browser.get(LIST))


@pytest.fixture
def rule(db) -> RetentionRule:
    retention.ensure_rules()
    return RetentionRule.objects.get(kind="audit")


def test_an_administrator_changes_how_long_is_kept_and_it_is_recorded(admin_browser, rule):
    assert "网络安全法" in text(admin_browser.get("/admin/retention/"))
    assert 'value="1095"' in text(admin_browser.get(f"/admin/retention/edit/{rule.pk}/"))
    admin_browser.post(f"/admin/retention/edit/{rule.pk}/", {"days": "200", "note": "less room"})
    rule.refresh_from_db()
    assert (rule.days, rule.note) == (200, "less room")
    entry = AuditEntry.objects.get(kind="core.retentionrule")
    assert (entry.before["days"], entry.after["days"], entry.actor) == (1095, 200, "administrator")


def test_less_than_the_law_asks_is_refused_with_the_reason(admin_browser, rule):
    response = admin_browser.post(f"/admin/retention/edit/{rule.pk}/", {"days": "182", "note": ""})
    assert response.status_code == 200
    assert str(RetentionRule._meta.constraints[0].violation_error_message) in text(response)
    rule.refresh_from_db()
    assert rule.days == 1095


def test_an_auditor_changes_no_rule(audit_browser, rule):
    assert audit_browser.post(f"/admin/retention/edit/{rule.pk}/", {"days": "400"}).status_code in (302, 403)
    rule.refresh_from_db()
    assert rule.days == 1095


def test_rules_are_neither_added_nor_removed(admin_browser, rule):
    addresses = ["new/", f"delete/{rule.pk}/", f"history/{rule.pk}/", f"usage/{rule.pk}/"]
    assert [admin_browser.get(f"/admin/retention/{address}").status_code for address in addresses] == [404] * 4
