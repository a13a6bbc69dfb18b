"""What the roles of people's affairs may do in the admin: the administrator, and the auditor who only reads."""

from .actions.roles import allow
from .enums import Role

ADMINISTRATOR = (
    *(f"accounts.{verb}_{noun}" for noun in ("user", "person", "organisation") for verb in ("add", "change", "view")),
    *(f"accounts.{verb}_organisationmanager" for verb in ("add", "view", "delete")),
    "accounts.view_rosterimport",
    "cms.change_sitesettings",
    *(f"cms.{verb}_errorreport" for verb in ("change", "view", "delete")),
    "core.change_retentionrule",
    "core.view_retentionrule",
)
AUDITOR = (
    "core.view_auditentry",
    "core.view_retentionrule",
    "accounts.view_organisation",
    "accounts.view_organisationmanager",
    "accounts.view_rosterimport",
)


def grant_permissions() -> None:
    """Give the administrator people, organisations and settings, but no exam marks; the auditor the trail, to read."""
    allow(role=Role.ADMINISTRATOR, permissions=list(ADMINISTRATOR))
    allow(role=Role.AUDITOR, permissions=list(AUDITOR))
