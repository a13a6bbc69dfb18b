"""Order the documents of one snapshot for a question: BM25 and cosine of three texts each, fused by a convex sum."""

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

import numpy as np

from . import text
from .calibration import Evidence
from .index.snapshot import QUESTION, Snapshot
from .weights import Weights

LONGEST_QUESTION = 300
REPEATED = 0.98  # cosine to a known question from which it is the same question


@dataclass(frozen=True)
class Ranked:
    """One document: fused score in [0, 1], what it is made of, and its passage nearest to the question."""

    document: int
    passage: int
    score: float
    bm25: float
    cosine: float


@dataclass(frozen=True)
class Features:
    """What the fusion weighs: per document BM25 and best cosine of questions, passages, English (3 × documents)."""

    question: str
    terms: list[str]
    bm25: np.ndarray
    cosines: np.ndarray
    rows: np.ndarray

    def fused(self, weights: Weights) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return per document the fused score in [0, 1], its BM25 part and its cosine part, both as weighted."""
        fields = weights.fields(chinese=text.has_chinese(self.question))
        bm25, cosine = fields.bm25 @ self.bm25, np.clip(fields.cosine @ self.cosines, 0.0, 1.0)
        return fields.lexical * bm25 / max(float(bm25.max()), 1e-9) + (1 - fields.lexical) * cosine, bm25, cosine


def features(snapshot: Snapshot, question: str, *, allowed: np.ndarray | None = None) -> Features | None:
    """Return what speaks for each document, or None for a question that asks nothing.

    ``allowed`` (one truth per document) is minded in the search itself: what it leaves out takes nobody's place.
    """
    asked = snapshot.understood(question[:LONGEST_QUESTION])
    terms = snapshot.lexicon.tokens(asked)
    if not terms or not snapshot.documents:
        return None
    bm25 = np.stack([field.scores(terms) for field in snapshot.fields])
    cosines, rows = _cosines(snapshot, asked, allowed)
    if allowed is not None:
        bm25 = np.where(allowed, bm25, 0.0)
    return Features(asked, terms, bm25, cosines, rows)


def rank(
    snapshot: Snapshot, question: str, *, limit: int, allowed: np.ndarray | None = None
) -> tuple[list[Ranked], Evidence | None]:
    """Return at most ``limit`` documents, best first, and the evidence for the first; nothing for an empty question."""
    found = features(snapshot, question, allowed=allowed)
    if found is None or (allowed is not None and not allowed.any()):
        return [], None
    fused, bm25, cosine = found.fused(snapshot.calibration.weights)
    if allowed is not None:
        fused = np.where(allowed, fused, -1.0)
    order = _best(fused, limit + 1)
    ranked = [
        Ranked(at, _nearest(snapshot, at, found), float(fused[at]), float(bm25[at]), float(cosine[at]))
        for at in order[:limit]
    ]
    return ranked, _evidence(snapshot, found, order, fused, bm25, cosine)


def allowed(
    snapshot: Snapshot, *, audience: str | None, fresh_on: date | None, withdrawn: Collection[str] = ()
) -> np.ndarray | None:
    """Return which documents are for ``audience`` (or everybody), not overdue on the day, not withdrawn; None: all."""
    if audience is None and fresh_on is None and not withdrawn:
        return None
    day = fresh_on.isoformat() if fresh_on else ""
    return np.array(
        [
            (audience is None or audience in each.audience or "public" in each.audience)
            and (not each.review_due or each.review_due >= day)
            and each.id not in withdrawn
            for each in snapshot.documents
        ],
        dtype=bool,
    )


def _best(scores: np.ndarray, count: int) -> list[int]:
    """Return the places of the highest scores of at least 0, the lower place first among equals."""
    return [int(at) for at in np.argsort(-scores, kind="stable")[:count] if scores[at] >= 0]


def _evidence(snapshot: Snapshot, found: Features, order: list[int], fused, bm25, cosine) -> Evidence:
    first = order[0]
    second = float(fused[order[1]]) if len(order) > 1 else 0.0
    words = snapshot.lexicon.content_words(found.question)
    return Evidence(
        coverage=_coverage(snapshot, found.terms, first),
        bm25=float(np.log1p(bm25[first])),
        cosine=float(cosine[first]),
        margin=float(fused[first]) - second,
        score=float(fused[first]),
        held=_share(words, lambda term: any(field.has(term, first) for field in snapshot.fields)),
        seen=_share(words, lambda term: any(term in field.numbers for field in snapshot.fields)),
        specific=_specific(snapshot, [terms[0] for terms in words if text.has_chinese(terms[0])]),
        words=float(np.log1p(len(words))),
        foreign=not text.has_chinese(found.question),
        repeats=bool(found.cosines[QUESTION][first] >= REPEATED),
    )


def _share(words: list[tuple[str, ...]], says: Callable[[str], bool]) -> float:
    """Return the share of the words' characters (English words count as two) of which ``says`` is true."""
    sizes = [len(terms[0]) if text.has_chinese(terms[0]) else 2 for terms in words]
    told = (size for size, terms in zip(sizes, words, strict=True) if any(map(says, terms)))
    return sum(told) / max(sum(sizes), 1)


def _specific(snapshot: Snapshot, words: list[str]) -> float:
    dictionary, documents = text.dictionary(), len(snapshot.documents)
    total = 0.0
    for word in words:
        here = (max(len(field.rows_with(word)) for field in snapshot.fields) + 0.1) / documents
        total += math.log(here) - math.log(((dictionary.FREQ.get(word) or 0) + 3) / dictionary.total)
    return total / max(len(words), 1)


def _cosines(snapshot: Snapshot, question: str, allowed: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """Return the best cosine of each document's questions, passages and English (3 × documents), and of each row."""
    owners, _places = snapshot.rows
    found, near = snapshot.neighbours(question, None if allowed is None else allowed[owners])
    rows = np.zeros(len(owners), dtype=np.float32)
    rows[found] = near
    best = np.zeros((3, len(snapshot.documents)))
    np.maximum.at(best, (snapshot.kinds[found], owners[found]), near)
    return best, rows


def _nearest(snapshot: Snapshot, document: int, found: Features) -> int:
    """Return the number of the document's passage that is nearest in meaning and words.

    A word weighs more the fewer of the document's passages have it: what all of them say tells none apart.
    """
    said, terms = snapshot.said(document), set(found.terms)
    closeness = [float(found.rows[row]) for row in snapshot.passage_rows(document)]
    for term in terms:
        holding = [at for at, passage in enumerate(said) if term in passage]
        if 0 < len(holding) < len(said):
            for at in holding:
                closeness[at] += math.log((len(said) + 1) / (len(holding) + 1)) / len(found.terms)
    return max(range(len(closeness)), key=closeness.__getitem__, default=0)


def _coverage(snapshot: Snapshot, terms: list[str], document: int) -> float:
    weight = found = 0.0
    for term in set(terms):
        idf = min(field.idf_of(term) for field in snapshot.fields)
        weight += idf
        if any(field.has(term, document) for field in snapshot.fields):
            found += idf
    return found / weight if weight else 0.0
