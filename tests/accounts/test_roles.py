"""Who may be given which role, by whom, and on what way."""

from itertools import combinations

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.actions import roles
from accounts.enums import NEVER_TOGETHER, Role
from accounts.models import User
from accounts.permissions import grant_permissions as grant_people_permissions
from accounts.queries.staff import is_staff, roles_of
from accounts.rules.duties import clash
from core.enums import Deed
from core.models import AuditEntry
from exams.permissions import grant_permissions as grant_exam_permissions


@pytest.fixture
def administrator(staff):
    return staff(Role.ADMINISTRATOR)


@pytest.fixture
def newcomer(staff):
    return User.objects.create_user(username="newcomer")


def test_clash_names_every_pair_that_is_never_together_and_no_other():
    for pair in combinations(Role, 2):
        assert (clash(pair) is not None) == (frozenset(pair) in NEVER_TOGETHER)


def test_clash_ignores_groups_that_are_no_role():
    assert clash(["auditor", "Editors"]) is None


def test_grant_puts_the_user_into_the_role_and_names_who_did_it(administrator, newcomer, at):
    roles.grant(user=newcomer, role=Role.EXAMINER, by=administrator, now=at("09:00"))
    assert roles_of(newcomer) == {"examiner"}
    entry = AuditEntry.objects.filter(deed=Deed.GRANTED).first()
    assert (entry.actor, entry.label, entry.after) == ("administrator", "newcomer", {"role": "examiner"})


@pytest.mark.parametrize("pair", sorted(sorted(pair) for pair in NEVER_TOGETHER), ids="+".join)
def test_grant_refuses_the_second_role_of_a_pair(administrator, newcomer, at, pair):
    first, second = (Role(name) for name in pair)
    roles.grant(user=newcomer, role=first, by=administrator, now=at("09:00"))
    with pytest.raises(roles.TogetherRefused) as refused:
        roles.grant(user=newcomer, role=second, by=administrator, now=at("09:01"))
    assert set(refused.value.roles) == {first, second}
    assert roles_of(newcomer) == {first.value}


def test_grant_by_oneself_is_refused(administrator, at):
    with pytest.raises(roles.OwnRoles):
        roles.grant(user=administrator, role=Role.EDITOR, by=administrator, now=at("09:00"))
    assert roles_of(administrator) == {"administrator"}


def test_revoke_from_oneself_is_refused(administrator, at):
    with pytest.raises(roles.OwnRoles):
        roles.revoke(user=administrator, role=Role.ADMINISTRATOR, by=administrator, now=at("09:00"))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_grant_by_anybody_but_an_administrator_is_refused(staff, newcomer, at, role):
    with pytest.raises(roles.NotYourTask):
        roles.grant(user=newcomer, role=Role.EDITOR, by=staff(role), now=at("09:00"))
    assert roles_of(newcomer) == set()


def test_grant_by_a_switched_off_administrator_is_refused(administrator, newcomer, at):
    administrator.is_active = False
    administrator.save()
    with pytest.raises(roles.NotYourTask):
        roles.grant(user=newcomer, role=Role.EDITOR, by=administrator, now=at("09:00"))


def test_revoke_takes_the_role_and_records_it(administrator, newcomer, at):
    roles.grant(user=newcomer, role=Role.EDITOR, by=administrator, now=at("09:00"))
    roles.revoke(user=newcomer, role=Role.EDITOR, by=administrator, now=at("09:01"))
    assert roles_of(newcomer) == set()
    entry = AuditEntry.objects.filter(deed=Deed.WITHDRAWN).first()
    assert (entry.actor, entry.before) == ("administrator", {"role": "editor"})


def test_adding_a_forbidden_pair_behind_the_actions_back_is_refused_too(newcomer):
    newcomer.groups.add(Group.objects.get(name="examiner"))
    certifier = Group.objects.get(name="certifier")
    with pytest.raises(roles.TogetherRefused), transaction.atomic():
        newcomer.groups.add(certifier)
    with pytest.raises(roles.TogetherRefused), transaction.atomic():
        certifier.user_set.add(newcomer)
    assert roles_of(newcomer) == {"examiner"}


def test_an_organisation_manager_is_no_staff(staff):
    assert not is_staff(staff(Role.ORGANISATION_MANAGER))
    assert is_staff(staff(Role.AUDITOR))


def test_roles_of_the_exam_have_their_own_rights_and_none_of_the_others(staff):
    grant_exam_permissions()
    grant_people_permissions()
    everybody = {role: staff(role) for role in Role}
    rights = {
        "exams.add_sitting": {Role.EXAM_OFFICER},
        "exams.change_question": {Role.EXAM_OFFICER},
        "exams.add_practical": {Role.EXAMINER},
        "exams.change_certificate": set(),  # only by the acts, with a second person
        "accounts.change_user": {Role.ADMINISTRATOR},
        "accounts.delete_user": set(),
        "core.view_auditentry": {Role.AUDITOR},
        "core.change_auditentry": set(),
        "exams.change_attempt": set(),
    }
    for right, holders in rights.items():
        assert {role for role, user in everybody.items() if user.has_perm(right)} == holders, right


AUDITED = ("auditentry", "retentionrule", "organisation", "organisationmanager", "rosterimport")


def test_the_auditor_changes_nothing(staff):
    grant_people_permissions()
    granted = {name.split(".")[1] for name in staff(Role.AUDITOR).get_all_permissions()}
    assert granted == {"access_admin", *(f"view_{noun}" for noun in AUDITED)}


def test_check_roles_reports_superusers_and_ends_well(staff, capsys):
    User.objects.create_superuser(username="root")
    staff(Role.EDITOR)
    call_command("check_roles")
    said = capsys.readouterr().out
    assert "superuser: root" in said
    assert "no second factor: editor" in said


def test_check_roles_fails_on_a_pair_that_came_in_by_the_database(staff, capsys):
    user = staff(Role.EXAMINER)
    User.groups.through.objects.create(user=user, group=Group.objects.get(name="certifier"))
    with pytest.raises(CommandError):
        call_command("check_roles")
    assert "WRONG: examiner holds examiner and certifier" in capsys.readouterr().out


def test_check_roles_fails_on_members_of_a_group_that_is_no_role(staff, capsys):
    staff(Role.EDITOR).groups.add(Group.objects.create(name="Moderators of old"))
    with pytest.raises(CommandError):
        call_command("check_roles")
    assert "WRONG: members of the group Moderators of old" in capsys.readouterr().out
