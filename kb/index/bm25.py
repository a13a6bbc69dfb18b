"""BM25 over rows of search terms, in numpy (Robertson & Zaragoza 2009; k1 1.2, b 0.75)."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

K1 = 1.2
B = 0.75


@dataclass(frozen=True)
class Bm25:
    """Postings of each term, how often each row holds it, and what that weighs."""

    rows: int
    numbers: dict[str, int]
    idf: np.ndarray
    starts: np.ndarray
    postings: np.ndarray
    counts: np.ndarray
    weights: np.ndarray

    @classmethod
    def build(cls, rows: list[list[str]]) -> "Bm25":
        """Return the index of ``rows``, each the terms of one text."""
        return cls._of([], np.zeros((3, 0), dtype=np.int64), dict(enumerate(rows)), len(rows))

    def changed(self, places: np.ndarray, new: dict[int, list[str]], rows: int) -> "Bm25":
        """Return the index of ``rows`` rows: the old row n is row ``places[n]`` now (-1: gone), the rest are ``new``.

        It is the same as if it were built from all of them, and takes a fraction of the time.
        """
        terms = np.repeat(np.arange(len(self.numbers)), np.diff(self.starts))
        entries = np.stack([terms, places[self.postings], self.counts])
        return Bm25._of(list(self.numbers), entries[:, entries[1] >= 0], new, rows)

    @classmethod
    def _of(cls, known: list[str], kept: np.ndarray, new: dict[int, list[str]], rows: int) -> "Bm25":
        """Return the index of the ``kept`` entries (term of ``known``, row, count) and of the terms of ``new`` rows."""
        counts = {row: Counter(terms) for row, terms in new.items()}
        still = {known[number] for number in np.unique(kept[0])}
        numbers = {term: at for at, term in enumerate(sorted(still.union(*counts.values())))}
        numbered = np.array([numbers.get(term, -1) for term in known], dtype=np.int64)
        added = [(numbers[term], row, times) for row, count in counts.items() for term, times in count.items()]
        fresh = np.array(added, dtype=np.int64).reshape(-1, 3).T
        term, row, times = np.concatenate([[numbered[kept[0]], kept[1], kept[2]], fresh], axis=1)
        order = np.lexsort((row, term))
        term, row, times = term[order], row[order], times[order]
        held = np.bincount(term, minlength=len(numbers))
        idf = np.log(1 + (rows - held + 0.5) / (held + 0.5))
        lengths = np.bincount(row, weights=times, minlength=rows)
        shape = K1 * (1 - B + B * lengths / max(lengths.mean() if rows else 0.0, 1.0))
        weights = idf[term] * times * (K1 + 1) / (times + shape[row])
        starts = np.concatenate([[0], np.cumsum(held)]).astype(np.int64)
        return cls(rows, numbers, idf, starts, row, times.astype(np.int32), weights.astype(np.float32))

    @property
    def unseen_idf(self) -> float:
        """The idf of a term that no row holds."""
        return float(np.log(1 + (self.rows + 0.5) / 0.5))

    def idf_of(self, term: str) -> float:
        """Return the idf of ``term``, ``unseen_idf`` where no row holds it."""
        number = self.numbers.get(term)
        return self.unseen_idf if number is None else float(self.idf[number])

    def rows_with(self, term: str) -> np.ndarray:
        """Return the numbers of the rows that hold ``term``."""
        number = self.numbers.get(term)
        return self.postings[:0] if number is None else self.postings[self.starts[number] : self.starts[number + 1]]

    def has(self, term: str, row: int) -> bool:
        """Say whether ``row`` holds ``term``."""
        rows = self.rows_with(term)
        at = int(np.searchsorted(rows, row))
        return at < len(rows) and int(rows[at]) == row

    def held(self) -> dict[str, int]:
        """Return term → how many rows hold it."""
        return dict(zip(self.numbers, np.diff(self.starts).tolist(), strict=True))

    def scores(self, terms: list[str]) -> np.ndarray:
        """Return one score per row, at least 0 (shape: rows)."""
        total = np.zeros(self.rows, dtype=np.float32)
        for term, times in Counter(terms).items():
            number = self.numbers.get(term)
            if number is not None:
                span = slice(self.starts[number], self.starts[number + 1])
                total[self.postings[span]] += times * self.weights[span]
        return total

    def save(self, path: Path) -> None:
        """Write it to ``path`` (.npz)."""
        terms = np.array("\n".join(self.numbers).encode())
        np.savez(
            path, rows=self.rows, terms=terms, idf=self.idf, starts=self.starts,
            postings=self.postings, counts=self.counts, weights=self.weights,
        )  # fmt: skip

    @classmethod
    def load(cls, path: Path) -> "Bm25":
        """Return what ``save`` wrote."""
        with np.load(path) as stored:
            terms = bytes(stored["terms"].item()).decode().split("\n")
            numbers = {term: at for at, term in enumerate(terms) if term}
            columns = (stored[name] for name in ("idf", "starts", "postings", "counts", "weights"))
            return cls(int(stored["rows"]), numbers, *columns)
