"""Trials that calibrate an index: questions that neither the index nor its encoder ever saw.

These are the labelled development questions, short.txt (as people type on a phone) and negatives.txt (out of scope).
Where they are about other articles than those that are there, one in HELD_OUT of each article's own ways of asking is
tried too, in an index and with an encoder that were made without them: a question left in would find itself.
"""

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from kb import calibration, ranking, training, weights
from kb.calibration import CAUTIOUS, Calibration, Evidence
from kb.encoder import Encoder, StaticEncoder
from kb.followups import contextual
from kb.index.snapshot import Snapshot
from kb.lexicon import EMPTY, Lexicon
from kb.sources import Document
from kb.weights import Weights

from . import questions

SHORT = Path(__file__).with_name("short.txt")
NEGATIVES = Path(__file__).with_name("negatives.txt")
HELD_OUT = 4
FOLDS = 4
ENOUGH = 60  # answerable questions, from which a calibration says something
DEPTH = 10
SHOWN = 3
FIRST = 2.0  # a right first hit counts as much as this many right answers further down


@dataclass(frozen=True)
class Asked:
    """One question, the documents any of which should be found (none: none should), and its topic."""

    question: str
    expected: frozenset[str]
    topic: str = ""


@dataclass(frozen=True)
class Trial:
    """What was asked, and what was found."""

    question: str
    expected: frozenset[str]
    topic: str
    fold: int
    found: tuple[str, ...]
    evidence: Evidence

    @property
    def right(self) -> bool:
        """Whether the first hit is the answer."""
        return self.found[0] in self.expected

    @property
    def among(self) -> bool:
        """Whether the answer is among the titles that a choice would show."""
        return not self.expected.isdisjoint(self.found[:SHOWN])


def short_questions() -> list[tuple[str, frozenset[str]]]:
    """Return (question, ids of the documents any of which answers it)."""
    lines = (line.split("\t") for line in SHORT.read_text(encoding="utf-8").splitlines())
    return [(asked, frozenset(slugs.split(","))) for asked, slugs in lines]


def negatives() -> list[str]:
    """Return questions that the knowledge base must not answer."""
    return NEGATIVES.read_text(encoding="utf-8").splitlines()


def held_out(documents: tuple[Document, ...]) -> list[Asked]:
    """Return the ways of asking that ``run`` takes out of the index."""
    return [
        Asked(asked, frozenset({document.id}), document.topic)
        for number, document in enumerate(documents)
        for at, asked in enumerate(document.questions)
        if _is_held(number, at)
    ]


def never_held(documents: tuple[Document, ...]) -> list[Asked]:
    """Return the short, out-of-scope and development questions as far as ``documents`` could answer them."""
    by_id = {document.id: document for document in documents}
    found = []
    for asked, slugs in short_questions():
        if known := slugs & by_id.keys():
            found.append(Asked(asked, known, by_id[min(known)].topic))
    found += [Asked(asked, frozenset()) for asked in negatives()]
    for each in questions.load("development"):
        known = frozenset(each.expected) & by_id.keys()
        if known or not each.answerable:
            topic = by_id[min(known)].topic if known else ""
            found.append(Asked(contextual(each.question, each.history), known, topic))
    return found


def calibrated(snapshot: Snapshot, *, encoder: Encoder | None = None) -> Snapshot:
    """Return ``snapshot`` with the fusion weights and the calibration that its trials ask for.

    ``encoder``: one that is not trained on the articles, to be used for what is held out as well.
    """
    asked = never_held(snapshot.documents)
    if sum(bool(each.expected) for each in asked) < ENOUGH:
        return dataclasses.replace(snapshot, calibration=calibrate(*run(snapshot.documents, encoder, snapshot.lexicon)))
    return dataclasses.replace(snapshot, calibration=calibrate(*trials_of(snapshot, asked)))


def run(documents: tuple[Document, ...], encoder: Encoder | None = None, lexicon: Lexicon = EMPTY):
    """Return the trials of what is held out and never held, and their weights; trains where no encoder is given."""
    if not documents:
        return [], Weights()
    asked = [*held_out(documents), *never_held(documents)]
    return trials_of(without_held_out(documents, encoder, lexicon), asked)


def without_held_out(
    documents: tuple[Document, ...],
    encoder: Encoder | None = None,
    lexicon: Lexicon = EMPTY,
    judged_by: Calibration = CAUTIOUS,
) -> Snapshot:
    """Return an index of ``documents`` that never saw what is held out; trains where no encoder is given."""
    kept = tuple(_without(number, document) for number, document in enumerate(documents))
    used = encoder or StaticEncoder("", *training.fit(kept))
    return Snapshot.build(kept, encoder=used, calibration=judged_by, trained_on=len(kept), lexicon=lexicon)


def trials_of(snapshot: Snapshot, asked: list[Asked]) -> tuple[list[Trial], Weights]:
    """Return one trial per question that asks anything, and the fusion weights they were run with."""
    fitted = fit_weights(snapshot, [each for each in asked if each.expected])
    weighed = dataclasses.replace(snapshot, calibration=dataclasses.replace(CAUTIOUS, weights=fitted))
    results = [_trial(weighed, each, number % FOLDS) for number, each in enumerate(asked)]
    return [trial for trial in results if trial], fitted


def fit_weights(snapshot: Snapshot, asked: list[Asked]) -> Weights:
    """Return the fusion weights that put the answers of ``asked`` highest in ``snapshot``."""
    places = {document.id: at for at, document in enumerate(snapshot.documents)}
    seen = [(ranking.features(snapshot, each.question), [places[slug] for slug in each.expected]) for each in asked]

    def worth(tried: Weights) -> float:
        return sum(_worth(features, wanted, tried) for features, wanted in seen if features)

    return weights.fit(worth)


def _worth(features: ranking.Features, wanted: list[int], tried: Weights) -> float:
    fused, _, _ = features.fused(tried)
    before = int((fused > fused[wanted].max()).sum())
    return 1 / (1 + before) + FIRST * (before == 0)


def calibrate(results: list[Trial], fitted: Weights) -> Calibration:
    """Return the calibration fitted on the trials, for the weights that they were run with."""
    found = calibration.fit(
        [trial.evidence for trial in results],
        right=[trial.right for trial in results],
        known=[bool(trial.expected) for trial in results],
        folds=[trial.fold for trial in results],
    )
    return dataclasses.replace(found, weights=fitted)


def _is_held(document: int, question: int) -> bool:
    return (document + question) % HELD_OUT == 0


def _without(number: int, document: Document) -> Document:
    kept = tuple(text for at, text in enumerate(document.questions) if not _is_held(number, at))
    return dataclasses.replace(document, questions=kept)


def _trial(snapshot: Snapshot, asked: Asked, fold: int) -> Trial | None:
    ranked, evidence = ranking.rank(snapshot, asked.question, limit=DEPTH)
    if evidence is None:
        return None
    found = tuple(snapshot.documents[each.document].id for each in ranked)
    return Trial(asked.question, asked.expected, asked.topic, fold, found, evidence)
