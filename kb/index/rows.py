"""What a new index takes over from the one before: rows of documents that say the same, vectors of texts it knows."""

import hashlib
from collections.abc import Iterator

import numpy as np

from kb.encoder import Encoder
from kb.lexicon import Lexicon
from kb.sources import Document

UNKNOWN = -1


def places(old: tuple[Document, ...], documents: tuple[Document, ...]) -> np.ndarray:
    """Return for each old document which of ``documents`` it is now; UNKNOWN: it is gone, or says something else."""
    at = {document.id: number for number, document in enumerate(documents)}
    found = ((at.get(before.id, UNKNOWN), before) for before in old)
    return np.array(
        [number if number >= 0 and documents[number] == before else UNKNOWN for number, before in found], dtype=np.int64
    )


def new(places: np.ndarray, count: int) -> list[int]:
    """Return which of ``count`` documents have no old one in ``places``."""
    return np.setdiff1d(np.arange(count), places).tolist()


def texts(document: Document) -> list[str]:
    """Return the texts of a document that have a vector each: title and questions, passages, English summary."""
    said = [document.title, *document.questions, *map(str, document.passages)]
    return [*said, document.english] if document.english else said


def vectors(documents, *, encoder: Encoder, lexicon: Lexicon, known, places) -> tuple[np.ndarray, np.ndarray]:
    """Return the vector (rows × dimensions) and the fingerprint of each text of ``documents``, in order.

    ``known`` is an index of the same encoder, or None; ``places`` says which of its documents are the same.
    """
    starts = _starts(documents)
    prints, source = np.zeros(starts[-1], dtype=np.uint64), np.full(starts[-1], UNKNOWN, dtype=np.int64)
    kept = places if known is not None else places[:0]
    for old, now in _spans(known.documents if known is not None else (), kept, starts):
        source[now], prints[now] = np.arange(old.start, old.stop), known.prints[old]
    held = {each: row for row, each in enumerate(known.prints.tolist())} if known is not None else {}
    folded: dict[int, str] = {}
    for number in new(kept, len(documents)):
        for row, said in enumerate(texts(documents[number]), start=starts[number]):
            folded[row] = lexicon.fold(said)
            prints[row] = _print(folded[row])
            source[row] = held.get(int(prints[row]), UNKNOWN)
    missing = {row: text for row, text in folded.items() if source[row] == UNKNOWN}
    return _assembled(known, source, missing, encoder), prints


def _assembled(known, source: np.ndarray, missing: dict[int, str], encoder: Encoder) -> np.ndarray:
    from .vectors import matrix_of

    distinct = {text: at for at, text in enumerate(dict.fromkeys(missing.values()))}
    encoded = encoder.encode([*distinct] or ["水"])
    matrix = np.empty((len(source), encoded.shape[1]), dtype=np.float32)
    there = source >= 0
    if there.any():
        matrix[there] = matrix_of(known.vectors)[source[there]]
    for row, text in missing.items():
        matrix[row] = encoded[distinct[text]]
    return matrix


def _spans(old: tuple[Document, ...], kept: np.ndarray, starts: np.ndarray) -> Iterator[tuple[slice, slice]]:
    """Yield for each kept document its rows in the old index and in the new one."""
    before = _starts(old)
    for number, now in enumerate(kept):
        if now >= 0:
            yield slice(before[number], before[number + 1]), slice(starts[now], starts[now + 1])


def _starts(documents: tuple[Document, ...]) -> np.ndarray:
    """Return the first row of each document, and after them the number of rows."""
    counts = [1 + len(each.questions) + len(each.passages) + bool(each.english) for each in documents]
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)


def _print(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
