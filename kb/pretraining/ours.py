"""Our own articles as they are shipped: whose words the tokenizer must know."""

from pathlib import Path

from kb import text
from kb.actions.seeding import read_article
from kb.sources import Document, document_of

CONTENT = Path(__file__).parent.parent / "content"


def articles() -> list[Document]:
    """Return the articles of ``kb/content``, by file."""
    return [document_of(read_article(path)) for path in sorted(CONTENT.rglob("*.md"))]


def texts() -> list[str]:
    """Return every title, question, section and English summary of theirs, folded."""
    said = ([each.title, *each.questions, *map(str, each.passages), each.english] for each in articles())
    return [text.normalise(item) for items in said for item in items]
