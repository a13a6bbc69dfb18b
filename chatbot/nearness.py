"""Questions that mean much the same as one that is refused: told by the index's own encoder, from refused.txt."""

from functools import lru_cache
from pathlib import Path

import numpy as np

from chatbot.rules import cues
from chatbot.rules.refusals import Refusal
from kb import retrieval
from kb.enums import Decision

REFUSED = Path(__file__).parent / "rules" / "refused.txt"
NEAR = 0.5  # cosine
BEHIND = 0.05  # by which it may be behind the best article's


def refusal_of(text: str, found: retrieval.Found) -> Refusal | None:
    """Return why the normalised text is refused: nearer to a refused question than to any article; or None.

    Whoever asks for help, only tells what is, or finds the article about a danger, is not refused for what the question
    sounds like, but for despair.
    """
    encode = retrieval.encoder()
    if encode is None:
        return None
    kinds, vectors = _known(encode)
    closeness = vectors @ encode([text])[0]
    best = int(closeness.argmax())
    article = max((hit.cosine for hit in found.hits), default=0.0)
    if closeness[best] < max(NEAR, article - BEHIND):
        return None
    is_honest = cues.cries(text) or (found.decision == Decision.ANSWER and found.hits[0].document.danger)
    return None if is_honest and kinds[best] != Refusal.DESPAIR else kinds[best]


@lru_cache(maxsize=4)
def _known(encode) -> tuple[tuple[Refusal, ...], np.ndarray]:
    lines = [line.split("\t") for line in REFUSED.read_text(encoding="utf-8").splitlines()]
    return tuple(Refusal(kind) for kind, _ in lines), encode([asked for _, asked in lines])
