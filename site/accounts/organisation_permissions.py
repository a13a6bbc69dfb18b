"""What roles may do with organisations in the admin."""

from .actions.roles import allow
from .enums import Role

TREE = [f"accounts.{verb}_organisation" for verb in ("view", "add", "change")]
MANAGERS = [f"accounts.{verb}_organisationmanager" for verb in ("view", "add", "delete")]


def grant_permissions() -> None:
    """Let administrators keep the tree and its managers; they and auditors look at what was handed in."""
    allow(role=Role.ADMINISTRATOR, permissions=[*TREE, *MANAGERS, "accounts.view_rosterimport"])
    looks = ["organisation", "organisationmanager", "rosterimport"]
    allow(role=Role.AUDITOR, permissions=[f"accounts.view_{model}" for model in looks])
