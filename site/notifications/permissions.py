"""Which role may do what with notices in the admin."""

from accounts.actions.roles import allow
from accounts.enums import Role


def grant_permissions() -> None:
    """Let administrators see what was told to whom, and have a failed delivery tried again."""
    allow(
        role=Role.ADMINISTRATOR,
        permissions=["notifications.view_notice", "notifications.view_delivery", "notifications.change_delivery"],
    )
