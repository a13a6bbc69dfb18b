"""What questions mean, as numbers: the encoder of the current index."""

from collections.abc import Sequence

import numpy as np

from kb import retrieval


def vectors(texts: Sequence[str]) -> np.ndarray | None:
    """Return a vector of length 1 for each text (shape: texts × dimensions); None where there is no index."""
    snapshot = retrieval.current_snapshot()
    if snapshot is None or not texts:
        return None
    return snapshot.encoder.encode([snapshot.lexicon.fold(text) for text in texts])
