"""Exact search beside inverted lists and a graph, over random vectors in clusters: where they cross."""

import json
import time

import numpy as np

from kb.index import vectors

DIMENSIONS = 256
SPREAD = 0.9  # length of a vector's way from its cluster's middle
NEIGHBOURS = 2048  # what a search asks for
ASKED = 200
GRAPH_UP_TO = 100_000  # a graph takes too long to build beyond


def clustered(count: int, *, seed: int = 1) -> np.ndarray:
    """Return ``count`` vectors of length 1 (float32) in as many clusters as each has vectors."""
    draw = np.random.default_rng(seed)
    middles = draw.standard_normal((int(count**0.5), DIMENSIONS), dtype=np.float32)
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    made = np.empty((count, DIMENSIONS), dtype=np.float32)
    for at in range(0, count, 100_000):
        part = made[at : at + 100_000]
        noise = draw.standard_normal(part.shape, dtype=np.float32)
        noise *= SPREAD / np.linalg.norm(noise, axis=1, keepdims=True)
        part[:] = middles[draw.integers(len(middles), size=len(part))] + noise
        part /= np.linalg.norm(part, axis=1, keepdims=True)
    return made


def compare(count: int) -> None:
    """Print one JSON line for each way to search ``count`` vectors."""
    matrix = clustered(count)
    asked = vectors.near(matrix, ASKED, seed=2)
    wanted = vectors.exactly(matrix, asked, vectors.NEAREST)
    _tell("exact", count, _exact(matrix), matrix, asked, wanted)
    _tell("inverted lists", count, vectors.learnt, matrix, asked, wanted)
    if count <= GRAPH_UP_TO:
        _tell("graph (HNSW)", count, _graph, matrix, asked, wanted)


def _exact(matrix):
    def build(_matrix):
        import faiss

        index = faiss.IndexFlatIP(DIMENSIONS)
        index.add(matrix)
        return index

    return build


def _graph(matrix):
    import faiss

    index = faiss.IndexHNSWFlat(DIMENSIONS, 32, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction, index.hnsw.efSearch = 100, NEIGHBOURS
    index.add(matrix)
    return index


def _tell(name: str, count: int, build, matrix, asked, wanted) -> None:
    started = time.process_time()
    index = build(matrix)
    built = time.process_time() - started
    recall = vectors.recall(index, asked, wanted)
    ms = []
    for row in asked:
        started = time.process_time()
        vectors.nearest(index, row[None], NEIGHBOURS)
        ms.append((time.process_time() - started) * 1000)
    looked = f", {index.nprobe} of {index.nlist} lists" if hasattr(index, "nlist") else ""
    line = {
        "name": f"{NEIGHBOURS} nearest of {count} vectors, {name}",
        "unit": "ms CPU (median)",
        "value": round(float(np.median(ms)), 2),
        "detail": f"recall@{wanted.shape[1]} {recall:.4f}{looked}; built in {built:.1f} s CPU",
    }
    print(json.dumps(line), flush=True)
