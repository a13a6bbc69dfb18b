"""How alike questions are: the facts they are about, compared by characters and, if there is one, by an encoder."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from exams.enums import QuestionKind

from .items import Draft

# Measured on our own banks of 1,483 questions: above these, nearly every pair asks for the same fact.
ENOUGH, ENOUGH_BY_CHARACTERS = 0.6, 0.45
WORTH_A_LOOK = 0.2  # pairs with fewer characters in common are never near-duplicates, whatever the encoder says
AT_ONCE = 500
NOISE = re.compile(r"\(\s*\)|_{2,}|[^\w%±~×/.]+")
Encode = Callable[[list[str]], np.ndarray]


@dataclass(frozen=True)
class Alike:
    """Texts ``first`` and ``second`` (places in the list) with a likeness from 0 to 1."""

    first: int
    second: int
    likeness: float


def fact(draft: Draft) -> str:
    """Return what a question is about: its stem with what is right put in, so that it does not matter who asks how."""
    parts = draft.parts
    if draft.kind == QuestionKind.TRUE_FALSE:
        right = []
    elif draft.kind in (QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE):
        right = [part.text for part in parts if part.is_right]
    else:
        right = [f"{part.text} {part.match}" for part in parts]
    return folded(" ".join([draft.stem, *right]))


def folded(text: str) -> str:
    """Return a text in one width and case, without punctuation."""
    return NOISE.sub("", unicodedata.normalize("NFKC", text).casefold())


def alike(texts: Sequence[str], *, since: int = 0, encode: Encode | None = None) -> list[Alike]:
    """Return the pairs that are nearly the same, the likest first; of texts before ``since`` none with each other.

    2,000 texts take half a second (docs/measurements.md).
    """
    grams = _grams(texts)
    vectors = encode(list(texts)) if encode and texts else None
    enough = ENOUGH_BY_CHARACTERS if vectors is None else ENOUGH
    found = [
        Alike(first, second, round(likeness, 3))
        for first, second, likeness in _pairs(grams, vectors, since)
        if likeness >= enough
    ]
    return sorted(found, key=lambda pair: (-pair.likeness, pair.first, pair.second))


def _pairs(grams: sparse.csr_matrix, vectors: np.ndarray | None, since: int) -> Iterator[tuple[int, int, float]]:
    """Yield pairs with their likeness: the mean of both cosines, or that of the characters alone."""
    turned = grams.T.tocsc()
    for start in range(since, grams.shape[0], AT_ONCE):
        block = (grams[start : start + AT_ONCE] @ turned).tocoo()
        second, first, cosine = block.row + start, block.col, block.data
        kept = (first < second) & (cosine >= WORTH_A_LOOK)
        second, first, cosine = second[kept], first[kept], cosine[kept]
        if vectors is not None:
            cosine = (cosine + (vectors[first] * vectors[second]).sum(axis=1)) / 2
        yield from zip(first.tolist(), second.tolist(), cosine.tolist(), strict=True)


def _grams(texts: Sequence[str]) -> sparse.csr_matrix:
    """Return unit rows of pairs and triples of characters, rare ones heavier (tf-idf with logarithmic tf)."""
    rows, columns, counts, known = [], [], [], {}
    for row, text in enumerate(texts):
        for gram, count in Counter(text[i : i + n] for n in (2, 3) for i in range(len(text) - n + 1)).items():
            rows.append(row)
            columns.append(known.setdefault(gram, len(known)))
            counts.append(1 + np.log(count))
    shape = (len(texts), max(len(known), 1))
    table = sparse.csr_matrix((np.array(counts, dtype=np.float32), (rows, columns)), shape=shape)
    rare = np.log((1 + len(texts)) / (1 + np.bincount(table.indices, minlength=shape[1]))) + 1
    table = table.multiply(rare.astype(np.float32)).tocsr()
    lengths = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    return sparse.diags(1 / np.maximum(lengths, 1e-9)).dot(table).astype(np.float32).tocsr()
