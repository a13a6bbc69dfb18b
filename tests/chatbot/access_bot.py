"""Who may ask for the bot's pages of the administration; ``tests/access_matrix`` takes the lines in."""

from tests.access_groups import KNOWLEDGE, REVIEW_KNOWLEDGE, viewset

ASKED = {
    "admin/hit-test/": REVIEW_KNOWLEDGE,
    "admin/conversations/": REVIEW_KNOWLEDGE,
    "admin/conversations/<uuid:conversation_id>/": REVIEW_KNOWLEDGE,
    "admin/article-use/": REVIEW_KNOWLEDGE,
    "admin/weekly-reports/": REVIEW_KNOWLEDGE,
    "admin/weekly-reports/<int:report_id>/": REVIEW_KNOWLEDGE,
    "admin/gaps/": REVIEW_KNOWLEDGE,
    "admin/gaps/<int:gap_id>/": REVIEW_KNOWLEDGE,
    **viewset("curated_answers", see=REVIEW_KNOWLEDGE, add=KNOWLEDGE, change=KNOWLEDGE, delete=KNOWLEDGE, copy=False),
}
POSTED = {
    "admin/gaps/<int:gap_id>/decide/": KNOWLEDGE,
    "admin/conversations/export/<slug:kind>/": REVIEW_KNOWLEDGE,
}
