"""Search: what the knowledge base has to say to a question. The one way in for chat, hit tests and evaluation alike.

What was withdrawn is asked of the database each time: an index may be seconds behind, an answer may not.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

import numpy as np

from . import queries, ranking, text
from .enums import Decision
from .index import store
from .index.snapshot import Snapshot
from .sources import Document, Passage

log = logging.getLogger(__name__)
CHECK_SECONDS = 1.0
CHOICES = 3
_pinned: ContextVar[Snapshot | None] = ContextVar("pinned_index", default=None)
_watching: ContextVar[list | None] = ContextVar("watched_searches", default=None)


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
    """What may be done (``decision``), how sure that is (``confidence`` in [0, 1]), and what was found, best first.

    ``question`` is what was looked up: folded, the words of synonym groups replaced, typing mistakes put right.
    """

    decision: Decision
    confidence: float
    hits: tuple[Hit, ...]
    question: str = ""

    @property
    def choices(self) -> tuple[Hit, ...]:
        """The hits whose titles to offer when the decision is CHOICE."""
        return self.hits[:CHOICES]


NOTHING = Found(Decision.UNKNOWN, 0.0, ())


def search(question: str, *, limit: int = 5, audience: str | None = None, fresh_on: date | None = None) -> Found:
    """Return what the current index finds (one query); NOTHING where no index has been built yet.

    With ``audience`` only what is for it or for everybody, with ``fresh_on`` only what is not overdue for review that
    day. Both are minded inside the search: the best that may be shown is found, however much may not.
    """
    snapshot = current_snapshot()
    if snapshot is None:
        return NOTHING
    found = search_in(snapshot, question, limit=limit, audience=audience, fresh_on=fresh_on)
    if (watched := _watching.get()) is not None:
        watched.append(found)
    return found


def search_in(
    snapshot: Snapshot, question: str, *, limit: int = 5, audience: str | None = None, fresh_on: date | None = None
) -> Found:
    """Return what ``snapshot`` finds of what is not withdrawn (one query)."""
    withdrawn = queries.withdrawn_since(snapshot.withdrawals)
    allowed = ranking.allowed(snapshot, audience=audience, fresh_on=fresh_on, withdrawn=withdrawn)
    ranked, evidence = ranking.rank(snapshot, question, limit=limit, allowed=allowed)
    if evidence is None:
        return NOTHING
    confidence = snapshot.calibration.confidence(evidence)
    hits = tuple(_hit(snapshot, each) for each in ranked)
    return Found(snapshot.calibration.decision(confidence), confidence, hits, snapshot.understood(question))


def understood(question: str) -> str:
    """Return ``question`` as the current index looks it up: folded, synonyms and typing mistakes resolved."""
    snapshot = current_snapshot()
    return snapshot.understood(question) if snapshot else text.normalise(question)


def get(document_id: str) -> Document | None:
    """Return the document with this id (an article's is its slug) from the current index, or None (one query).

    None too where it was withdrawn since the index was built.
    """
    snapshot = current_snapshot()
    if snapshot is None or document_id in queries.withdrawn_since(snapshot.withdrawals):
        return None
    return snapshot.by_id.get(document_id)


def current_snapshot() -> Snapshot | None:
    """Return the index of this process, reloaded when another version is pointed to; call it early to load ahead."""
    return _pinned.get() or _holder.snapshot()


@contextmanager
def using(snapshot: Snapshot) -> Iterator[None]:
    """Let everything in this thread or task be answered from ``snapshot``: to compare versions by what they answer."""
    token = _pinned.set(snapshot)
    try:
        yield
    finally:
        _pinned.reset(token)


@contextmanager
def one_version() -> Iterator[None]:
    """Let everything in this thread or task be answered from one version, whatever is swapped in meanwhile."""
    snapshot = current_snapshot()
    with using(snapshot) if snapshot else nullcontext():
        yield


@contextmanager
def watching() -> Iterator[list[Found]]:
    """Give a list to which every search in this thread or task adds what it found: to see what an answer came from."""
    searches: list[Found] = []
    token = _watching.set(searches)
    try:
        yield searches
    finally:
        _watching.reset(token)


def versions() -> list[str]:
    """Return the versions of the index that can be asked, the newest first."""
    return store.versions()


def version(name: str) -> Snapshot:
    """Return one version of the index.

    :raises LookupError: it is not there any more, or cannot be read.
    """
    held = current_snapshot()
    if held and held.version == name:
        return held
    try:
        return store.read(name, encoder=held.encoder if held else None)
    except store.IndexDamaged as error:
        raise LookupError(name) from error


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
