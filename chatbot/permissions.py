"""Which role may do what with the chat in the admin."""

from accounts.actions.roles import allow
from accounts.enums import Role

KNOWLEDGE_EDITOR = tuple(f"chatbot.{verb}_quickquestion" for verb in ("add", "change", "delete", "view"))
ADMINISTRATOR = ("chatbot.change_chatsettings",)


def grant_permissions() -> None:
    """Let knowledge editors choose what is offered, administrators say when the desk is open and who may embed."""
    allow(role=Role.KNOWLEDGE_EDITOR, permissions=list(KNOWLEDGE_EDITOR))
    allow(role=Role.ADMINISTRATOR, permissions=list(ADMINISTRATOR))
