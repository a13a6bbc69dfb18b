"""What is measured: whatever answers questions. The bot plugs in by KB_ANSWERER; without one the search answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from kb import retrieval
from kb.enums import Decision
from kb.followups import contextual

ANSWERED = frozenset({"answer", "danger"})  # kinds that say something from an article; "choice" offers titles


@dataclass(frozen=True)
class Said:
    """``kind`` (answer, danger, choice, unknown, refused, referral), the articles shown, the best first, the text.

    ``urgent`` is the article whose number to call and first steps stand above everything else: a card's, or a strip's.
    """

    kind: str
    slugs: tuple[str, ...]
    text: str
    urgent: str = ""


class Answering(Protocol):
    """Answers one question after earlier ones, from the index of ``retrieval.current_snapshot()``."""

    def __call__(self, question: str, history: Sequence[str]) -> Said: ...


def answerer() -> Answering:
    """Return what KB_ANSWERER names, or the search alone."""
    return import_string(settings.KB_ANSWERER) if settings.KB_ANSWERER else search_alone


def search_alone(question: str, history: Sequence[str]) -> Said:
    """Return what the search would do, without triage, refusals or words."""
    found = retrieval.search(contextual(question, history))
    if found.decision is Decision.UNKNOWN:
        return Said("unknown", (), "")
    shown = found.hits[:1] if found.decision is Decision.ANSWER else found.choices
    slugs = tuple(dict.fromkeys(hit.document.id for hit in shown))
    return Said(str(found.decision), slugs, "\n\n".join(map(str, shown[0].document.passages)))
