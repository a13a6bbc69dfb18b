"""What the house holds about one user: every room says its part (``PERSONAL_DATA``, ``LEGAL_HOLDS``)."""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, ErasureRequest, Membership, OrganisationManager, RosterLine, User
from accounts.queries import person_of
from accounts.rules.holds import Hold

LABELS = {
    "login": _("login"),
    "username": _("user name"),
    "email": _("e-mail"),
    "phone": _("phone number"),
    "phone_verified_at": _("phone verified at"),
    "date_joined": _("registered at"),
    "last_login": _("last login"),
    "roles": _("roles"),
    "role": _("role"),
    "consents": _("consents"),
    "notice__title": _("privacy notice"),
    "notice__version": _("version"),
    "given_at": _("given at"),
    "address": _("from"),
    "withdrawn_at": _("withdrawn at"),
    "erasure_requests": _("erasure requests"),
    "requested_at": _("requested at"),
    "state": _("state"),
    "reason": _("reason"),
    "note": _("note"),
    "decided_at": _("decided at"),
    "managed_organisations": _("organisations managed"),
    "organisation__name": _("organisation"),
    "granted_at": _("granted at"),
    "person": _("person"),
    "name": _("name"),
    "id_kind": _("kind of document"),
    "id_number": _("identity number"),
    "born": _("date of birth"),
    "real_name": _("real-name check"),
    "checked_at": _("checked at"),
    "created_at": _("registered at"),
    "photo": _("photo"),
    "memberships": _("memberships"),
    "job": _("job"),
    "joined_at": _("joined at"),
    "left_at": _("left at"),
    "roster_lines": _("lines of rosters"),
    "uploaded_at": _("uploaded at"),
}  # how tables and columns are called on the page to read

Rows = dict[str, list[dict[str, Any]]]  # a table's name → its rows; a file in a row goes along


def words_of(room: str) -> dict[str, str]:
    """Return how the room calls its tables and columns."""
    path = next(path for path in settings.PERSONAL_DATA if path.startswith(f"{room}."))
    return import_module(path.rpartition(".")[0]).LABELS


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
