"""What the house holds about one user: every room says its part (``PERSONAL_DATA``, ``LEGAL_HOLDS``)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Consent, ErasureRequest, Membership, OrganisationManager, RosterLine, User
from accounts.queries import person_of
from accounts.rules.holds import Hold

Rows = dict[str, list[dict[str, Any]]]  # a table's name → its rows; a file in a row goes along


def everything_about(user: User) -> dict[str, Rows]:
    """Return each room's tables about the user, by the room's name."""
    return {path.partition(".")[0]: import_string(path)(user) for path in settings.PERSONAL_DATA}


def holds_on(user: User, *, day: date) -> list[Hold]:
    """Return what law makes us keep of the user on that day."""
    found = [hold for path in settings.LEGAL_HOLDS for hold in _call(path)(user)]
    return sorted((hold for hold in found if hold.stands_on(day)), key=lambda hold: (hold.until, hold.what))


def _call(path: str) -> Callable[[User], list[Hold]]:
    return import_string(path)


def rows(user: User) -> Rows:
    """Return what this room holds: the login, the person, memberships, what was agreed to and asked for."""
    person = person_of(user)
    tables = {
        "login": [_fields(user, "username", "email", "phone", "phone_verified_at", "date_joined", "last_login")],
        "roles": [{"role": name} for name in user.groups.values_list("name", flat=True)],
        "consents": list(
            Consent.objects.filter(user=user).values(
                "notice__title", "notice__version", "given_at", "address", "withdrawn_at"
            )
        ),
        "erasure_requests": list(
            ErasureRequest.objects.filter(user=user).values("requested_at", "state", "reason", "note", "decided_at")
        ),
        "managed_organisations": list(
            OrganisationManager.objects.filter(user=user).values("organisation__name", "granted_at")
        ),
    }
    if person:
        told = ("name", "id_kind", "id_number", "born", "real_name", "checked_at", "created_at", "photo")
        tables["person"] = [_fields(person, *told)]
        tables["memberships"] = list(
            Membership.objects.filter(person=person).values("organisation__name", "job", "joined_at", "left_at")
        )
        tables["roster_lines"] = [
            {"uploaded_at": line.roster.uploaded_at, "name": line.name, "job": line.job, "phone": line.phone}
            for line in RosterLine.objects.filter(person=person).select_related("roster")
        ]
    return tables


def _fields(row, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
