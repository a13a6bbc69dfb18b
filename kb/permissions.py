"""What knowledge editor, expert and publisher may do with articles in the admin."""

from django.contrib.auth.models import Group

from accounts.actions.roles import allow
from accounts.enums import Role

from .actions.workflow import ensure_workflow

KNOWLEDGE_EDITOR = (
    *("add_article", "change_article", "delete_article", "view_article"),
    *("add_searchterm", "change_searchterm", "delete_searchterm", "view_searchterm"),
    *("add_synonymgroup", "change_synonymgroup", "delete_synonymgroup", "view_synonymgroup"),
)
KNOWLEDGE_EXPERT = ("view_article",)
PUBLISHER = ("view_article", "publish_article")
STAFF = (Role.KNOWLEDGE_EDITOR, Role.KNOWLEDGE_EXPERT, Role.PUBLISHER)
INDEX_KEEPERS = (Role.PUBLISHER, Role.ADMINISTRATOR)


def knowledge_editor() -> list[str]:
    """Return the permissions of the role, as ``accounts.actions.roles.allow`` takes them."""
    return [f"kb.{codename}" for codename in KNOWLEDGE_EDITOR]


def grant_permissions() -> None:
    """Give each role its part in the articles, none another's, and set up the way between them."""
    allow(role=Role.KNOWLEDGE_EDITOR, permissions=knowledge_editor())
    allow(role=Role.KNOWLEDGE_EXPERT, permissions=[f"kb.{codename}" for codename in KNOWLEDGE_EXPERT])
    allow(role=Role.PUBLISHER, permissions=[f"kb.{codename}" for codename in PUBLISHER])
    _take_publishing_from_editors()
    ensure_workflow()


def _take_publishing_from_editors() -> None:
    """On an older site editors published alone."""
    group = Group.objects.get(name=Role.KNOWLEDGE_EDITOR.value)
    group.permissions.remove(*group.permissions.filter(content_type__app_label="kb", codename="publish_article"))
