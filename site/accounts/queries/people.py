"""Finding people for staff: by what they typed, and by what can be filtered."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import Membership, Organisation, Person, User
from accounts.rules import finding, phones
from core.encryption import blind_index

ORGANISATIONS_AT_MOST = 50  # what a part of a name may stand for
LOGINS_AT_MOST = 500  # who types so little sees the first


def persons() -> QuerySet[Person]:
    """Return everybody, the newest first, without those who were merged into another."""
    return Person.objects.filter(merged_into=None).select_related("user").order_by("-created_at", "-pk")


def found_by(text: str, people: QuerySet[Person], *, today: date) -> QuerySet[Person]:
    """Return whom the text means: a whole identity number or phone number, the beginning of a name or user name.

    The number of somebody who was merged finds the one who was kept. Numbers and user names are looked up first, each
    by its index (at most three queries): one condition over two tables would read both of them whole.
    """
    text = finding.folded(text)
    meant = Q(pk__in=_by_number(text, today)) | Q(user__in=_by_login(text))
    if not finding.has_digits(text):  # nobody's name has, and the search by number is the frequent one
        meant |= Q(name__startswith=text)
    return people.filter(meant)


def _by_number(text: str, today: date) -> list[int]:
    digests = [blind_index(number) for number in finding.id_numbers(text, today=today)]
    if not digests:
        return []
    named = Person.objects.filter(id_digest__in=digests)
    return list(named.values_list(Coalesce("merged_into", "pk"), flat=True))


def _by_login(text: str) -> list[int]:
    found = []
    if text.isascii():
        named = User.objects.filter(username__startswith=text).order_by("username")
        found += named.values_list("pk", flat=True)[:LOGINS_AT_MOST]
    if phone := phones.guess(text):
        found += User.objects.filter(phone_digest=blind_index(phone)).values_list("pk", flat=True)
    return found


def members_of(people: QuerySet[Person], organisations: QuerySet[Organisation]) -> QuerySet[Person]:
    """Return those who belong to one of the organisations now."""
    there = Membership.objects.filter(person=OuterRef("pk"), left_at=None, organisation__in=organisations)
    return people.filter(Exists(there))


def organisations_named(text: str) -> QuerySet[Organisation]:
    """Return the organisations that a credit code or part of a name stands for, and all below (one query)."""
    text = finding.folded(text)
    tops = Organisation.objects.filter(Q(credit_code=text.upper()) | Q(name__contains=text))
    paths = list(tops.values_list("path", flat=True)[:ORGANISATIONS_AT_MOST])
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    return Organisation.objects.filter(below)


def logins() -> QuerySet[User]:
    """Return everybody who can log in with their roles, the newest first (two queries)."""
    return User.objects.prefetch_related("groups").order_by("-date_joined", "-pk")


def logins_found_by(text: str, users: QuerySet[User]) -> QuerySet[User]:
    """Return the logins whose name begins so, or whose phone number this is."""
    meant = Q(username__startswith=finding.folded(text))
    if phone := phones.guess(text):
        meant |= Q(phone_digest=blind_index(phone))
    return users.filter(meant)
