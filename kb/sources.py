"""Documents that the index is built from; each entry of KB_SOURCES is the dotted path of a callable yielding them.

Who owns a source says when it changed: ``indexing.mark_stale`` for what is new, ``indexing.withdraw`` in the same
transaction for what may no longer be answered with.

KB_LAW_REGISTER is the dotted path of another seam: a callable that takes a day and returns the laws known then.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from . import queries, rules
from .models import Article


@dataclass(frozen=True)
class Passage:
    """One section of a document; ``text`` is Markdown."""

    heading: str
    text: str

    def __str__(self):
        return f"{self.heading} {self.text}"


@dataclass(frozen=True)
class Document:
    """What can be answered with and cited; ``id`` is unique over all sources, an article's is its slug.

    ``revision`` names the version of the text in its own source, an article's is the number of its revision; of two
    documents that differ in nothing else neither is newer.
    """

    id: str
    title: str
    url: str
    topic: str
    source: str
    source_url: str
    date: str
    reviewed: str
    questions: tuple[str, ...]
    passages: tuple[Passage, ...]
    calls: tuple[str, ...] = ()
    danger: bool = False
    english: str = ""
    audience: tuple[str, ...] = ("public",)
    review_due: str = ""
    revision: int | None = field(default=None, compare=False)

    @property
    def steps(self) -> tuple[str, ...]:
        """The numbered steps of the first section, most important first."""
        return rules.steps(self.passages[0].text) if self.passages else ()

    @classmethod
    def from_stored(cls, stored: dict) -> "Document":
        """Return the document that ``dataclasses.asdict`` turned into JSON."""
        passages = tuple(Passage(**passage) for passage in stored["passages"])
        lists = {name: tuple(stored[name]) for name in ("questions", "calls", "audience")}
        return cls(**{**stored, **lists, "passages": passages})


class DuplicateDocument(Exception):
    """Two sources yielded the same document id."""


def articles() -> Iterator[Document]:
    """Yield every live article (two queries)."""
    asked = queries.live_questions()
    for article in queries.live_articles():
        yield document_of(article, asked.get(article.pk, ()))


def document_of(article: Article, asked: Iterable[str] | None = None) -> Document:
    """Return what an article says as a document; ``asked`` are its questions where they were read already."""
    if asked is None:
        asked = (question.text for question in article.questions.all())
    return Document(
        id=article.slug,
        title=article.title,
        url=article.get_absolute_url(),
        topic=article.topic,
        source=article.cited,
        source_url=article.source_url,
        date=article.source_date,
        reviewed=article.reviewed.isoformat(),
        questions=tuple(asked),
        passages=tuple(Passage(*section) for section in article.sections),
        calls=article.call_numbers,
        danger=article.danger,
        english=article.english,
        audience=tuple(article.audience),
        review_due=article.review_due.isoformat() if article.review_due else "",
        revision=article.live_revision_id,
    )


def documents() -> tuple[Document, ...]:
    """Return what all KB_SOURCES yield, by id.

    :raises DuplicateDocument: an id came twice.
    """
    found: dict[str, Document] = {}
    for path in settings.KB_SOURCES:
        for document in import_string(path)():
            if document.id in found:
                raise DuplicateDocument(document.id)
            found[document.id] = document
    return tuple(found[key] for key in sorted(found))


@dataclass(frozen=True)
class KnownLaw:
    """A law or standard as the register knows it; ``spellings`` are how texts name it, ``successor`` is a code."""

    code: str
    name: str
    spellings: tuple[str, ...]
    holds: bool
    ended_on: date | None = None
    successor: str = ""


def known_laws(day: date) -> list[KnownLaw]:
    """Return what the register knows of ``day``; nothing where no register is set."""
    return list(import_string(settings.KB_LAW_REGISTER)(day)) if settings.KB_LAW_REGISTER else []
