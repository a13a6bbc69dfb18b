"""What belongs together in the knowledge base: the pairs that the encoder is fine-tuned on. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import text
from .sources import Document

SENTENCES = re.compile(r"(?<=[。！？；!?;])|\n+")
MARKS = re.compile(r"^(?:[-*>#]+|\d+[.)、])\s*")
SHORTEST_SENTENCE = 6
ANSWERS = 2  # first sections of an article, which answer


@dataclass(frozen=True)
class Pair:
    """Two texts of one document (by its number)."""

    document: int
    asked: str
    told: str


def of_documents(documents: tuple[Document, ...]) -> list[Pair]:
    """Return question → title, answer and other ways of asking; title → section; sentence → rest; English → title."""
    return [
        Pair(number, *both)
        for number, document in enumerate(documents)
        for both in _of_document(document)
        if all(both) and both[0] != both[1]
    ]


def sentences(section: str) -> list[str]:
    """Return the sentences and list items of a folded section, without the marks before them and the shortest."""
    parts = (MARKS.sub("", part.strip()) for part in SENTENCES.split(section))
    return [part for part in parts if len(part) >= SHORTEST_SENTENCE]


def _of_document(document: Document) -> Iterator[tuple[str, str]]:
    title = text.normalise(document.title)
    questions = [text.normalise(question) for question in document.questions]
    sections = [text.normalise(str(passage)) for passage in document.passages]
    for question in questions:
        others = (other for other in questions if other > question)
        yield from ((question, other) for other in (title, *sections[:ANSWERS], *others))
    yield from ((title, section) for section in sections)
    for passage in document.passages:
        said = [text.normalise(part) for part in sentences(passage.text)]
        for at, sentence in enumerate(said):
            yield sentence, " ".join([title, *said[:at], *said[at + 1 :]])
    for english in sentences(text.normalise(document.english)):
        yield english, title
