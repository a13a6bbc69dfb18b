"""Organisations: which a user manages or belongs to, and who belongs to one."""

import unicodedata
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import Invitation, Membership, Organisation, Person, User
from accounts.rules import identity, names, phones
from core.encryption import blind_index


@dataclass
class Node:
    """An organisation of a tree with those below it."""

    organisation: Organisation
    below: list["Node"] = field(default_factory=list)


def managed_by(user: User) -> QuerySet[Organisation]:
    """Return the organisations that the user manages and all below them (one query for the paths, one lazy)."""
    paths = Organisation.objects.filter(managers__user=user).values_list("path", flat=True)
    below = Q(pk__in=())
    for path in paths:
        below |= Q(path__startswith=path)
    return Organisation.objects.filter(below)


def tree_of(user: User) -> list[Node]:
    """Return what the user manages as trees, each organisation with ``people``, its members (two queries)."""
    members = Count("memberships", filter=Q(memberships__left_at=None))
    tops: list[Node] = []
    line: list[Node] = []  # from the top down to the last one placed
    for organisation in managed_by(user).annotate(people=members).order_by("path"):
        node = Node(organisation)
        while line and not organisation.path.startswith(line[-1].organisation.path):
            line.pop()
        (line[-1].below if line else tops).append(node)
        line.append(node)
    return tops


def memberships_of(person: Person | None) -> QuerySet[Membership]:
    """Return where the person belongs today (one query)."""
    return Membership.objects.filter(person=person, left_at=None).select_related("organisation").order_by("joined_at")


def members(organisation: Organisation) -> QuerySet[Membership]:
    """Return who belongs to the organisation itself, longest first (one query)."""
    standing = Membership.objects.filter(organisation=organisation, left_at=None)
    return standing.select_related("person").order_by("joined_at", "pk")


def search(organisation: Organisation, wanted: str) -> QuerySet[Membership]:
    """Return the members with exactly this id number or verified phone, or whose name begins so (one query)."""
    typed = unicodedata.normalize("NFKC", wanted).strip()
    found = members(organisation)
    if not any(character.isdigit() for character in typed):
        return found.filter(person__name__startswith=names.normal(typed)) if typed else found.none()
    by = Q(person__id_digest=blind_index(_number(typed)))
    if phone := phones.guess(typed):
        by |= Q(person__user__phone_digest=blind_index(phone))
    return found.filter(by)


def _number(typed: str) -> str:
    try:
        return identity.parse(typed, today=timezone.localdate()).number
    except identity.InvalidIdNumber:
        return typed.replace(" ", "").upper()  # a passport's


def invitations_of(organisation: Organisation) -> QuerySet[Invitation]:
    """Return the organisation's invitations, newest first (one query)."""
    return (
        Invitation.objects.filter(organisation=organisation)
        .select_related("organisation", "created_by")
        .order_by("-created_at")
    )
