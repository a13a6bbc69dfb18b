"""The bot in the administration: the desk, trying it, what was asked, what is missing, how articles do."""

from accounts.enums import Role
from chatbot.permissions import STAFF

EDITORS = (Role.KNOWLEDGE_EDITOR,)
REVIEWERS = STAFF
