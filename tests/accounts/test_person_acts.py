"""What administrators do with people: show in clear, export, decide, correct, merge; each with a reason, recorded."""

import csv
import io

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from openpyxl import load_workbook

from accounts.actions import persons
from accounts.enums import RealNameState
from accounts.models import Person
from core.models import AuditEntry
from tests.accounts.people_fixtures import *  # noqa: F403  (staff)
from tests.accounts.people_fixtures import PHONE
from tests.conftest import id_number

LIST = "/admin/persons/"


def text(response) -> str:
    return response.content.decode()


def body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("field", "value"), [("name", "王小电"), ("id_number", id_number(1)), ("phone", PHONE), ("born", "1990")]
)
def test_one_thing_in_clear_is_recorded_and_shown_once(admin_browser, administrator, wang, field, value):
    address = f"{LIST}{wang.pk}/unmask/"
    response = admin_browser.post(address, {"field": field, "reason": "appeal 17"})
    assert value in text(response)
    assert "no-store" in response["Cache-Control"]
    entry = AuditEntry.objects.get(deed="unmasked")
    assert (entry.actor, entry.object_id, entry.reason) == ("administrator", str(wang.pk), "appeal 17")
    assert entry.after == {"field": field}
    assert value not in text(admin_browser.get(address))


@pytest.mark.parametrize("act", ["unmask", "real-name", "name"])
def test_a_page_has_one_heading_with_the_masked_name(admin_browser, wang, act):
    page = text(admin_browser.get(f"{LIST}{wang.pk}/{act}/"))
    heading = page.split('id="header-title">')[1].split("</h1>")[0]
    assert wang.masked_name in heading
    assert page.count("<h1") == 1


def test_the_photo_in_clear_is_a_picture(admin_browser, wang, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    wang.photo.save("w.jpg", ContentFile(b"a photo"))
    response = admin_browser.post(f"{LIST}{wang.pk}/unmask/", {"field": "photo", "reason": "seat 3"})
    assert body(response) == b"a photo"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_without_a_reason_nothing_is_shown_or_recorded(admin_browser, wang):
    page = text(admin_browser.post(f"{LIST}{wang.pk}/unmask/", {"field": "id_number", "reason": " "}))
    assert wang.id_number not in page
    assert not AuditEntry.objects.filter(deed="unmasked").exists()


def test_what_is_not_there_is_said(admin_browser, other_person):
    response = admin_browser.post(f"{LIST}{other_person.pk}/unmask/", {"field": "phone", "reason": "x"})
    assert "help" in text(response) or "error" in text(response)
    assert not AuditEntry.objects.filter(deed="unmasked").exists()


def test_unmasking_wants_the_password_again(administrator, wang):
    administrator.set_password("a long password")
    administrator.save()
    browser = Client()
    browser.force_login(administrator)
    response = browser.post(f"{LIST}{wang.pk}/unmask/", {"field": "name", "reason": "x"})
    assert (response.status_code, "reauthenticate" in response["Location"]) == (302, True)
    assert not AuditEntry.objects.filter(deed="unmasked").exists()


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body(response).decode("utf-8-sig"))))


def test_the_export_is_masked_and_recorded_with_filter_and_count(admin_browser, wang, other_person):
    response = admin_browser.post(f"{LIST}export/?real_name=unchecked&q=王", {"format": "csv"})
    rows = rows_of(response)
    assert len(rows) == 2
    assert rows[1][0] == "**电"
    assert wang.id_number not in str(rows)
    entry = AuditEntry.objects.get(deed="exported")
    assert entry.after == {
        "rows": 1,
        "unmasked": False,
        "filter": {"real_name": "unchecked", "search": "•••"},
        "format": "csv",
    }


def test_the_export_in_clear_needs_a_reason(admin_browser, wang):
    refused = admin_browser.post(f"{LIST}export/", {"format": "csv", "unmasked": "on"})
    assert not refused.streaming
    assert not AuditEntry.objects.filter(deed="exported").exists()
    given = admin_browser.post(f"{LIST}export/", {"format": "csv", "unmasked": "on", "reason": "police request"})
    assert rows_of(given)[1][2] == wang.id_number
    entry = AuditEntry.objects.get(deed="exported")
    assert (entry.after["unmasked"], entry.reason) == (True, "police request")


def test_the_export_in_clear_holds_names_and_numbers_and_no_formula(admin_browser, wang, at):
    persons.register(name="=HYPERLINK(1)", id_number=id_number(50), user=None, by=None, now=at("08:00"))
    form = {"format": "csv", "unmasked": "on", "reason": "police request"}
    rows = rows_of(admin_browser.post(f"{LIST}export/", form))
    by_number = {row[2]: row for row in rows}
    assert by_number[wang.id_number][0] == "王小电"
    assert by_number[wang.id_number][3] == "'" + PHONE
    assert by_number[id_number(50)][0] == "'=HYPERLINK(1)"


def test_the_export_as_a_workbook_keeps_numbers_as_text(admin_browser, wang):
    form = {"format": "xlsx", "unmasked": "on", "reason": "police request"}
    sheet = load_workbook(io.BytesIO(body(admin_browser.post(f"{LIST}export/", form)))).active
    assert sheet["C2"].value == wang.id_number


def test_following_a_link_exports_nothing(admin_browser, wang):
    assert not admin_browser.get(f"{LIST}export/").streaming
    assert not AuditEntry.objects.filter(deed="exported").exists()


def test_staff_decide_the_real_name_check(admin_browser, wang):
    form = {"state": "matched", "reason": "card seen at the desk"}
    assert admin_browser.post(f"{LIST}{wang.pk}/real-name/", form).status_code == 302
    wang.refresh_from_db()
    assert wang.real_name == RealNameState.MATCHED
    entry = AuditEntry.objects.get(deed="approved")
    assert (entry.before, entry.after, entry.reason) == (
        {"real_name": "unchecked"},
        {"real_name": "matched"},
        "card seen at the desk",
    )


def test_nobody_decides_about_themselves(admin_browser, administrator, at):
    own = persons.register(name="周管理", id_number=id_number(77), user=administrator, by=None, now=at("08:00"))
    response = admin_browser.post(f"{LIST}{own.pk}/real-name/", {"state": "matched", "reason": "it is me"})
    assert response.status_code == 200
    own.refresh_from_db()
    assert own.real_name == RealNameState.UNCHECKED


def test_a_corrected_name_is_checked_anew(admin_browser, wang):
    Person.objects.filter(pk=wang.pk).update(real_name=RealNameState.MATCHED)
    admin_browser.post(f"{LIST}{wang.pk}/name/", {"name": " 王  晓电 ", "reason": "typing error"})
    wang.refresh_from_db()
    assert (wang.name, wang.real_name) == ("王 晓电", RealNameState.UNCHECKED)
    entry = AuditEntry.objects.filter(kind="accounts.person", deed="changed").first()
    assert (entry.before, entry.after) == ({"name": "**电"}, {"name": "***电"})


def test_a_merge_is_looked_at_then_confirmed(admin_browser, wang, other_person):
    pair = {"keep": wang.id_number.lower(), "drop": other_person.id_number}
    preview = text(admin_browser.post(f"{LIST}merge/", pair))
    assert "**电" in preview
    assert "**安" in preview
    assert wang.id_number not in preview
    assert Person.objects.filter(merged_into=None).count() == 2
    form = {"keep_id": wang.pk, "drop_id": other_person.pk, "reason": "registered twice"}
    response = admin_browser.post(f"{LIST}merge/confirm/", form)
    assert response["Location"] == f"/admin/persons/inspect/{wang.pk}/"
    other_person.refresh_from_db()
    assert other_person.merged_into == wang
    assert admin_browser.get(f"{LIST}{other_person.pk}/unmask/").status_code == 404


def test_a_merge_of_one_with_themselves_or_nobody_says_so(admin_browser, wang):
    same = text(admin_browser.post(f"{LIST}merge/", {"keep": wang.id_number, "drop": wang.id_number}))
    unknown = text(admin_browser.post(f"{LIST}merge/", {"keep": wang.id_number, "drop": id_number(500)}))
    assert "merge/confirm" not in same
    assert "merge/confirm" not in unknown


def test_a_merge_without_a_reason_or_with_broken_ids_changes_nothing(admin_browser, wang, other_person):
    admin_browser.post(f"{LIST}merge/confirm/", {"keep_id": wang.pk, "drop_id": other_person.pk, "reason": ""})
    assert admin_browser.post(f"{LIST}merge/confirm/", {"keep_id": "x", "drop_id": "1;2"}).status_code == 302
    assert Person.objects.filter(merged_into=None).count() == 2
