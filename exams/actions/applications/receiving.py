"""Applications that another house's platform collected: they begin here, their candidate signs and hands them in."""

from datetime import datetime

from django.db import transaction

from accounts.actions import persons
from accounts.enums import IdKind
from accounts.models import Person
from clients.models import ApiKey, Client
from core.encryption import blind_index
from exams.enums import Education, Post
from exams.models import Application, Operation

from .filling import begin


class NameDiffers(Exception):
    """The id number belongs to somebody of another name; which one is not told."""


def receive(
    *,
    operation: Operation,
    name: str,
    id_kind: IdKind | str,
    id_number: str,
    education: Education | str,
    post: Post | str,
    claims_waiver: bool,
    client: Client,
    by: ApiKey,
    now: datetime,
) -> tuple[Application, bool]:
    """Return the person's open application, and whether it is new; what its candidate wrote since is left as it is.

    :raises identity.InvalidIdNumber: the number cannot be anyone's.
    :raises NameDiffers: it is somebody else's.
    :raises filling.NoRules, filling.NotEligible: see ``begin``.
    """
    with transaction.atomic():
        person = _person(name=name, id_kind=IdKind(id_kind), id_number=id_number, now=now)
        before = Application.objects.filter(person=person).values_list("pk", flat=True)
        known = set(before)
        application = begin(operation=operation, person=person, by=person.user, now=now)
        if application.pk in known:
            return application, False
        application.education, application.post, application.received_from = education, post, client
        application.claims_waiver = claims_waiver and application.rule.scheme.skill_level_waives_training
        application.save(update_fields=["education", "post", "claims_waiver", "received_from"])
    return application, True


def _person(*, name: str, id_kind: IdKind, id_number: str, now: datetime) -> Person:
    try:
        with transaction.atomic():
            return persons.register(name=name, id_number=id_number, user=None, by=None, now=now, id_kind=id_kind)
    except persons.PersonExists:
        number = persons.identity.parse(id_number, today=now.date(), kind=id_kind).number
        person = Person.objects.select_related("user").get(id_digest=blind_index(number))
        if _folded(person.name) != _folded(name):
            raise NameDiffers from None
        return person


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()
