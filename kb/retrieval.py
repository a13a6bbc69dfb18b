"""Search: what the knowledge base has to say to a question. The one way in for chat, hit tests and evaluation alike."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from . import ranking
from .enums import Decision
from .index import store
from .index.snapshot import Snapshot
from .sources import Document, Passage

log = logging.getLogger(__name__)
CHECK_SECONDS = 1.0
CHOICES = 3


@dataclass(frozen=True)
class Hit:
    """One document found: ``score`` in [0, 1] orders, ``bm25`` and ``cosine`` say why, ``passage`` is the nearest."""

    document: Document
    passage: Passage | None
    score: float
    bm25: float
    cosine: float


@dataclass(frozen=True)
class Found:
    """What may be done (``decision``), how sure that is (``confidence`` in [0, 1]), and what was found, best first."""

    decision: Decision
    confidence: float
    hits: tuple[Hit, ...]

    @property
    def choices(self) -> tuple[Hit, ...]:
        """The hits whose titles to offer when the decision is CHOICE."""
        return self.hits[:CHOICES]


NOTHING = Found(Decision.UNKNOWN, 0.0, ())


def search(question: str, *, limit: int = 5) -> Found:
    """Return what the current index finds (no database query); NOTHING where no index has been built yet."""
    snapshot = current_snapshot()
    return search_in(snapshot, question, limit=limit) if snapshot else NOTHING


def search_in(snapshot: Snapshot, question: str, *, limit: int = 5) -> Found:
    """Return what ``snapshot`` finds."""
    ranked, evidence = ranking.rank(snapshot, question, limit=limit)
    if evidence is None:
        return NOTHING
    confidence = snapshot.calibration.confidence(evidence)
    return Found(snapshot.calibration.decision(confidence), confidence, tuple(_hit(snapshot, each) for each in ranked))


def get(document_id: str) -> Document | None:
    """Return the document with this id (an article's is its slug) from the current index, or None."""
    snapshot = current_snapshot()
    return snapshot.by_id.get(document_id) if snapshot else None


def current_snapshot() -> Snapshot | None:
    """Return the index of this process, reloaded when another version is pointed to; call it early to load ahead."""
    return _holder.snapshot()


def encoder() -> Callable[[list[str]], np.ndarray] | None:
    """Return what turns texts into vectors of length 1, as the current index does; None where there is no index."""
    snapshot = current_snapshot()
    return snapshot.encoder.encode if snapshot else None


def _hit(snapshot: Snapshot, ranked: ranking.Ranked) -> Hit:
    found = snapshot.documents[ranked.document]
    passage = found.passages[ranked.passage] if found.passages else None
    return Hit(found, passage, ranked.score, ranked.bm25, ranked.cosine)


class _Holder:
    """The index that this process holds; looks at the pointer at most once in CHECK_SECONDS."""

    def __init__(self):
        self._held: Snapshot | None = None
        self._stamp = None
        self._looked_at = float("-inf")
        self._loading = threading.Lock()

    def snapshot(self) -> Snapshot | None:
        if time.monotonic() - self._looked_at < CHECK_SECONDS:
            return self._held
        # Who has an index already never waits for another thread that is loading the next one.
        if self._loading.acquire(blocking=self._held is None):
            try:
                self._look()
            finally:
                self._loading.release()
        return self._held

    def forget(self) -> None:
        """Drop what is held, as a new process would."""
        self.__init__()

    def _look(self) -> None:
        stamp = store.pointer_stamp()
        if stamp != self._stamp:
            self._held = self._load() or self._held
            self._stamp = stamp  # a version that cannot be read is not tried again until the pointer moves
        self._looked_at = time.monotonic()

    def _load(self) -> Snapshot | None:
        """Return the version pointed to, or the newest readable one if this process holds none yet."""
        pointed = store.current()
        others = [] if self._held else [version for version in store.versions() if version != pointed]
        for version in [pointed, *others]:
            try:
                return store.read(version, encoder=self._held.encoder if self._held else None)
            except store.IndexDamaged:
                log.exception("Index version %s cannot be read.", version)
        return None


_holder = _Holder()
