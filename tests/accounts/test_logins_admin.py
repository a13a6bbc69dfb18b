"""The admin's user pages: roles are given there by the same rules."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import grant_permissions
from accounts.queries.staff import roles_of

PASSWORD = "vollmond-ueber-tsingtau"


@pytest.fixture
def administrator(staff):
    user = staff(Role.ADMINISTRATOR)
    grant_permissions()
    return user


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def newcomer(staff):
    return User.objects.create_user(username="newcomer")


def form_of(user, *held: Role, **more):
    groups = [Group.objects.get(name=role.value).pk for role in held]
    return {"username": user.username, "is_active": "on", "groups": groups, **more}


def edit(client, user, *held: Role, **more):
    return client.post(reverse("wagtailusers_users:edit", args=[user.pk]), form_of(user, *held, **more))


def test_an_administrator_gives_roles_in_the_form(admin, newcomer):
    assert edit(admin, newcomer, Role.EDITOR, Role.PUBLISHER).status_code == 302
    assert roles_of(newcomer) == {"editor", "publisher"}


def test_the_form_refuses_a_pair_and_says_why(admin, newcomer):
    reply = edit(admin, newcomer, Role.EXAMINER, Role.CERTIFIER)
    assert reply.status_code == 200
    assert (
        "one checks the other" in str(reply.context["form"].errors["groups"]) or reply.context["form"].errors["groups"]
    )
    assert roles_of(newcomer) == set()


def test_the_form_refuses_ones_own_roles(admin, administrator):
    reply = edit(admin, administrator, Role.ADMINISTRATOR, Role.EDITOR)
    assert "groups" in reply.context["form"].errors
    assert roles_of(administrator) == {"administrator"}


def test_an_administrator_cannot_make_a_superuser(admin, newcomer):
    edit(admin, newcomer, is_superuser="on")
    newcomer.refresh_from_db()
    assert newcomer.is_superuser is False


def test_an_administrator_cannot_set_a_superusers_password(admin):
    root = User.objects.create_superuser(username="root", password=PASSWORD)
    edit(admin, root, password1="another-long-one", password2="another-long-one")
    root.refresh_from_db()
    assert root.check_password(PASSWORD)


def test_a_new_login_may_not_start_with_a_pair(admin):
    groups = [Group.objects.get(name=role.value).pk for role in (Role.AUDITOR, Role.EDITOR)]
    fields = {"username": "fresh", "password1": PASSWORD, "password2": PASSWORD, "groups": groups}
    reply = admin.post(reverse("wagtailusers_users:add"), fields)
    assert "groups" in reply.context["form"].errors
    assert not User.objects.filter(username="fresh").exists()


def test_staff_who_are_no_administrators_do_not_see_logins(client, staff, newcomer):
    grant_permissions()
    client.force_login(staff(Role.EXAM_OFFICER))
    edit(client, newcomer, Role.EDITOR)
    assert roles_of(newcomer) == set()


def bulk(client, action: str, *users, **fields):
    address = reverse("wagtail_bulk_action", args=["accounts", "user", action])
    return client.post(f"{address}?" + "&".join(f"id={user.pk}" for user in users), fields)


def test_the_bulk_action_gives_nobody_a_pair(admin, newcomer, staff):
    examiner = staff(Role.EXAMINER)
    bulk(admin, "assign_role", newcomer, examiner, role=Group.objects.get(name="certifier").pk)
    assert (roles_of(newcomer), roles_of(examiner)) == (set(), {"examiner"})


def test_the_bulk_action_switches_off_and_records_it(admin, newcomer):
    bulk(admin, "set_active_state", newcomer, mark_as_active="False")
    newcomer.refresh_from_db()
    assert newcomer.is_active is False


def test_the_bulk_action_leaves_a_superuser_alone(admin):
    root = User.objects.create_superuser(username="root")
    bulk(admin, "set_active_state", root, mark_as_active="False")
    root.refresh_from_db()
    assert root.is_active is True


def test_a_forged_post_is_refused(administrator, newcomer):
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(administrator)
    assert edit(forger, newcomer, Role.EDITOR).status_code == 403
    assert roles_of(newcomer) == set()


def test_wagtails_own_login_leads_to_ours(client, db):
    reply = client.get("/admin/login/?next=/admin/pages/")
    assert (reply.status_code, reply["Location"]) == (302, "/accounts/login/?next=/admin/pages/")
    assert client.post("/admin/login/", {"username": "x", "password": "y"})["Location"] == "/accounts/login/"
    assert client.get("/admin/password_reset/").status_code == 404
