"""A company with a team, somebody who manages it, and a roster handed in; import the fixtures by name."""

import pytest

from accounts.actions import managers, organisations
from accounts.actions import roles as role_actions
from accounts.actions.rosters import deciding, reading
from accounts.enums import OrganisationKind
from accounts.models import RosterImport, User


@pytest.fixture
def company(db, at):
    return organisations.create(name="海港机电", kind=OrganisationKind.ENTERPRISE, by=None, now=at("08:00"))


@pytest.fixture
def team(company, at):
    return organisations.create(
        name="维修班", kind=OrganisationKind.DEPARTMENT, parent=company, by=None, now=at("08:00")
    )


@pytest.fixture
def stranger_company(db, at):
    return organisations.create(name="别家公司", kind=OrganisationKind.ENTERPRISE, by=None, now=at("08:00"))


@pytest.fixture
def manager(company, at):
    """A user who manages the company."""
    role_actions.ensure_roles()
    user = User.objects.create_user(username="manager")
    managers.grant(organisation=company, user=user, by=None, now=at("08:00"))
    return user


@pytest.fixture
def manager_client(client, manager):
    client.force_login(manager)
    return client


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def hand_in(media, company, manager, at):
    """Return a function that hands a file in and, unless told otherwise, has it read."""

    def work(data: bytes, *, read: bool = True, clock: str = "09:00", organisation=None) -> RosterImport:
        roster = deciding.upload(
            organisation=organisation or company, filename="花名册.xlsx", data=data, by=manager, now=at(clock)
        )
        if read:
            reading.read(roster_id=roster.pk, clock=lambda: at(clock))
        return RosterImport.objects.get(pk=roster.pk)

    return work
