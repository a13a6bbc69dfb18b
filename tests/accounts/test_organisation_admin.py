"""Organisations in Wagtail's admin: by role, through the actions."""
# ruff: noqa: F811  (fixtures are imported by name)

import pytest

from accounts.actions.organisations import create
from accounts.admin.organisations import VIEWSETS, ManagerForm, OrganisationForm
from accounts.enums import OrganisationKind, Role
from accounts.models import Organisation, OrganisationManager, User
from accounts.permissions import grant_permissions
from accounts.queries import has_role
from tests.accounts.organisation_fixtures import company, manager, team  # noqa: F401


@pytest.fixture
def administrator(staff):
    user = staff(Role.ADMINISTRATOR)
    grant_permissions()
    return User.objects.get(pk=user.pk)


def form(instance, user, **values):
    data = {"name": "海港机电", "kind": "enterprise", "credit_code": "", "address": "", **values}
    return OrganisationForm(data, instance=instance, for_user=user)


def test_a_new_organisation_goes_into_the_tree(administrator, company):
    filled = form(Organisation(), administrator, name="二班", parent=company.pk, credit_code="9133 0100799655058b")
    assert filled.is_valid(), filled.errors
    made = filled.save()
    assert (made.get_parent(), made.credit_code) == (company, "91330100799655058B")


def test_an_organisation_is_moved_and_closed_by_the_form(administrator, company, team, at):
    other = create(name="另一家", kind=OrganisationKind.ENTERPRISE, by=None, now=at("08:00"))
    filled = form(team, administrator, name="维修二班", parent=other.pk, closed="on")
    assert filled.is_valid(), filled.errors
    saved = filled.save()
    assert (saved.name, Organisation.objects.get(pk=team.pk).get_parent()) == ("维修二班", other)
    assert saved.closed_at is not None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"credit_code": "91330100799655059B"}, "credit_code"),
        ({"credit_code": "9144030071526726XG"}, "credit_code"),
        ({"parent": "own"}, "parent"),
        ({"closed": "on"}, "closed"),
    ],
)
def test_what_would_break_the_tree_is_refused_in_its_field(administrator, company, team, values, field, at):
    code = "9144030071526726XG"
    create(name="华", kind=OrganisationKind.ENTERPRISE, credit_code=code, by=None, now=at("08:00"))
    if values.get("parent") == "own":
        values = {"parent": team.pk}
    fresh = Organisation.objects.get(pk=company.pk)  # as a page of the admin loads it
    assert list(form(fresh, administrator, **values).errors) == [field]


def test_a_manager_is_named_by_user_name(administrator, company, make_person):
    user = make_person().user
    assert list(ManagerForm({"organisation": company.pk, "username": "nobody"}, for_user=administrator).errors) == [
        "username"
    ]
    filled = ManagerForm({"organisation": company.pk, "username": user.username}, for_user=administrator)
    assert filled.is_valid(), filled.errors
    made = filled.save()
    assert (made.granted_by, has_role(user, Role.ORGANISATION_MANAGER)) == (administrator, True)


def test_each_role_may_what_it_may(administrator, staff, company):
    auditor, editor = (User.objects.get(pk=staff(role).pk) for role in (Role.AUDITOR, Role.EDITOR))
    organisations, managers, rosters = (viewset.permission_policy for viewset in VIEWSETS)

    def may(user, policy):
        return [verb for verb in ("view", "add", "change", "delete") if policy.user_has_permission(user, verb)]

    assert may(administrator, organisations) == ["view", "add", "change"]
    assert may(administrator, managers) == ["view", "add", "delete"]
    assert may(administrator, rosters) == ["view"]
    assert [may(auditor, policy) for policy in (organisations, managers, rosters)] == [["view"]] * 3
    assert [may(editor, policy) for policy in (organisations, managers, rosters)] == [[]] * 3


def test_a_superuser_cannot_change_a_roster_either(db):
    root = User.objects.create_superuser(username="root")
    assert not VIEWSETS[2].permission_policy.user_has_any_permission(root, ["add", "change", "delete"])
    assert OrganisationManager.objects.count() == 0
