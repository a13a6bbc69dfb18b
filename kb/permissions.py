"""What the knowledge editor may do in the admin."""

from accounts.actions.roles import allow
from accounts.enums import Role

KNOWLEDGE_EDITOR = (
    *("add_article", "change_article", "delete_article", "view_article", "publish_article"),
    *("add_searchterm", "change_searchterm", "delete_searchterm", "view_searchterm"),
    *("add_synonymgroup", "change_synonymgroup", "delete_synonymgroup", "view_synonymgroup"),
)


def knowledge_editor() -> list[str]:
    """Return the permissions of the role, as ``accounts.actions.roles.allow`` takes them."""
    return [f"kb.{codename}" for codename in KNOWLEDGE_EDITOR]


def grant_permissions() -> None:
    """Give the knowledge editor the articles and the words they are found by."""
    allow(role=Role.KNOWLEDGE_EDITOR, permissions=knowledge_editor())
