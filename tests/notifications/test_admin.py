"""What staff see of notices and deliveries."""

import pytest

from accounts.enums import Role
from core.enums import Deed
from core.models import AuditEntry
from notifications.models import Delivery
from notifications.permissions import grant_permissions

LISTS = {"/admin/notice_log/": 13, "/admin/deliveries/": 13}


@pytest.fixture
def desk(client, staff, home):
    """An administrator's browser."""
    administrator = staff(Role.ADMINISTRATOR)
    grant_permissions()
    client.force_login(administrator)
    client.user = administrator
    return client


@pytest.fixture
def failed(tell, person):
    """A text message to 王小电 that was given up."""
    tell("alarm", context={}, user=person.user)
    Delivery.objects.update(state="failed", tries=6, fault="no such number")
    return Delivery.objects.get()


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_take_the_same_queries_with_one_and_three(
    desk, make_person, tell, path, count, django_assert_num_queries
):
    for _number in range(count):
        tell("alarm", context={}, user=make_person().user)
    desk.get(path)  # the first page of the admin also fills caches
    with django_assert_num_queries(LISTS[path]):
        page = desk.get(path)
    assert page.content.decode().count("*电") == count


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR}])
def test_other_roles_see_and_do_nothing(client, staff, home, failed, role):
    user = staff(role)
    grant_permissions()
    client.force_login(user)
    for path in (*LISTS, f"/admin/notice-texts/{failed.notice_id}/"):
        assert client.get(path).status_code in (302, 403)
    assert client.post(f"/admin/notice-texts/deliveries/{failed.pk}/again/").status_code in (302, 403)
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_names_are_masked_and_texts_not_there(desk, tell, person):
    tell(user=person.user, context={"sender": "Wang", "weight": "a secret"})
    for path in LISTS:
        page = desk.get(path).content.decode()
        assert "**电" in page
        assert "王小电" not in page
        assert "a secret" not in page


@pytest.mark.parametrize("name", ["new", "edit/1", "delete/1", "history/1", "usage/1", "copy/1", "inspect/1"])
def test_there_is_no_page_that_changes_anything(desk, name):
    desk.user.is_superuser = True
    desk.user.save()
    for path in LISTS:
        assert desk.get(f"{path}{name}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=failed", 1),
        ("?state=sent", 0),
        ("?channel=sms", 1),
        ("?channel=email", 0),
        ("?kind=alarm", 1),
        ("?kind=parcel", 0),
        ("?written_from=2026-11-23&written_to=2026-11-23", 1),
        ("?written_from=2026-11-24", 0),
        ("?q=trainee1", 1),
        ("?q=小电", 1),
        ("?q=nobody", 0),
    ],
)
def test_deliveries_are_filtered_and_searched(desk, failed, query, found):
    page = desk.get(f"/admin/deliveries/results/{query}").content.decode()
    assert page.count("no such number") == found


@pytest.mark.parametrize(
    ("query", "found"), [("?unread=true", 1), ("?unread=false", 0), ("?kind=alarm", 1), ("?q=小电", 1), ("?q=x", 0)]
)
def test_notices_are_filtered_and_searched(desk, failed, query, found):
    assert desk.get(f"/admin/notice_log/results/{query}").content.decode().count("trainee1") == found


def test_a_text_is_shown_for_a_reason_that_is_recorded(desk, tell, person):
    notice = tell(user=person.user, context={"sender": "<b>", "weight": "a secret"})
    path = f"/admin/notice-texts/{notice.pk}/"
    assert "a secret" not in desk.get(path).content.decode()
    assert "a secret" not in desk.post(path, {"reason": " "}).content.decode()
    assert AuditEntry.objects.filter(deed=Deed.UNMASKED).count() == 0
    page = desk.post(path, {"reason": "complaint 12"}).content.decode()
    assert "It came from &lt;b&gt; and weighs a secret." in page
    entry = AuditEntry.objects.get(deed=Deed.UNMASKED)
    assert (entry.actor_id, entry.object_id, entry.reason) == (desk.user.pk, str(notice.pk), "complaint 12")
    assert desk.get("/admin/notice-texts/4711/").status_code == 404


def test_a_failed_delivery_is_tried_again_by_a_button(desk, failed):
    again = f"/admin/notice-texts/deliveries/{failed.pk}/again/"
    assert f'action="{again}"' in desk.get("/admin/deliveries/").content.decode()
    assert desk.get(again).status_code == 405
    assert desk.post(again)["Location"] == "/admin/deliveries/"
    failed.refresh_from_db()
    assert (failed.state, failed.tries) == ("pending", 0)
    assert f'action="{again}"' not in desk.get("/admin/deliveries/").content.decode()
    assert desk.post(again).status_code == 302  # a second click changes nothing
    assert desk.post("/admin/notice-texts/deliveries/4711/again/").status_code == 404


def test_who_may_only_look_has_no_button(desk, failed):
    from django.contrib.auth.models import Group

    Group.objects.get(name="administrator").permissions.filter(codename="change_delivery").delete()
    assert "/again/" not in desk.get("/admin/deliveries/").content.decode()
    assert desk.post(f"/admin/notice-texts/deliveries/{failed.pk}/again/").status_code in (302, 403)
    failed.refresh_from_db()
    assert failed.state == "failed"
