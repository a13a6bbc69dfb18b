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
    """One question of a curated answer; ``plain`` is how it is compared with what is asked."""

    answer: CuratedAnswer
    question: str
    plain: str


@dataclass(frozen=True)
class Kept:
    """The questions in use and, where there is an index, their meanings (one row each)."""

    rows: tuple[Chosen, ...]
    meanings: np.ndarray | None


def document_for(text: str, *, day: date) -> Document | None:
    """Return the published article that an editor chose for the normalised question, or None (one query if chosen)."""
    chosen = chosen_for(text, day=day)
    if chosen is None or not queries.live_articles().filter(slug=chosen.answer.article).exists():
        return None
    return retrieval.get(chosen.answer.article)


def chosen_for(text: str, *, day: date) -> Chosen | None:
    """Return the question in use on ``day`` that is the same as the normalised ``text``, or all but the same."""
    kept = _held.kept()
    if not kept.rows:
        return None
    asked = curating.plain(text)
    same = (row for row in kept.rows if row.plain == asked and _in_use(row.answer, day))
    return next(same, None) or _nearest(kept, text, day)


def _in_use(answer: CuratedAnswer, day: date) -> bool:
    return (answer.starts is None or answer.starts <= day) and (answer.ends is None or day <= answer.ends)


def _nearest(kept: Kept, text: str, day: date) -> Chosen | None:
    meaning = None if kept.meanings is None else vectors([text])
    if meaning is None:
        return None
    closeness = kept.meanings @ meaning[0]
    near = (kept.rows[at] for at in np.argsort(-closeness, kind="stable") if closeness[at] >= NEAR)
    return next(
        (row for row in near if _in_use(row.answer, day) and not curating.tells_apart(row.question, text)), None
    )


class _Held:
    """The questions in use, read again when a row changed; looks at most once in CHECK_SECONDS.

    They are kept for each version of the index that somebody asks, since what means the same depends on it.
    """

    def __init__(self):
        self._stamp = None
        self._looked_at = float("-inf")
        self._looking = threading.Lock()
        self._by_version: dict[str, Kept] = {}

    def kept(self) -> Kept:
        if time.monotonic() - self._looked_at >= CHECK_SECONDS and self._looking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looking.release()
        snapshot = retrieval.current_snapshot()
        version, by_version = snapshot.version if snapshot else "", self._by_version
        if version not in by_version:
            if len(by_version) >= VERSIONS:
                by_version.clear()
            by_version[version] = _read()
        return by_version[version]

    def forget(self) -> None:
        """Drop what is held, as a new process would."""
        self.__init__()

    def _look(self) -> None:
        state = CuratedAnswer.objects.aggregate(last=Max("changed_at"), count=Count("pk"))
        stamp = (state["last"], state["count"])
        if stamp != self._stamp:
            self._stamp, self._by_version = stamp, {}
        self._looked_at = time.monotonic()


def _read() -> Kept:
    pairs = [(answer, question) for answer in CuratedAnswer.objects.filter(active=True) for question in answer.listed]
    texts = [normalise(question) for _answer, question in pairs]
    rows = tuple(
        Chosen(answer, text, curating.plain(text)) for (answer, _question), text in zip(pairs, texts, strict=True)
    )
    return Kept(rows, vectors(texts))


_held = _Held()
