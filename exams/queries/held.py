"""Which certificates the people of an organisation hold: what their employer must know (Work Safety Law art. 30)."""

from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import Membership, Organisation, Person
from exams.models import Certificate
from exams.rules.certificate_life import SOON

from .renewals import LAST_DAY, STANDS

STATES = ("valid", "ending", "expired", "suspended", "none")


def current() -> QuerySet[Certificate]:
    """Return certificates that stand and that no later one of the same person and operation follows, by ``ends``."""
    later = Certificate.objects.filter(
        STANDS,
        person=OuterRef("person"),
        rule__operation=OuterRef("rule__operation"),
        valid_until__gt=OuterRef("valid_until"),
    )
    return Certificate.objects.filter(STANDS).exclude(Exists(later)).annotate(ends=LAST_DAY).order_by("ends", "pk")


def state_of(certificate: Certificate, *, day: date) -> str:
    """Return one of STATES for a current certificate."""
    if day > certificate.last_day:
        return "expired"
    if certificate.suspended_at:
        return "suspended"
    return "ending" if certificate.last_day <= day + timedelta(days=SOON) else "valid"


def people_of(organisation: Organisation) -> QuerySet[Person]:
    """Return who belongs to the organisation or to one below it, by name."""
    standing = Membership.objects.filter(
        person=OuterRef("pk"), left_at=None, organisation__path__startswith=organisation.path
    )
    return Person.objects.filter(Exists(standing)).order_by("name", "pk")


def people_in(state: str, people: QuerySet[Person], *, day: date) -> QuerySet[Person]:
    """Narrow people to those of whom a current certificate is in ``state``; ``none`` are those without any."""
    return people.filter(_is_in(state, day))


def counts(people: QuerySet[Person], *, day: date) -> dict[str, int]:
    """Return how many people there are, and how many in each state; one may be in several (one query)."""
    found = people.order_by().aggregate(
        people=Count("pk"), **{state: Count("pk", filter=_is_in(state, day)) for state in STATES}
    )
    return dict(found)


def with_certificates(people: QuerySet[Person]) -> QuerySet[Person]:
    """Return the people with their current certificates as ``held`` (two queries)."""
    held = current().select_related("rule__operation", "person")
    return people.prefetch_related(Prefetch("certificates", held, to_attr="held"))


def _is_in(state: str, day: date) -> Q:
    mine = current().filter(person=OuterRef("pk")).order_by()
    valid = mine.filter(suspended_at=None, ends__gte=day)
    soon = day + timedelta(days=SOON)
    return {
        "valid": Q(Exists(valid.filter(ends__gt=soon))),
        "ending": Q(Exists(valid.filter(ends__lte=soon))),
        "expired": Q(Exists(mine.filter(ends__lt=day))),
        "suspended": Q(Exists(mine.filter(suspended_at__isnull=False, ends__gte=day))),
        "none": ~Q(Exists(mine)),
    }[state]
