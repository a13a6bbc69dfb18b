"""Which article an editor chose for a question; what is in use is kept in the process and looked at every second."""

import threading
import time
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import Count, Max

from chatbot.meaning import vectors
from chatbot.models import CuratedAnswer
from chatbot.rules import curating
from chatbot.rules.normalising import normalise
from kb import queries, retrieval
from kb.sources import Document

CHECK_SECONDS = 1.0
VERSIONS = 3  # of the index, of which the questions are kept
NEAR = 0.97  # cosine: 烫伤能涂牙膏吗 and 烫伤可以涂牙膏吗 have .96, a word more or less .98; a negation is told apart


@dataclass(frozen=True)
class Chosen:
    """One question of a curated answer; ``plain`` is how it is compared, ``vector`` its meaning."""

    answer: CuratedAnswer
    question: str
    plain: str
    vector: np.ndarray | None


def document_for(text: str, *, day: date) -> Document | None:
    """Return the published article that an editor chose for the normalised question, or None (one query if chosen)."""
    chosen = chosen_for(text, day=day)
    if chosen is None or not queries.live_articles().filter(slug=chosen.answer.article).exists():
        return None
    return retrieval.get(chosen.answer.article)


def chosen_for(text: str, *, day: date) -> Chosen | None:
    """Return the question in use on ``day`` that is the same as the normalised ``text``, or all but the same."""
    rows = [row for row in _held.rows() if _in_use(row.answer, day)]
    if not rows:
        return None
    asked = curating.plain(retrieval.understood(text))
    return next((row for row in rows if row.plain == asked), None) or _nearest(rows, text)


def _in_use(answer: CuratedAnswer, day: date) -> bool:
    return (answer.starts is None or answer.starts <= day) and (answer.ends is None or day <= answer.ends)


def _nearest(rows: list[Chosen], text: str) -> Chosen | None:
    near = [row for row in rows if row.vector is not None and not curating.tells_apart(row.question, text)]
    meaning = vectors([text])
    if not near or meaning is None:
        return None
    closeness = np.stack([row.vector for row in near]) @ meaning[0]
    best = int(closeness.argmax())
    return near[best] if closeness[best] >= NEAR else None


class _Held:
    """The questions in use, read again when a row changed; looks at most once in CHECK_SECONDS.

    They are kept for each version of the index that somebody asks, since what sounds or means the same depends on it.
    """

    def __init__(self):
        self._stamp = None
        self._looked_at = float("-inf")
        self._looking = threading.Lock()
        self._by_version: dict[str, tuple[Chosen, ...]] = {}

    def rows(self) -> tuple[Chosen, ...]:
        if time.monotonic() - self._looked_at >= CHECK_SECONDS and self._looking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looking.release()
        snapshot = retrieval.current_snapshot()
        version, kept = snapshot.version if snapshot else "", self._by_version
        if version not in kept:
            if len(kept) >= VERSIONS:
                kept.clear()
            kept[version] = _read()
        return kept[version]

    def forget(self) -> None:
        """Drop what is held, as a new process would."""
        self.__init__()

    def _look(self) -> None:
        state = CuratedAnswer.objects.aggregate(last=Max("changed_at"), count=Count("pk"))
        stamp = (state["last"], state["count"])
        if stamp != self._stamp:
            self._stamp, self._by_version = stamp, {}
        self._looked_at = time.monotonic()


def _read() -> tuple[Chosen, ...]:
    pairs = [(answer, question) for answer in CuratedAnswer.objects.filter(active=True) for question in answer.listed]
    texts = [normalise(question) for _answer, question in pairs]
    meanings = vectors(texts)
    return tuple(
        Chosen(answer, text, curating.plain(retrieval.understood(text)), None if meanings is None else meanings[at])
        for at, ((answer, _question), text) in enumerate(zip(pairs, texts, strict=True))
    )


_held = _Held()
