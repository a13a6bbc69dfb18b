"""Held-out trials: each known way of asking is searched in an index, and with an encoder, that never saw it.

A fold's questions are taken out of the documents before the encoder is trained and the index is built, since a question
left in either would find itself. Two more sets, which no index holds, are spread over the folds: short.txt (as people
type on a phone, with the article that answers) and negatives.txt (out of scope).
"""

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from kb import calibration, ranking, training
from kb.calibration import CAUTIOUS, Calibration, Evidence
from kb.encoder import Encoder, StaticEncoder
from kb.index.snapshot import Snapshot
from kb.sources import Document

SHORT = Path(__file__).with_name("short.txt")
NEGATIVES = Path(__file__).with_name("negatives.txt")
FOLDS = 4
DEPTH = 10
SHOWN = 3


@dataclass(frozen=True)
class Trial:
    """One question, the document that should be found (None: none should), and what was."""

    question: str
    expected: str | None
    topic: str
    fold: int
    found: tuple[str, ...]
    evidence: Evidence

    @property
    def right(self) -> bool:
        """Whether the first hit is the answer."""
        return self.found[0] == self.expected

    @property
    def among(self) -> bool:
        """Whether the answer is among the titles that a choice would show."""
        return self.expected in self.found[:SHOWN]


def short_questions() -> list[tuple[str, str]]:
    """Return (question, id of the document that answers it)."""
    lines = SHORT.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines]


def negatives() -> list[str]:
    """Return questions that the knowledge base must not answer."""
    return NEGATIVES.read_text(encoding="utf-8").splitlines()


def run(documents: tuple[Document, ...], *, encoder: Encoder | None = None) -> list[Trial]:
    """Return one trial per known question and out-of-scope question; without ``encoder`` each fold trains its own."""
    results = []
    by_id = {document.id: document for document in documents}
    for fold in range(FOLDS if documents else 0):
        kept = tuple(_without(number, document, fold) for number, document in enumerate(documents))
        used = encoder or StaticEncoder("", *training.fit(kept))
        snapshot = Snapshot.build(kept, encoder=used, calibration=CAUTIOUS, trained_on=len(kept))
        for number, document in enumerate(documents):
            asked = (text for at, text in enumerate(document.questions) if _fold_of(number, at) == fold)
            results += [_trial(snapshot, text, document, fold) for text in asked]
        short = ((text, by_id[wanted]) for text, wanted in short_questions()[fold::FOLDS] if wanted in by_id)
        results += [_trial(snapshot, text, document, fold) for text, document in short]
        results += [_trial(snapshot, text, None, fold) for text in negatives()[fold::FOLDS]]
    return [trial for trial in results if trial]


def calibrate(results: list[Trial]) -> Calibration:
    """Return the calibration fitted on the trials."""
    return calibration.fit(
        [trial.evidence for trial in results],
        right=[trial.right for trial in results],
        among=[trial.among for trial in results],
        known=[trial.expected is not None for trial in results],
        folds=[trial.fold for trial in results],
    )


def _fold_of(document: int, question: int) -> int:
    return (document + question) % FOLDS


def _without(number: int, document: Document, fold: int) -> Document:
    kept = tuple(text for at, text in enumerate(document.questions) if _fold_of(number, at) != fold)
    return dataclasses.replace(document, questions=kept)


def _trial(snapshot: Snapshot, question: str, expected: Document | None, fold: int) -> Trial | None:
    ranked, evidence = ranking.rank(snapshot, question, limit=DEPTH)
    if evidence is None:
        return None
    found = tuple(snapshot.documents[each.document].id for each in ranked)
    wanted, topic = (expected.id, expected.topic) if expected else (None, "")
    return Trial(question, wanted, topic, fold, found, evidence)
