"""Invitations: made once, used no more often than they may be, and plain about why not."""
# ruff: noqa: F811  (fixtures are imported by name)

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from accounts.actions import invitations, managers, memberships, organisations
from accounts.actions.roles import ensure_roles
from accounts.enums import InvitedAs
from accounts.models import Invitation, Membership, OrganisationManager
from accounts.rules.invitations import CLOSED, EXPIRED, REVOKED, USED_UP
from core.models import AuditEntry
from tests.accounts.organisation_fixtures import company  # noqa: F401


@pytest.fixture
def invite(company, at):
    def make(invited_as=InvitedAs.MEMBER, days=1, most_uses=2):
        return invitations.invite(
            organisation=company, invited_as=invited_as, days=days, most_uses=most_uses, by=None, now=at("08:00")
        )

    return make


def test_only_the_digest_of_the_code_is_kept(invite):
    invitation, code = invite()
    assert len(code) == 22
    stored = str(Invitation.objects.values().get()) + str(list(AuditEntry.objects.values()))
    assert code not in stored
    assert invitation.code_digest == invitations.digest_of(code)


def test_joining_makes_a_membership_and_counts_one_use(invite, company, person, at):
    invitation, code = invite()
    assert invitations.join(code=code, person=person, now=at("09:00")) == company
    assert Membership.objects.get().person == person
    invitation.refresh_from_db()
    assert invitation.uses == 1


def test_joining_again_is_harmless_and_counts_nothing(invite, person, at):
    invitation, code = invite()
    for _ in range(3):
        invitations.join(code=code, person=person, now=at("09:00"))
    invitation.refresh_from_db()
    assert (invitation.uses, Membership.objects.count()) == (1, 1)


def test_an_invited_manager_belongs_and_manages(invite, company, person, at):
    ensure_roles()
    _, code = invite(InvitedAs.MANAGER)
    invitations.join(code=code, person=person, now=at("09:00"))
    assert OrganisationManager.objects.get().user == person.user
    assert Membership.objects.get().person == person


def test_a_member_can_still_be_invited_as_manager(invite, company, person, at):
    ensure_roles()
    memberships.add(organisation=company, person=person, by=None, now=at("08:00"))
    invitation, code = invite(InvitedAs.MANAGER)
    invitations.join(code=code, person=person, now=at("09:00"))
    invitation.refresh_from_db()
    assert (OrganisationManager.objects.count(), Membership.objects.count(), invitation.uses) == (1, 1, 1)


def test_who_may_not_manage_is_not_let_in_at_all(invite, person, at, staff):
    from accounts.actions.roles import grant
    from accounts.enums import Role

    ensure_roles()
    grant(user=person.user, role=Role.AUDITOR, by=None, now=at("08:00"))
    invitation, code = invite(InvitedAs.MANAGER)
    with pytest.raises(managers.RolesCollide):
        invitations.join(code=code, person=person, now=at("09:00"))
    invitation.refresh_from_db()
    assert (Membership.objects.count(), invitation.uses) == (0, 0)


def refused(code, person, now) -> str:
    with pytest.raises(invitations.InvitationClosed) as closed:
        invitations.join(code=code, person=person, now=now)
    return closed.value.reason


def test_a_link_that_lets_nobody_in_says_why(invite, company, person, other_person, make_person, at):
    _, expired = invite()
    assert refused(expired, person, at("32:00")) == EXPIRED
    _, used = invite(most_uses=1)
    invitations.join(code=used, person=person, now=at("09:00"))
    assert refused(used, other_person, at("09:00")) == USED_UP
    revoked, code = invite()
    invitations.revoke(organisation=company, invitation_id=revoked.pk, by=None, now=at("09:00"))
    assert refused(code, other_person, at("09:00")) == REVOKED
    _, code = invite()
    organisations.close(organisation=company, by=None, now=at("09:00"))
    assert refused(code, other_person, at("09:00")) == CLOSED
    assert Membership.objects.count() == 1


def test_a_code_that_nobody_made_is_none(company, person, at):
    with pytest.raises(invitations.NoInvitation):
        invitations.join(code="x" * 22, person=person, now=at("09:00"))


@pytest.mark.parametrize(
    ("invited_as", "days", "uses"),
    [("member", 91, 1), ("member", 0, 1), ("member", 1, 5001), ("manager", 8, 1), ("manager", 1, 6)],
)
def test_an_invitation_cannot_be_open_for_all_and_ever(invite, invited_as, days, uses):
    with pytest.raises(invitations.TooOpen):
        invite(InvitedAs(invited_as), days, uses)


@pytest.mark.django_db(transaction=True)
def test_the_last_use_goes_to_one_of_many_at_once(invite, make_person, at):
    people = [make_person(name=f"王{'电' * (number + 1)}") for number in range(6)]
    invitation, code = invite(most_uses=1)
    gate = Barrier(len(people))

    def run(person):
        try:
            gate.wait()
            invitations.join(code=code, person=person, now=at("09:00"))
            return "in"
        except invitations.InvitationClosed as closed:
            return closed.reason
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        results = list(pool.map(run, people))
    invitation.refresh_from_db()
    assert sorted(map(str, results)) == sorted(["in", *[str(USED_UP)] * 5])
    assert (Membership.objects.count(), invitation.uses) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_of_one_person_at_once_count_one_use(invite, person, at):
    invitation, code = invite(most_uses=5)
    gate = Barrier(4)

    def run(_):
        try:
            gate.wait()
            invitations.join(code=code, person=person, now=at("09:00"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    invitation.refresh_from_db()
    assert (Membership.objects.count(), invitation.uses) == (1, 1)
