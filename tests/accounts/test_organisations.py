"""The tree of organisations, their codes, their members and managers."""
# ruff: noqa: F811  (fixtures are imported by name)

import pytest

from accounts.actions import managers, memberships, organisation_seeding, organisations
from accounts.enums import OrganisationKind, Role
from accounts.models import District, Membership, Organisation, OrganisationManager
from accounts.queries import has_role
from accounts.queries import organisations as queries
from accounts.rules import credit_codes
from core.enums import Deed
from core.models import AuditEntry
from tests.accounts.organisation_fixtures import company, manager, stranger_company, team  # noqa: F401
from tests.conftest import id_number

CODE = "91330100799655058B"  # Alibaba's, as it publishes it


@pytest.mark.parametrize("code", [CODE, "9144030071526726XG", "914403001922038216"])
def test_published_credit_codes_are_valid(code):
    assert credit_codes.parse(code) == code


def test_a_credit_code_has_one_normal_form():
    assert credit_codes.parse(" ９１３３０１００ 79965-5058b ") == CODE


@pytest.mark.parametrize(
    ("code", "reason"),
    [("91330100799655058", "length"), ("9133010079965505IB", "characters"), ("91330100799655059B", "check")],
)
def test_a_credit_code_that_cannot_be_is_refused(code, reason):
    with pytest.raises(credit_codes.InvalidCreditCode) as fault:
        credit_codes.parse(code)
    assert fault.value.reason == reason


def test_any_one_character_changed_in_a_credit_code_is_caught():
    for place in range(18):
        for other in set(credit_codes.ALPHABET) - {CODE[place]}:
            with pytest.raises(credit_codes.InvalidCreditCode):
                credit_codes.parse(CODE[:place] + other + CODE[place + 1 :])


def test_seeding_the_districts_twice_gives_the_ten_in_order(db):
    assert organisation_seeding.load_districts() == organisation_seeding.load_districts() == 10
    codes = "370202 370203 370211 370212 370213 370214 370215 370281 370283 370285"
    assert " ".join(District.objects.values_list("code", flat=True)) == codes
    assert District.objects.get(code="370211").name == "黄岛区"


def make(name, at, parent=None, **values):
    kind = OrganisationKind.ENTERPRISE
    return organisations.create(name=name, kind=kind, parent=parent, by=None, now=at("09:00"), **values)


def test_siblings_stand_by_name_also_after_a_change_of_name(db, at):
    first, second = make("a", at), make("b", at)
    organisations.change(organisation=first, name="c", by=None, now=at("09:00"))
    assert list(Organisation.objects.values_list("name", flat=True)) == ["b", "c"]
    assert second.pk == Organisation.objects.first().pk


def test_a_change_is_recorded_with_before_and_after(company, at):
    organisations.change(organisation=company, name="海港电气", credit_code=CODE, by=None, now=at("09:00"))
    entry = AuditEntry.objects.filter(deed=Deed.CHANGED).first()
    assert (entry.before, entry.after) == (
        {"name": "海港机电", "credit_code": None},
        {"name": "海港电气", "credit_code": CODE},
    )


def test_a_credit_code_belongs_to_one_organisation(company, at):
    make("甲", at, credit_code=CODE)
    with pytest.raises(organisations.CreditCodeTaken):
        make("乙", at, credit_code=CODE.lower())


def test_moving_takes_all_below_along_and_is_recorded(company, team, stranger_company, at):
    moved = organisations.move(organisation=company, parent=stranger_company, by=None, now=at("09:00"))
    assert moved.get_parent() == stranger_company
    assert Organisation.objects.get(pk=team.pk).get_ancestors().count() == 2
    entry = AuditEntry.objects.first()
    assert (entry.before, entry.after) == ({"parent": ""}, {"parent": "别家公司"})


def test_nothing_is_moved_below_itself(company, team, at):
    for parent in (company, team):
        with pytest.raises(organisations.InsideItself):
            organisations.move(organisation=company, parent=parent, by=None, now=at("09:00"))


def test_moving_to_the_top_makes_a_root(company, team, at):
    assert organisations.move(organisation=team, parent=None, by=None, now=at("09:00")).is_root()
    assert Organisation.objects.get(pk=company.pk).numchild == 0


def test_a_closed_organisation_takes_in_nobody_and_nothing(company, team, person, at):
    with pytest.raises(organisations.StillOpenBelow):
        organisations.close(organisation=company, by=None, now=at("09:00"))
    organisations.close(organisation=team, by=None, now=at("09:00"))
    again = organisations.close(organisation=team, by=None, now=at("10:00"))
    assert again.closed_at == at("09:00")
    with pytest.raises(organisations.ParentClosed):
        make("小组", at, parent=team)
    with pytest.raises(memberships.OrganisationClosed):
        memberships.add(organisation=team, person=person, by=None, now=at("09:00"))


def test_one_belongs_once_and_may_come_back(company, person, at):
    first = memberships.add(organisation=company, person=person, job="电工", by=None, now=at("09:00"))
    with pytest.raises(memberships.AlreadyMember):
        memberships.add(organisation=company, person=person, by=None, now=at("09:00"))
    memberships.leave(organisation_id=company.pk, person=person, now=at("10:00"))
    with pytest.raises(memberships.NotAMember):
        memberships.leave(organisation_id=company.pk, person=person, now=at("10:00"))
    second = memberships.add(organisation=company, person=person, by=None, now=at("11:00"))
    ends = list(Membership.objects.order_by("pk").values_list("pk", "left_at"))
    assert ends == [(first.pk, at("10:00")), (second.pk, None)]


def test_a_member_of_another_organisation_cannot_be_removed_from_here(company, stranger_company, person, at):
    there = memberships.add(organisation=stranger_company, person=person, by=None, now=at("09:00"))
    with pytest.raises(memberships.NotAMember):
        memberships.remove(organisation=company, membership_id=there.pk, by=None, now=at("09:00"))


def test_the_role_comes_with_the_first_management_and_goes_with_the_last(company, team, manager, at):
    managers.grant(organisation=team, user=manager, by=None, now=at("09:00"))
    managers.grant(organisation=team, user=manager, by=None, now=at("09:00"))
    first, second = OrganisationManager.objects.order_by("pk")
    managers.revoke(manager=first, by=None, now=at("09:00"))
    assert has_role(manager, Role.ORGANISATION_MANAGER)
    managers.revoke(manager=second, by=None, now=at("09:00"))
    assert not has_role(manager, Role.ORGANISATION_MANAGER)


def test_an_auditor_manages_nothing(company, staff, at):
    auditor = staff(Role.AUDITOR)
    with pytest.raises(managers.RolesCollide):
        managers.grant(organisation=company, user=auditor, by=None, now=at("09:00"))
    assert OrganisationManager.objects.count() == 0


def test_a_manager_manages_all_below_and_nothing_beside(company, team, stranger_company, manager, person):
    assert set(queries.managed_by(manager)) == {company, team}
    assert list(queries.managed_by(person.user)) == []


def test_the_tree_nests_and_counts_who_belongs_today(company, team, manager, person, at, django_assert_num_queries):
    memberships.add(organisation=team, person=person, by=None, now=at("09:00"))
    with django_assert_num_queries(2):
        (top,) = queries.tree_of(manager)
    assert (top.organisation, top.organisation.people) == (company, 0)
    assert [(node.organisation, node.organisation.people) for node in top.below] == [(team, 1)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("王", ["王小电"]),
        ("王 小", ["王小电"]),
        ("小电", []),
        (id_number(1), ["王小电"]),
        (f" {id_number(1)[:6]} {id_number(1)[6:]} ", ["王小电"]),
        (id_number(1)[:17], []),
        ("138 0013 8000", ["李大安"]),
        ("13800138001", []),
        (" ", []),
        ("%", []),
    ],
)
def test_members_are_found_by_whole_number_or_phone_or_how_the_name_begins(
    company, person, other_person, at, wanted, found
):
    from accounts.adapter import AccountAdapter

    AccountAdapter().set_phone(other_person.user, "+8613800138000", verified=True)
    for one in (person, other_person):
        memberships.add(organisation=company, person=one, by=None, now=at("09:00"))
    assert [row.person.name for row in queries.search(company, wanted)] == found
