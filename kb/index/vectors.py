"""The vectors nearest to one: by exact inner product while there are few, by inverted lists (IVF) above EXACT_UP_TO.

``tests/load/bench_index.py`` measures where the two cross. Lists rather than a graph (HNSW): they are built in a fifth
to a tenth of the time, and a graph must look at 2,048 nodes at least to find 2,048 neighbours.
"""

import logging
from pathlib import Path

import numpy as np

EXACT_UP_TO = 100_000  # where exact search takes a quarter of the 30 ms that an answer may take
RECALL = 0.995  # of the NEAREST that exact search finds, on a sample
MARGIN = 2  # times as many lists as the sample asks for, so that it is above 0.99 for others too
NEAREST = 100
SAMPLE = 200
NOISE = 0.6  # length of what is added to a sampled vector, so that it is no longer one that is stored
LEARNT_FROM = 64  # vectors for each list
OUTGROWN = 2  # times as many vectors as there were when the lists were learnt


def built(matrix: np.ndarray, *, like=None):
    """Return the index of ``matrix`` (float32 of length 1, vectors × dimensions); row numbers are its row numbers.

    The lists of ``like``, an older index of the same encoder, are kept where they still fit.
    """
    count, dimensions = matrix.shape
    if count <= EXACT_UP_TO:
        index = _faiss().IndexFlatIP(dimensions)
        if count:
            index.add(matrix)
        return index
    if _fits(like, count):
        centres = like.quantizer.reconstruct_n(0, like.nlist)
        return _filled(_lists(like.nlist, dimensions, centres=centres), matrix, like.nprobe)
    return learnt(matrix)


def learnt(matrix: np.ndarray):
    """Return an index of ``matrix`` by lists learnt from it, as many of them looked at as RECALL asks for."""
    index = _lists(int(2 * len(matrix) ** 0.5), matrix.shape[1])
    index.cp.max_points_per_centroid = LEARNT_FROM
    index.train(matrix)
    return _tuned(_filled(index, matrix, 1), matrix)


def nearest(index, vector: np.ndarray, most: int, allowed: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Return (row numbers, cosines) of the ``most`` nearest rows, best first; only where ``allowed`` is true."""
    most = min(index.ntotal, most)
    if not most:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    cosines, found = index.search(vector, most, params=_parameters(index, allowed))
    there = found[0] >= 0  # the lists that are looked at, or what is allowed, may hold fewer
    return found[0][there], cosines[0][there]


def matrix_of(index) -> np.ndarray:
    """Return the vectors of the index by row number."""
    if not index.ntotal:
        return np.zeros((0, index.d), dtype=np.float32)
    if hasattr(index, "make_direct_map"):
        index.make_direct_map()
    return index.reconstruct_n(0, index.ntotal)


def write(index, path: Path) -> None:
    """Write the index to ``path``."""
    _faiss().write_index(index, str(path))


def read(path: Path):
    """Return the index that ``write`` wrote."""
    return _faiss().read_index(str(path))


def exactly(matrix: np.ndarray, queries: np.ndarray, most: int) -> np.ndarray:
    """Return the ``most`` rows of ``matrix`` nearest to each query, found by looking at all of them."""
    return _faiss().knn(queries, matrix, most, metric=_faiss().METRIC_INNER_PRODUCT)[1]


def recall(index, queries: np.ndarray, wanted: np.ndarray) -> float:
    """Return the share of the ``wanted`` rows of each query that ``index`` finds among as many."""
    _, found = index.search(queries, wanted.shape[1])
    return float(np.mean([np.isin(row, other).mean() for row, other in zip(wanted, found, strict=True)]))


def near(matrix: np.ndarray, count: int, *, seed: int = 1) -> np.ndarray:
    """Return ``count`` vectors, each near one of ``matrix``: what questions are to the texts."""
    draw = np.random.default_rng(seed)
    chosen = matrix[draw.choice(len(matrix), size=min(count, len(matrix)), replace=False)]
    noise = draw.standard_normal(chosen.shape, dtype=np.float32)
    moved = chosen + NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
    return moved / np.linalg.norm(moved, axis=1, keepdims=True)


def _fits(like, count: int) -> bool:
    return hasattr(like, "nlist") and like.nlist**2 / 4 <= count * OUTGROWN and count <= OUTGROWN * like.nlist**2 / 4


def _lists(lists: int, dimensions: int, *, centres: np.ndarray | None = None):
    faiss = _faiss()
    quantizer = faiss.IndexFlatIP(dimensions)
    if centres is not None:
        quantizer.add(centres)
    index = faiss.IndexIVFFlat(quantizer, dimensions, lists, faiss.METRIC_INNER_PRODUCT)
    index.cp.spherical = True
    index.is_trained = centres is not None
    return index


def _filled(index, matrix: np.ndarray, nprobe: int):
    index.add(matrix)
    index.nprobe = nprobe
    return index


def _tuned(index, matrix: np.ndarray):
    """Look at more and more lists until the sample is found; at all of them if need be, which is exact again."""
    asked = near(matrix, SAMPLE)
    wanted = exactly(matrix, asked, NEAREST)
    while index.nprobe < index.nlist and recall(index, asked, wanted) < RECALL:
        index.nprobe = min(index.nprobe + 1 + index.nprobe // 4, index.nlist)
    index.nprobe = min(MARGIN * index.nprobe, index.nlist)
    return index


def _parameters(index, allowed: np.ndarray | None):
    if allowed is None:
        return None
    chosen = _faiss().IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
    if hasattr(index, "nlist"):
        return _faiss().SearchParametersIVF(sel=chosen, nprobe=index.nprobe)
    return _faiss().SearchParameters(sel=chosen)


def _faiss():
    logging.getLogger("faiss.loader").setLevel(logging.WARNING)  # it tells of every instruction set that is not there
    import faiss

    faiss.omp_set_num_threads(1)
    return faiss
