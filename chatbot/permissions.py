"""Which role may do what with the bot in the admin."""

from accounts.actions.roles import allow
from accounts.enums import Role

KNOWLEDGE_EDITOR = tuple(
    f"chatbot.{verb}_{model}"
    for verb in ("add", "change", "delete", "view")
    for model in ("quickquestion", "triagerule", "curatedanswer")
)
READERS = ("chatbot.view_triagerule", "chatbot.view_curatedanswer")
STAFF = (Role.KNOWLEDGE_EDITOR, Role.KNOWLEDGE_EXPERT, Role.PUBLISHER)
ADMINISTRATOR = ("chatbot.change_chatsettings",)


def grant_permissions() -> None:
    """Let knowledge editors choose what is offered and what triage goes by, administrators open desk and embedding."""
    allow(role=Role.KNOWLEDGE_EDITOR, permissions=list(KNOWLEDGE_EDITOR))
    allow(role=Role.ADMINISTRATOR, permissions=list(ADMINISTRATOR))
    for role in (Role.KNOWLEDGE_EXPERT, Role.PUBLISHER):
        allow(role=role, permissions=list(READERS))
