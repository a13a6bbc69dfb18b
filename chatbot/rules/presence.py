"""The chance that somebody is in danger at this moment: a small logistic over what search found and the cues.

``presence.json`` holds the coefficients and the two chances from which something is shown. ``manage.py fit_triage``
writes it from the articles' ways of asking and the development questions; a question of the test set never enters.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from kb import text as texts

from . import cues

FITTED = Path(__file__).with_name("presence.json")
LOOKED_AT = 5  # hits
TINY = 4  # signs of a bare word, which tells nothing and asks nothing
LONG = 40
DOUBTFUL = 0.3  # chance from which a strip is shown although no article may answer


class Strength(StrEnum):
    """How sure it is that somebody is in danger now: the card is shown, a strip above the answer, or neither."""

    SURE = "sure"
    POSSIBLE = "possible"
    NONE = "none"


@dataclass(frozen=True)
class Presence:
    """``coefficients`` by name of the sign; the chances from which the card, and from which the strip is shown."""

    coefficients: dict[str, float]
    sure: float
    possible: float

    def chance(self, signs: dict[str, float]) -> float:
        """Return the chance, between 0 and 1."""
        total = sum(self.coefficients[name] * value for name, value in signs.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def strength(self, chance: float, *, doubtful: bool = False) -> Strength:
        """Return what the chance stands for; where it is doubtful that any article answers, a strip from DOUBTFUL."""
        if doubtful:
            return Strength.POSSIBLE if chance >= max(DOUBTFUL, self.possible) else Strength.NONE
        if chance >= self.sure:
            return Strength.SURE
        return Strength.POSSIBLE if chance >= self.possible else Strength.NONE


@cache
def fitted() -> Presence:
    """Return what ``fit_triage`` wrote."""
    stored = json.loads(FITTED.read_text(encoding="utf-8"))
    return Presence(stored["coefficients"], stored["sure"], stored["possible"])


def signs(text: str, hits: Sequence, *, confidence: float, ruled: bool) -> dict[str, float]:
    """Return what speaks for and against, by name.

    ``text``: the normalised question; ``hits``: what search found, best first; ``ruled``: a rule knows the danger.
    """
    looked_at = hits[:LOOKED_AT]
    danger = [hit for hit in looked_at if hit.document.danger]
    other = [hit for hit in looked_at if not hit.document.danger]
    score, beside = _most(danger, "score"), _most(other, "score")
    size = _size(text)
    seen = cues.in_text(text)
    tells = not seen["knows"] and size > TINY
    return {
        "constant": 1.0,
        "danger_score": score,
        "other_score": beside,
        "danger_leads_by_score": float(score > beside),
        "danger_cosine": _most(danger, "cosine"),
        "other_cosine": _most(other, "cosine"),
        "danger_bm25": math.log1p(_most(danger, "bm25")),
        "confidence": confidence,
        "danger_first": float(bool(danger) and looked_at[0] is danger[0]),
        "danger_share": len(danger) / LOOKED_AT,
        "ruled": float(ruled),
        "tiny": float(size <= TINY),
        "size": min(size, LONG) / LONG,
        "foreign": float(not texts.has_chinese(text)),
        **{name: float(found) for name, found in seen.items()},
        "tells": float(tells),
        "tells_of_change": float(not seen["knows"] and seen["aspect"]),
    }


def _size(text: str) -> int:
    return len(texts.CHINESE.findall(text)) + 2 * len(texts.LATIN.findall(text))


def _most(hits: list, name: str) -> float:
    return max((getattr(hit, name) for hit in hits), default=0.0)
