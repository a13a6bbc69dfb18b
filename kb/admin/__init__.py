"""The knowledge base in the administration: articles, what is due and doubtful, files that bring drafts."""

from accounts.enums import Role

EDITORS = (Role.KNOWLEDGE_EDITOR,)
REVIEWERS = (Role.KNOWLEDGE_EDITOR, Role.KNOWLEDGE_EXPERT, Role.PUBLISHER)
