"""What knowledge editor, expert and publisher may do with the bot in the admin; its own pages ask for the role."""

from accounts.actions.roles import allow
from accounts.enums import Role

KNOWLEDGE_EDITOR = tuple(f"chatbot.{verb}_curatedanswer" for verb in ("add", "change", "delete", "view"))
STAFF = (Role.KNOWLEDGE_EDITOR, Role.KNOWLEDGE_EXPERT, Role.PUBLISHER)
READERS = ("chatbot.view_curatedanswer",)


def grant_permissions() -> None:
    """Give each role its part in the curated answers."""
    allow(role=Role.KNOWLEDGE_EDITOR, permissions=list(KNOWLEDGE_EDITOR))
    for role in (Role.KNOWLEDGE_EXPERT, Role.PUBLISHER):
        allow(role=role, permissions=list(READERS))
