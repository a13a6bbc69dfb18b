"""Who may ask for the knowledge base's pages of the administration; ``tests/access_matrix`` takes the lines in."""

from tests.access_groups import ADMINISTRATORS, KNOWLEDGE, NOBODY, PUBLISHERS, REVIEW_KNOWLEDGE, UNPUBLISH_KNOWLEDGE

ARTICLE = "admin/snippets/kb/article"
ASKED = {
    "admin/knowledge-review/": REVIEW_KNOWLEDGE,
    "admin/knowledge-review/pairs/": REVIEW_KNOWLEDGE,
    "admin/knowledge-review/due.csv": REVIEW_KNOWLEDGE,
    "admin/knowledge-review/superseded.csv": REVIEW_KNOWLEDGE,
    "admin/knowledge-index/": KNOWLEDGE | PUBLISHERS | ADMINISTRATORS,
    "admin/knowledge-import/": KNOWLEDGE,
    "admin/knowledge-import/<uuid:import_id>/": KNOWLEDGE,
    f"{ARTICLE}/": REVIEW_KNOWLEDGE,
    f"{ARTICLE}/results/": REVIEW_KNOWLEDGE,
    f"{ARTICLE}/add/": KNOWLEDGE,
    f"{ARTICLE}/edit/<int:pk>/": KNOWLEDGE,  # and, while it waits for them, whoever approves it
    f"{ARTICLE}/delete/<int:pk>/": NOBODY,  # the one that is asked for is live; tests/kb/test_approval
    f"{ARTICLE}/usage/<int:pk>/": KNOWLEDGE,
    f"{ARTICLE}/history/<int:pk>/": KNOWLEDGE,
    f"{ARTICLE}/history-results/<int:pk>/": KNOWLEDGE,
    f"{ARTICLE}/copy/<int:pk>/": KNOWLEDGE,
    f"{ARTICLE}/unpublish/<int:pk>/": UNPUBLISH_KNOWLEDGE,
    f"{ARTICLE}/history/<int:pk>/revisions/<int:revision_id>/view/": KNOWLEDGE,
    f"{ARTICLE}/history/<int:pk>/revisions/<int:revision_id>/revert/": KNOWLEDGE,
    f"{ARTICLE}/history/<int:pk>/revisions/<int:revision_id>/unschedule/": PUBLISHERS,
}
POSTED = {
    "admin/knowledge-index/build/": PUBLISHERS | ADMINISTRATORS,
    "admin/knowledge-index/back/": PUBLISHERS | ADMINISTRATORS,
    "admin/knowledge-review/pairs/<int:pair_id>/": REVIEW_KNOWLEDGE,
    "admin/knowledge-import/<uuid:import_id>/decide/": KNOWLEDGE,
}
