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
    cosine, asked, rows = _cosines(snapshot, folded)
    fused = cosine
    if text.has_chinese(folded):
        fused = (1 - COSINE_WEIGHT) * bm25 / max(float(bm25.max()), 1e-9) + COSINE_WEIGHT * cosine
    order = np.argsort(-fused, kind="stable")
    ranked = [
        Ranked(int(at), _nearest(snapshot, int(at), terms, rows), float(fused[at]), float(bm25[at]), float(cosine[at]))
        for at in order[:limit]
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
    """Return, per document, the mean cosine of its best question and passage, the former, and each row's cosine."""
    found, cosines = snapshot.neighbours(question)
    owners, places = snapshot.rows
    rows = np.zeros(len(owners), dtype=np.float32)
    rows[found] = cosines
    asked, told = np.zeros(len(snapshot.documents)), np.zeros(len(snapshot.documents))
    is_question = places < 0
    np.maximum.at(asked, owners[is_question], rows[is_question])
    np.maximum.at(told, owners[~is_question], rows[~is_question])
    return np.clip((asked + told) / 2, 0.0, 1.0), asked, rows


def _nearest(snapshot: Snapshot, document: int, terms: list[str], cosines: np.ndarray) -> int:
    """Return the number of the document's passage that is nearest in meaning and words.

    A word weighs more the fewer of the document's passages have it: what all of them say tells none apart.
    """
    owners, places = snapshot.rows
    rows = np.flatnonzero((owners == document) & (places >= 0))
    said = snapshot.said(document)
    closeness = cosines[rows].astype(float)
    for term in set(terms):
        held = np.array([term in passage for passage in said])
        closeness += held * np.log((len(said) + 1) / (held.sum() + 1)) / len(terms)
    return int(places[rows[np.argmax(closeness)]]) if len(rows) else 0


def _coverage(snapshot: Snapshot, terms: list[str], document: int) -> float:
    weight = found = 0.0
    for term in set(terms):
        idf = min(snapshot.questions.idf_of(term), snapshot.passages.idf_of(term))
        weight += idf
        if any(document in field.rows_with(term) for field in (snapshot.questions, snapshot.passages)):
            found += idf
    return found / weight if weight else 0.0
