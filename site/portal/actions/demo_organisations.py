"""Two organisations to try the pages of managers with: the embedded profile only."""

from datetime import datetime

from django.db import transaction

from accounts.actions import managers, memberships, organisations
from accounts.enums import OrganisationKind
from accounts.models import District, Membership, Organisation, Person, User
from accounts.rules.credit_codes import check_character

from .demo import TRAINEES, Account, new_password

COMPANY, TEAM = "体验机电有限公司", "体验机电有限公司 维修班"
MANAGER = "manager"
FIRST17 = "91370202MADEMXX00"  # of nobody: a company of Shinan district


def make(*, now: datetime) -> list[Account]:
    """Create company, team, members and manager where they do not exist; return the manager's new login."""
    with transaction.atomic():
        team = _organisations(now)
        for username, _name, _serial in TRAINEES:
            person = Person.objects.get(user__username=username)
            if not Membership.objects.filter(organisation=team, person=person).exists():
                memberships.add(organisation=team, person=person, job="电工", by=None, now=now)
        if User.objects.filter(username=MANAGER).exists():
            return []
        secret = new_password()
        user = User.objects.create_user(username=MANAGER, password=secret)
        managers.grant(organisation=team.get_parent(), user=user, by=None, now=now)
    return [Account("organisation_manager", MANAGER, MANAGER, secret)]


def _organisations(now: datetime) -> Organisation:
    company = Organisation.objects.filter(name=COMPANY).first() or organisations.create(
        name=COMPANY,
        kind=OrganisationKind.ENTERPRISE,
        credit_code=FIRST17 + check_character(FIRST17),
        district=District.objects.get(code="370202"),
        by=None,
        now=now,
    )
    return Organisation.objects.filter(name=TEAM).first() or organisations.create(
        name=TEAM, kind=OrganisationKind.ENTERPRISE, parent=company, by=None, now=now
    )
