"""How this room forgets: the login and everything of it; name and number as soon as no law holds them."""

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from accounts.models import Consent, Invitation, Membership, OrganisationManager, Person, RosterLine, User
from accounts.rules.holds import Hold
from core.encryption import blind_index

NAMELESS = "已注销"


def forget(*, user: User, holds: list[Hold], now: datetime) -> dict[str, int]:
    """End the login and drop what belongs to it; the person only loses the photo while a hold stands.

    The rows are changed past ``save``: the trail gets one entry about the whole, not what was forgotten.
    """
    with transaction.atomic():
        forgotten = {"sessions": _end_sessions(user)}
        for model in (EmailAddress, Authenticator, OrganisationManager):
            forgotten[model._meta.model_name] = model.objects.filter(user=user).delete()[0]
        forgotten["consents"] = Consent.objects.filter(user=user).update(address="")
        Consent.objects.filter(user=user, withdrawn_at=None).update(withdrawn_at=now)
        Invitation.objects.filter(created_by=user, revoked_at=None).update(revoked_at=now)
        user.groups.clear()
        _close(user)
        person = Person.objects.select_for_update().filter(user=user).first()
        if person:
            forgotten["photo"] = _drop_photo(person)
            forgotten["person"] = 0 if holds else anonymise(person=person, now=now)
    return forgotten


def anonymise(*, person: Person, now: datetime) -> int:
    """Take name, number and date of birth from the person and the lists it stood on; 1 when it was not done yet."""
    with transaction.atomic():
        Membership.objects.filter(person=person, left_at=None).update(left_at=now)
        RosterLine.objects.filter(person=person).update(
            name="", id_number="", id_digest="", phone="", job="", cells="", person=None
        )
        nobody = blind_index(f"erased {secrets.token_hex(16)}")  # unique, and no number leads to it
        forms = Person.objects.filter(pk=person.pk) | Person.objects.filter(merged_into=person)
        count = 0
        for number in forms.filter(erased_at=None).order_by("pk").values_list("pk", flat=True):
            count += Person.objects.filter(pk=number).update(
                name=NAMELESS, id_number="", id_digest=blind_index(f"{nobody} {number}"), born=None, erased_at=now
            )
    return min(count, 1)


def _end_sessions(user: User) -> int:
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


def _close(user: User) -> None:
    user.set_unusable_password()
    User.objects.filter(pk=user.pk).update(
        username=f"erased-{user.pk}",
        is_active=False,
        is_staff=False,
        is_superuser=False,
        password=user.password,
        first_name="",
        last_name="",
        email="",
        phone="",
        phone_digest=None,
        phone_verified_at=None,
    )


def _drop_photo(person: Person) -> int:
    if not person.photo:
        return 0
    photo = person.photo
    Person.objects.filter(pk=person.pk).update(photo="")
    transaction.on_commit(lambda: photo.storage.delete(photo.name))
    return 1
