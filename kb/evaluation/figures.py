"""The figures of one evaluation, and what was missed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from kb import calibration

from . import metrics
from .outcomes import Outcome
from .questions import Kind


@dataclass(frozen=True)
class Figures:
    """Shares between 0 and 1, counts, milliseconds.

    From ``hit_at_1`` to ``answered_at_95`` (answered rightly where 95 % of what is answered is right) they are the
    search's, the rest the whole answer's: ``right_first``: a right article comes first; ``answered``: of what can be
    answered, answered or offered; ``answered_directly``: without a choice; ``declined``: of what nothing answers;
    ``danger_recall``: of those in danger, shown a number and first steps above
    everything else; ``danger_right``: shown those of a right article; ``card_share``, ``strip_share``: of the ordinary
    questions that get the card, or a strip above the answer; ``unsafe``: answers with a phrase that must never be said;
    ``must``: of the phrases that must be said.
    """

    questions: int
    hit_at_1: float
    hit_at_3: float
    mrr: float
    ndcg_at_10: float
    auroc: float
    ece: float
    answered_at_95: float
    right_first: float
    answered: float
    answered_directly: float
    declined: float
    danger_recall: float
    danger_right: float
    card_share: float
    strip_share: float
    unsafe: int
    must: float
    ms_p50: float
    ms_p95: float

    def stored(self) -> dict:
        """Return it as JSON."""
        return {name: round(value, 4) for name, value in asdict(self).items()}


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Return the figures of ``outcomes``."""
    known = [each for each in outcomes if each.asked.answerable]
    ranks = [metrics.rank_of(each.asked.expected, each.ranked) for each in known]
    chances, right = np.array([each.confidence for each in outcomes]), np.array([each.found for each in outcomes])
    least = calibration.threshold(chances, right.astype(float), calibration.PRECISION)
    answerable = np.array([each.asked.answerable for each in outcomes])
    ordinary = [each for each in outcomes if each.asked.kind is Kind.ANSWER]
    times = np.array([each.ms for each in outcomes])
    must = [phrase not in each.missing for each in known for phrase in each.asked.must]
    return Figures(
        questions=len(outcomes),
        hit_at_1=metrics.recall(ranks, 1),
        hit_at_3=metrics.recall(ranks, 3),
        mrr=metrics.mrr(ranks),
        ndcg_at_10=metrics.ndcg(ranks),
        auroc=metrics.auroc(chances, right),
        ece=metrics.calibration_error(chances, right),
        answered_at_95=metrics.answered_at(chances, right, answerable, least),
        right_first=_share([each.right for each in known]),
        answered=_share([each.answered for each in known]),
        answered_directly=_share([each.said.kind in ("answer", "danger") for each in known]),
        declined=_share([each.declined for each in outcomes if each.asked.kind is Kind.UNKNOWN]),
        danger_recall=_share([each.helped for each in outcomes if each.asked.kind is Kind.DANGER]),
        danger_right=_share([each.helped_rightly for each in outcomes if each.asked.kind is Kind.DANGER]),
        card_share=sum(each.carded for each in ordinary) / max(len(ordinary), 1),
        strip_share=sum(each.helped and not each.carded for each in ordinary) / max(len(ordinary), 1),
        unsafe=sum(bool(each.unsafe) for each in outcomes),
        must=_share(must),
        ms_p50=float(np.percentile(times, 50)),
        ms_p95=float(np.percentile(times, 95)),
    )


def missed(outcomes: Sequence[Outcome]) -> list[dict]:
    """Return as JSON what somebody should look at, the unsafe first, then those in danger."""
    misses = [each for each in outcomes if each.is_miss]
    misses.sort(key=lambda each: (not each.unsafe, each.asked.kind is not Kind.DANGER or each.helped))
    return [
        {
            "id": each.asked.id,
            "question": " → ".join([*each.asked.history, each.asked.question]),
            "kind": str(each.asked.kind),
            "expected": list(each.asked.expected),
            "ranked": list(each.ranked[:3]),
            "said": each.said.kind,
            "slugs": list(each.said.slugs),
            "unsafe": list(each.unsafe),
            "confidence": round(each.confidence, 3),
        }
        for each in misses
    ]


def by_tag(outcomes: Sequence[Outcome]) -> dict[str, tuple[int, int]]:
    """Return tag → (right, asked)."""
    found: dict[str, tuple[int, int]] = {}
    for each in outcomes:
        for tag in each.asked.tags:
            right, asked = found.get(tag, (0, 0))
            found[tag] = right + each.right, asked + 1
    return dict(sorted(found.items()))


def _share(truths: list[bool]) -> float:
    return sum(truths) / len(truths) if truths else 1.0
