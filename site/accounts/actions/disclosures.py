"""Show one masked thing in clear, to whom and why being recorded first."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, User
from core.actions.auditing import record
from core.enums import Deed

FIELDS = {
    "name": _("name"),
    "id_number": _("identity number"),
    "phone": _("phone number"),
    "born": _("date of birth"),
    "photo": _("photo"),
}


class NeedsReason(Exception):
    """Staff say why."""


class NothingThere(Exception):
    """The person has no such thing."""


def unmask(*, person_id: int, field: str, reason: str, by: User, now: datetime):
    """Return one of ``FIELDS`` of the person as it is, a file for the photo, once that is recorded.

    :raises NeedsReason: none was given.
    :raises NothingThere: it is empty.
    """
    if not reason.strip():
        raise NeedsReason
    with transaction.atomic():
        person = Person.objects.select_related("user").get(pk=person_id)
        value = (person.user.phone if person.user else "") if field == "phone" else getattr(person, field)
        if not value or (field == "photo" and not value.storage.exists(value.name)):
            raise NothingThere
        after, label = {"field": field}, person.audit_label()
        record(deed=Deed.UNMASKED, target=person, label=label, after=after, reason=reason, by=by, now=now)
    return value
