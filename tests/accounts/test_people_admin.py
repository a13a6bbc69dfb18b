"""People in the admin: masked lists, who may look, and every look in clear recorded."""

import pytest
from django.test import Client

from accounts.actions import persons
from accounts.enums import RealNameState, Role
from accounts.models import District, Membership, Organisation, Person, User
from core.models import AuditEntry
from tests.accounts.people_fixtures import *  # noqa: F403  (staff)
from tests.accounts.people_fixtures import PHONE
from tests.conftest import id_number

LIST = "/admin/persons/"


def text(response) -> str:
    return response.content.decode()


def make(at, serial: int, name: str = "王小电", **fields) -> Person:
    person = persons.register(name=name, id_number=id_number(serial), user=None, by=None, now=at("08:00"))
    Person.objects.filter(pk=person.pk).update(**fields)
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
    assert "138****8000" in page
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
