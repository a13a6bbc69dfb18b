"""Who may ask for the pages about search words, triage rules and evaluations."""

from accounts.enums import Role
from tests.access_groups import KNOWLEDGE, REVIEW_KNOWLEDGE, roles, viewset

EVALUATORS = KNOWLEDGE | roles(Role.PUBLISHER)
EDITED = {"see": KNOWLEDGE, "add": KNOWLEDGE, "change": KNOWLEDGE, "delete": KNOWLEDGE, "copy": False}

ASKED = {
    **viewset("synonyms", **EDITED),
    **viewset("search_words", **EDITED),
    **viewset("triage_rules", **{**EDITED, "see": REVIEW_KNOWLEDGE}),
    "admin/evaluation/": EVALUATORS,
    "admin/evaluation/<int:pk>/": EVALUATORS,
}
POSTED = {"admin/evaluation/start/": EVALUATORS}
