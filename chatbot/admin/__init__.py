"""The bot in the administration: trying it, what was asked, what is missing, how articles do."""

from accounts.enums import Role

EDITORS = (Role.KNOWLEDGE_EDITOR,)
REVIEWERS = (Role.KNOWLEDGE_EDITOR, Role.KNOWLEDGE_EXPERT, Role.PUBLISHER)
