"""People in the admin: masked lists, who may look, and every look in clear recorded."""

import csv
import io

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from openpyxl import load_workbook

from accounts.actions import persons
from accounts.enums import RealNameState, Role
from accounts.models import District, Membership, Organisation, Person, User
from core.encryption import blind_index
from core.models import AuditEntry
from tests.accounts.people_fixtures import *  # noqa: F403  (staff)
from tests.conftest import id_number

LIST = "/admin/persons/"
PHONE = "+8613800138000"


def text(response) -> str:
    return response.content.decode()


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def make(at, serial: int, name: str = "王小电", **fields) -> Person:
    person = persons.register(name=name, id_number=id_number(serial), user=None, by=None, now=at("08:00"))
    Person.objects.filter(pk=person.pk).update(**fields)
    return person


@pytest.fixture
def wang(make_person):
    person = make_person(name="王小电", username="wang")
    person.user.phone, person.user.phone_digest = PHONE, blind_index(PHONE)
    person.user.save()
    return person


def test_the_list_asks_the_database_as_often_for_three_as_for_one(admin_browser, make_person, queries):
    make_person()
    one = queries(admin_browser, LIST, "accounts_person")
    make_person()
    make_person()
    assert one[1] == 2  # count and page, logins among it
    assert queries(admin_browser, LIST, "accounts_person") == one
    page = text(admin_browser.get(LIST))
    assert page.count("370***********") == 3


def test_the_list_shows_names_numbers_and_phones_masked(admin_browser, wang):
    page = text(admin_browser.get(LIST))
    assert "**电" in page
    assert "+86138****8000" in page
    assert "王小电" not in page
    assert wang.id_number not in page
    assert PHONE[3:] not in page


@pytest.mark.parametrize(
    "typed",
    [
        id_number(1),
        id_number(1).lower(),
        f" {id_number(1)[:6]} {id_number(1)[6:]} ",
        "13800138000",
        PHONE,
        "王小",
        "wan",
    ],
)
def test_a_person_is_found_by(admin_browser, wang, other_person, typed):
    page = text(admin_browser.get(LIST, {"q": typed}))
    assert "**电" in page
    assert "**安" not in page


def test_a_full_width_number_and_one_of_fifteen_digits_find_the_person(admin_browser, at):
    make(at, 7)
    number = id_number(7)
    wide = number.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    for typed in (wide, number[:6] + number[8:17]):
        assert "**电" in text(admin_browser.get(LIST, {"q": typed}))


def test_part_of_a_number_finds_nobody(admin_browser, wang):
    assert "**电" not in text(admin_browser.get(LIST, {"q": wang.id_number[:17]}))


def test_the_number_of_who_was_merged_finds_who_was_kept(admin_browser, at):
    keep, drop = make(at, 1, "王小电"), make(at, 2, "王晓电")
    Person.objects.filter(pk=drop.pk).update(merged_into=keep)
    page = text(admin_browser.get(LIST, {"q": drop.id_number}))
    assert f"/admin/persons/inspect/{keep.pk}/" in page
    assert f"/admin/persons/inspect/{drop.pk}/" not in page


def test_the_list_is_narrowed_by_check_kind_district_and_organisation(admin_browser, at):
    district = District.objects.first() or District.objects.create(code="370202", name="市南区", position=1)
    top = Organisation.add_root(name="海港集团", kind="enterprise", district=district)
    below = Organisation.objects.get(pk=top.pk).add_child(name="码头公司", kind="enterprise", district=district)
    member = make(at, 1, "王小电", real_name=RealNameState.MATCHED)
    make(at, 2, "李大安")
    Membership.objects.create(person=member, organisation=below, joined_at=at("08:00"))
    for chosen in ({"real_name": "matched"}, {"district": district.pk}, {"organisation": "海港"}):
        page = text(admin_browser.get(LIST, chosen))
        assert ("**电" in page, "**安" in page) == (True, False), chosen
    assert "**电" not in text(admin_browser.get(LIST, {"id_kind": "passport"}))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_no_other_role_sees_people(staff, wang, role):
    browser = Client()
    browser.force_login(staff(role))
    addresses = ["", f"inspect/{wang.pk}/", f"{wang.pk}/unmask/", "export/", "merge/"]
    pages = [browser.get(LIST + address) for address in addresses]
    pages += [browser.get(f"/admin/{name}/") for name in ("logins", "consents", "privacy_notices", "erasure_requests")]
    assert {page.status_code for page in pages} <= {302, 403}
    assert not any("**电" in text(page) for page in pages)


def test_nobody_edits_or_deletes_a_person_through_the_generic_forms(admin_browser, wang):
    addresses = [f"edit/{wang.pk}/", f"delete/{wang.pk}/", "new/", f"history/{wang.pk}/", f"usage/{wang.pk}/"]
    assert [admin_browser.get(LIST + address).status_code for address in addresses] == [404] * 5


def test_the_page_of_a_person_is_masked(admin_browser, wang):
    page = text(admin_browser.get(f"{LIST}inspect/{wang.pk}/"))
    assert "**电" in page
    assert "王小电" not in page
    assert wang.id_number not in page
    assert "1990-03-07" not in page


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
    make(at, 50, "=HYPERLINK(1)")
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


def test_the_list_of_logins_asks_as_often_for_three_as_for_one(admin_browser, make_person, queries):
    make_person()
    one = queries(admin_browser, "/admin/logins/", "auth_group")
    make_person()
    make_person()
    assert queries(admin_browser, "/admin/logins/", "auth_group") == one
    assert text(admin_browser.get("/admin/logins/")).count("trainee") >= 3


def test_a_login_is_switched_off_and_dies_at_once(admin_browser, wang):
    browser = Client()
    browser.force_login(wang.user)
    assert browser.get("/my/").status_code == 200
    admin_browser.post(f"/admin/logins/{wang.user.pk}/switch/", {"active": "0"})
    assert not User.objects.get(pk=wang.user.pk).is_active
    assert browser.get("/my/").status_code == 302
    entry = AuditEntry.objects.filter(kind="accounts.user", deed="changed").first()
    assert entry.after == {"is_active": False}


def test_nobody_switches_off_themselves_or_a_superuser(admin_browser, administrator):
    root = User.objects.create_superuser("root", password="x")
    for user in (administrator, root):
        admin_browser.post(f"/admin/logins/{user.pk}/switch/", {"active": "0"})
        assert User.objects.get(pk=user.pk).is_active


def test_the_phone_of_a_login_is_masked_and_found_whole(admin_browser, wang, other_person):
    assert PHONE[3:] not in text(admin_browser.get(f"/admin/logins/inspect/{wang.user.pk}/"))
    found = text(admin_browser.get("/admin/logins/", {"q": "138 0013 8000"}))
    assert f"/admin/logins/inspect/{wang.user.pk}/" in found
    assert f"/admin/logins/inspect/{other_person.user.pk}/" not in found
