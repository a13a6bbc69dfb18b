"""Staff decide what the register could not: is a document genuine, how is a name written, may a login be used."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction

from accounts.enums import RealNameState
from accounts.models import Person, User
from accounts.rules import identity
from core.actions.auditing import record
from core.enums import Deed


class NeedsReason(Exception):
    """Staff say why."""


class OwnRecord(Exception):
    """Nobody decides about themselves."""


class Gone(Exception):
    """The person was merged or erased."""


def decide_real_name(*, person_id: int, state: RealNameState, reason: str, by: User, now: datetime) -> Person:
    """Store what somebody who looked at the document found.

    :raises NeedsReason, OwnRecord, Gone: see there.
    """
    with transaction.atomic():
        person = _locked(person_id, reason, by)
        before = person.real_name
        Person.objects.filter(pk=person.pk).update(real_name=state, checked_at=now)
        _record(
            person,
            Deed.REFUSED if state == RealNameState.MISMATCHED else Deed.APPROVED,
            {"real_name": before},
            {"real_name": state},
            reason,
            by,
            now,
        )
    person.refresh_from_db()
    return person


def correct_name(*, person_id: int, name: str, reason: str, by: User, now: datetime) -> Person:
    """Write the name as it stands in the document; name and number have to be checked together anew.

    :raises NeedsReason, OwnRecord, Gone: see there.
    """
    with transaction.atomic():
        person = _locked(person_id, reason, by)
        before, name = person.name, " ".join(name.split())
        Person.objects.filter(pk=person.pk).update(name=name, real_name=RealNameState.UNCHECKED, checked_at=None)
        shown = ({"name": identity.mask_name(before)}, {"name": identity.mask_name(name)})
        _record(person, Deed.CHANGED, *shown, reason, by, now)
    person.refresh_from_db()
    return person


def switch_login(*, user_id: int, active: bool, by: User, now: datetime) -> User:
    """Let a login work, or no more: its sessions end with the next thing they ask.

    :raises OwnRecord: nobody locks themselves out, and only a superuser a superuser.
    """
    with transaction.atomic():
        user = get_user_model().objects.select_for_update().get(pk=user_id)
        if user.pk == by.pk or (user.is_superuser and not by.is_superuser):
            raise OwnRecord
        user.is_active = active
        user.save(update_fields=["is_active"])
    return user


def _locked(person_id: int, reason: str, by: User) -> Person:
    if not reason.strip():
        raise NeedsReason
    person = Person.objects.select_for_update().get(pk=person_id)
    if person.merged_into_id or person.erased_at:
        raise Gone
    if person.user_id == by.pk:
        raise OwnRecord
    return person


def _record(person, deed, before, after, reason, by, now) -> None:
    record(
        deed=deed, target=person, label=person.audit_label(), before=before, after=after, reason=reason, by=by, now=now
    )
