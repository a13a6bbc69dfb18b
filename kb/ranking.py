"""Order the documents of one snapshot for a question: BM25 and cosine fused by a normalised convex sum."""

from dataclasses import dataclass

import numpy as np

from . import text
from .calibration import Evidence
from .index.snapshot import Snapshot

COSINE_WEIGHT = 2 / 3  # tuned on held-out questions of our own articles
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


def rank(snapshot: Snapshot, question: str, *, limit: int) -> tuple[list[Ranked], Evidence | None]:
    """Return at most ``limit`` documents, best first, and the evidence for the first; nothing for an empty question.

    A question without a Chinese character is ordered by cosine alone.
    """
    folded = text.normalise(question)[:LONGEST_QUESTION]
    terms = text.tokens(folded)
    if not terms or not snapshot.documents:
        return [], None
    bm25 = snapshot.questions.scores(terms) + snapshot.passages.scores(terms)
    cosine, asked, passage = _cosines(snapshot, folded)
    fused = cosine
    if text.has_chinese(folded):
        fused = (1 - COSINE_WEIGHT) * bm25 / max(float(bm25.max()), 1e-9) + COSINE_WEIGHT * cosine
    order = np.argsort(-fused, kind="stable")
    ranked = [
        Ranked(int(at), int(passage[at]), float(fused[at]), float(bm25[at]), float(cosine[at])) for at in order[:limit]
    ]
    first = order[0]
    second = float(fused[order[1]]) if len(order) > 1 else 0.0
    evidence = Evidence(
        coverage=_coverage(snapshot, terms, int(first)),
        bm25=float(np.log1p(bm25[first])),
        cosine=float(cosine[first]),
        margin=float(fused[first]) - second,
        repeats=bool(asked[first] >= REPEATED),
    )
    return ranked, evidence


def _cosines(snapshot: Snapshot, question: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return, per document, the mean of its best question's and best passage's cosine, the former, and that passage."""
    found, cosines = snapshot.neighbours(question)
    owners, places = snapshot.rows
    asked, told = np.zeros(len(snapshot.documents)), np.zeros(len(snapshot.documents))
    passage = np.zeros(len(snapshot.documents), dtype=np.int64)
    is_question = places[found] < 0
    np.maximum.at(asked, owners[found[is_question]], cosines[is_question])
    in_passages, rows = cosines[~is_question][::-1], found[~is_question][::-1]
    np.maximum.at(told, owners[rows], in_passages)
    passage[owners[rows]] = places[rows]  # rows run from worst to best, so the best is what stays
    return np.clip((asked + told) / 2, 0.0, 1.0), asked, passage


def _coverage(snapshot: Snapshot, terms: list[str], document: int) -> float:
    weight = found = 0.0
    for term in set(terms):
        idf = min(snapshot.questions.idf_of(term), snapshot.passages.idf_of(term))
        weight += idf
        if any(document in field.rows_with(term) for field in (snapshot.questions, snapshot.passages)):
            found += idf
    return found / weight if weight else 0.0
