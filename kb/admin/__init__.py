"""The knowledge base in the administration: articles, what is due and doubtful, files that bring drafts, the index."""

from accounts.enums import Role

EDITORS = (Role.KNOWLEDGE_EDITOR,)
SEE_INDEX = (Role.KNOWLEDGE_EDITOR, Role.PUBLISHER, Role.ADMINISTRATOR)
REVIEWERS = (Role.KNOWLEDGE_EDITOR, Role.KNOWLEDGE_EXPERT, Role.PUBLISHER)
