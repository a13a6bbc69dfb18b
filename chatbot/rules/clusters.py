"""Questions that mean much the same, put together by their vectors (rows of length 1). Pure."""

from collections.abc import Sequence

import numpy as np

ALIKE = 0.5  # cosine; on the labelled questions three of four pairs put together have the same article
MOST_AT_ONCE = 4000  # distinct questions that are put together afresh: the distances take 64 MB


def led(vectors: np.ndarray, leaders: np.ndarray) -> list[int]:
    """Return for each vector, in order, the number of its cluster: one of ``leaders``, or a new one after them.

    A vector joins the nearest cluster whose middle is at least ALIKE, and moves that middle.
    """
    count = len(leaders)
    sums = np.vstack([leaders, np.zeros_like(vectors)])
    middles = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    found = []
    for vector in vectors:
        closeness = middles[:count] @ vector
        at = int(closeness.argmax()) if count and closeness.max() >= ALIKE else count
        count = max(count, at + 1)
        sums[at] += vector
        middles[at] = sums[at] / max(float(np.linalg.norm(sums[at])), 1e-12)
        found.append(at)
    return found


def joined(vectors: np.ndarray) -> list[int]:
    """Return for each vector the number of its cluster, from 0: average linkage, cut at ALIKE."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(vectors) < 2:
        return [0] * len(vectors)
    distances = np.clip(1.0 - vectors @ vectors.T, 0.0, 2.0)
    np.fill_diagonal(distances, 0.0)
    tree = linkage(squareform(distances, checks=False), method="average")
    return [int(number) - 1 for number in fcluster(tree, 1.0 - ALIKE, criterion="distance")]


def middle(vectors: np.ndarray) -> int:
    """Return the number of the vector that is nearest to all; the first of equals."""
    return int(np.argmax(np.round(vectors @ vectors.sum(axis=0), 6)))


def most_shared(clusters: Sequence[int], former: Sequence[int]) -> dict[int, int]:
    """Return for each new cluster the former one that it takes over: the most members first, each at most once.

    ``former`` holds for each member the key of its former cluster, 0 for none.
    """
    counts: dict[tuple[int, int], int] = {}
    for pair in zip(clusters, former, strict=True):
        if pair[1]:
            counts[pair] = counts.get(pair, 0) + 1
    taken: dict[int, int] = {}
    for (cluster, key), _count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if cluster not in taken and key not in taken.values():
            taken[cluster] = key
    return taken
