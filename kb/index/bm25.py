"""BM25 over rows of search terms, in numpy (Robertson & Zaragoza 2009; k1 1.2, b 0.75)."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

K1 = 1.2
B = 0.75


@dataclass(frozen=True)
class Bm25:
    """Postings of each term with their weights; ``ceiling`` (K1 + 1) × idf bounds what one term can give a row."""

    rows: int
    numbers: dict[str, int]
    idf: np.ndarray
    starts: np.ndarray
    postings: np.ndarray
    weights: np.ndarray

    @classmethod
    def build(cls, rows: list[list[str]]) -> "Bm25":
        """Return the index of ``rows``, each the terms of one text."""
        counts = [Counter(row) for row in rows]
        numbers = {term: at for at, term in enumerate(sorted(set().union(*counts)))} if counts else {}
        found: list[list[tuple[int, int]]] = [[] for _ in numbers]
        for row, count in enumerate(counts):
            for term, times in count.items():
                found[numbers[term]].append((row, times))
        held = np.array([len(entries) for entries in found], dtype=np.float64)
        idf = np.log(1 + (len(rows) - held + 0.5) / (held + 0.5))
        flat = np.array([pair for entries in found for pair in entries], dtype=np.int64).reshape(-1, 2)
        lengths = np.array([len(row) for row in rows], dtype=np.float64)
        shape = K1 * (1 - B + B * lengths / max(lengths.mean() if len(rows) else 0.0, 1.0))
        starts = np.concatenate([[0], np.cumsum(held)]).astype(np.int64)
        weights = np.repeat(idf, held.astype(np.int64)) * flat[:, 1] * (K1 + 1) / (flat[:, 1] + shape[flat[:, 0]])
        return cls(len(rows), numbers, idf, starts, flat[:, 0], weights.astype(np.float32))

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
            postings=self.postings, weights=self.weights,
        )  # fmt: skip

    @classmethod
    def load(cls, path: Path) -> "Bm25":
        """Return what ``save`` wrote."""
        with np.load(path) as stored:
            terms = bytes(stored["terms"].item()).decode().split("\n")
            numbers = {term: at for at, term in enumerate(terms) if term}
            columns = (stored[name] for name in ("idf", "starts", "postings", "weights"))
            return cls(int(stored["rows"]), numbers, *columns)
