"""A table of vectors, one a piece, trained so that texts which belong together are near each other (needs torch).

Multiple-negatives ranking, both ways (Henderson et al. 2017, arXiv 1705.00652): in a batch of pairs each text has one
partner, and all the other partners are wrong. Nested in size (Matryoshka, Kusupati et al. 2022, arXiv 2205.13147).
"""

import numpy as np
import torch
from torch.nn import functional

SCALE = 20.0  # of cosines before the softmax
NEVER = -1e4


class Bags:
    """The pieces of many texts; the vector of a text is the mean of its pieces' rows, of length 1."""

    def __init__(self, encoded: list[list[int]]):
        self._ids = [np.array(ids, dtype=np.int64) for ids in encoded]

    def __len__(self):
        return len(self._ids)

    def used(self) -> np.ndarray:
        """Return the numbers of the pieces that occur, in order."""
        return np.unique(np.concatenate(self._ids)) if self._ids else np.zeros(0, dtype=np.int64)

    def counts(self, pieces: int) -> np.ndarray:
        """Return how often each of ``pieces`` pieces occurs."""
        return np.bincount(np.concatenate(self._ids), minlength=pieces)

    def numbered(self, rows: np.ndarray) -> "Bags":
        """Return the same texts with each piece called by its place in ``rows`` (sorted piece numbers)."""
        return Bags([np.searchsorted(rows, ids) for ids in self._ids])

    def pooled(self, table: torch.Tensor, batch: np.ndarray) -> torch.Tensor:
        """Return the mean of the rows of each text of ``batch`` (shape: batch × dimensions)."""
        chosen = [self._ids[at] for at in batch]
        starts = np.cumsum([0, *(len(ids) for ids in chosen[:-1])])
        flat = torch.from_numpy(np.concatenate(chosen))
        return functional.embedding_bag(flat, table, torch.from_numpy(starts), mode="mean")


def ranking_loss(left: torch.Tensor, right: torch.Tensor, same: torch.Tensor, sizes: tuple[int, ...]) -> torch.Tensor:
    """Return the loss of one batch, the mean over ``sizes`` (how many leading dimensions to look at).

    ``same`` (batch × batch) says which two pairs are not each other's negatives; the diagonal does not matter.
    """
    target = torch.arange(len(left))
    hidden = same & ~torch.eye(len(left), dtype=torch.bool)
    total = left.new_zeros(())
    for size in sizes:
        cosines = functional.normalize(left[:, :size]) @ functional.normalize(right[:, :size]).T
        scores = (SCALE * cosines).masked_fill(hidden, NEVER)
        total = total + functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)
    return total / len(sizes)


def equal(numbers: np.ndarray) -> torch.Tensor:
    """Return which two entries of ``numbers`` are the same (shape: entries × entries)."""
    given = torch.from_numpy(numbers)
    return given[:, None] == given[None, :]
