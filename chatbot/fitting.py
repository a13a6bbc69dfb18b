"""Fit the chance that somebody is in danger now, from the development questions and the articles' ways of asking."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from chatbot.rules import cues, presence
from chatbot.rules.normalising import normalise
from chatbot.rules.triage import triage
from kb import calibration, retrieval
from kb.evaluation import questions, trials
from kb.evaluation.questions import Kind
from kb.followups import with_earlier
from kb.index.snapshot import Snapshot
from kb.sources import Document

WAYS_COUNT = 0.3  # a way of asking, labelled by its article, against a development question labelled by hand
RIDGE = 0.5
FOLDS, ROUNDS = 8, 5
SLACK = 0.3  # the strip is shown from this share of the lowest chance of a development question told in danger
CARDS = 0.05  # of the ordinary development questions, at most


@dataclass(frozen=True)
class Case:
    """One labelled question: its signs, whether somebody is in danger, what it counts, and its kind if by hand."""

    signs: dict[str, float]
    danger: bool
    weight: float
    kind: Kind | None = None


def fit(documents: tuple[Document, ...], snapshot: Snapshot) -> tuple[presence.Presence, dict[str, float]]:
    """Return the fitted model and its figures by cross-validation.

    ``snapshot`` is an index of ``documents`` that never saw what ``trials.held_out`` names.
    """
    cases = [*_by_hand(snapshot), *_ways_of_asking(documents, snapshot)]
    names = list(cases[0].signs)
    rows = np.array([[case.signs[name] for name in names] for case in cases])
    labels = np.array([float(case.danger) for case in cases])
    weights = np.array([case.weight for case in cases])
    held = _cross_chances(rows, labels, weights, np.array([case.kind is not None for case in cases]))
    kinds = [case.kind for case in cases if case.kind is not None]
    danger = held[[kind is Kind.DANGER for kind in kinds]]
    ordinary = held[[kind is Kind.ANSWER for kind in kinds]]
    possible, sure = float(danger.min() * SLACK), float(np.quantile(ordinary, 1 - CARDS))
    coefficients = calibration.logistic(rows, labels, weights=weights, ridge=RIDGE)
    fitted = {name: round(float(value), 4) for name, value in zip(names, coefficients, strict=True)}
    figures = {
        "questions": len(cases),
        "danger_shown": round(float((danger >= possible).mean()), 4),
        "danger_sure": round(float((danger >= sure).mean()), 4),
        "ordinary_shown": round(float((ordinary >= possible).mean()), 4),
        "ordinary_sure": round(float((ordinary >= sure).mean()), 4),
    }
    return presence.Presence(fitted, round(sure, 4), round(possible, 4)), figures


def _by_hand(snapshot: Snapshot) -> Iterable[Case]:
    for each in questions.load("development"):
        text, own = " ".join(map(normalise, with_earlier(each.question, each.history))), normalise(each.question)
        yield Case(_signs(snapshot, text, own), each.kind is Kind.DANGER, 1.0, each.kind)


def _ways_of_asking(documents: tuple[Document, ...], snapshot: Snapshot) -> Iterable[Case]:
    """Yield what is out of scope, and the articles' own ways of asking.

    Of those about a danger, what only tells and cries is somebody in danger, what asks to know is not, the rest is
    left out.
    """
    for asked in trials.negatives():
        yield Case(_signs(snapshot, normalise(asked)), False, WAYS_COUNT)
    in_danger = {document.id for document in documents if document.danger}
    for each in trials.held_out(documents):
        text = normalise(each.question)
        if each.expected.isdisjoint(in_danger):
            yield Case(_signs(snapshot, text), False, WAYS_COUNT)
        elif cues.cries(text):
            yield Case(_signs(snapshot, text), True, WAYS_COUNT)
        elif cues.in_text(text)["knows"]:
            yield Case(_signs(snapshot, text), False, WAYS_COUNT / 2)


def _signs(snapshot: Snapshot, text: str, own: str = "") -> dict[str, float]:
    found = retrieval.search_in(snapshot, text)
    case = triage(text) or triage(found.question)
    return presence.signs(own or text, found.hits, confidence=found.confidence, ruled=bool(case))


def _cross_chances(rows, labels, weights, by_hand) -> np.ndarray:
    """Return the chance of each question labelled by hand, predicted without it, the mean over ROUNDS partitions."""
    generator, places = np.random.default_rng(0), np.flatnonzero(by_hand)
    chances = np.zeros((ROUNDS, len(places)))
    for number in range(ROUNDS):
        fold = generator.permutation(len(places)) % FOLDS
        for left_out in range(FOLDS):
            kept = ~np.isin(np.arange(len(rows)), places[fold == left_out])
            fitted = calibration.logistic(rows[kept], labels[kept], weights=weights[kept], ridge=RIDGE)
            chances[number, fold == left_out] = calibration.chances_of(rows[places[fold == left_out]], fitted)
    return chances.mean(axis=0)
