"""What the bundled encoder finds, in nDCG@10: public sets of questions and passages, and our own questions.

``python -m tests.load.bench_retrieval FOLDER`` or RETRIEVAL_DATA=FOLDER: where drcd_dev.jsonl.xz and the others lie.
Without them only our own questions are asked. ENCODER names another SentenceTransformer folder than ``kb/model``;
``--development`` leaves the test sets alone. A set's pool is its distinct passages. The cosine's weight is chosen on
the two development sets; a question without a Chinese character goes by the cosine alone, as in the product.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import json
import lzma
import os
import time
from dataclasses import dataclass

import _machine  # noqa: F401 (sets the environment, so it comes first)
import django
import numpy as np

django.setup()

from kb import encoder as encoders
from kb import text, training
from kb.index.bm25 import Bm25
from kb.pretraining.ours import articles

ROOT = Path(__file__).parents[2]
FOLDER = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("RETRIEVAL_DATA", "nowhere"))
ENCODER = Path(os.environ.get("ENCODER", training.BUNDLED))
DEVELOPMENT = ("drcd_dev", "cmrc_trial")
TEST = ("drcd_test", "cmrc_dev", "xquad_zh")
WEIGHTS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 1.5)
DEPTH = 10


@dataclass(frozen=True)
class Scores:
    """BM25 and cosine of each question (row) with each text of the pool; ``right`` says which texts answer which."""

    bm25: np.ndarray
    cosine: np.ndarray
    right: np.ndarray

    def fused(self, weight: float) -> np.ndarray:
        """Return BM25 by the best text's, plus ``weight`` times the cosine."""
        return self.bm25 / np.maximum(self.bm25.max(axis=1, keepdims=True), 1e-9) + weight * self.cosine


def scores(questions: list[str], pool: list[str], right: np.ndarray, encoder: encoders.Encoder) -> Scores:
    index = Bm25.build([text.tokens(item) for item in pool])
    bm25 = np.stack([index.scores(text.tokens(question)) for question in questions])
    return Scores(bm25, encoder.encode(questions) @ encoder.encode(pool).T, right)


def ndcg(found: np.ndarray, right: np.ndarray) -> float:
    """Return the mean nDCG at DEPTH, every right text being worth the same."""
    order = np.argsort(-found, axis=1, kind="stable")[:, :DEPTH]
    worth = 1 / np.log2(np.arange(2, DEPTH + 2))
    gained = (np.take_along_axis(right, order, axis=1) * worth).sum(axis=1)
    most = np.array([worth[: min(count, DEPTH)].sum() for count in right.sum(axis=1)])
    return float((gained / most).mean())


def public(name: str, encoder: encoders.Encoder, *, asked: str = "") -> Scores:
    """Return the scores of one set; ``asked`` names a parallel one whose questions are put instead."""
    rows, questions = read(name), read(asked or name)
    places = {passage: at for at, passage in enumerate(dict.fromkeys(row["c"] for row in rows))}
    right = np.zeros((len(rows), len(places)), dtype=bool)
    right[np.arange(len(rows)), [places[row["c"]] for row in rows]] = True
    return scores([row["q"] for row in questions], list(places), right, encoder)


def read(name: str) -> list[dict]:
    with lzma.open(FOLDER / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def ours(encoder: encoders.Encoder, asked: list[tuple[str, list[str]]]) -> Scores:
    """Return question to question: each of ``asked`` (question, articles) among all ways of asking of the articles.

    A way of asking that is itself asked is left out.
    """
    put = {question for question, _ in asked}
    ways = [(way, each.id) for each in articles() for way in each.questions if text.has_chinese(way) and way not in put]
    owners = np.array([owner for _, owner in ways])
    right = np.stack([np.isin(owners, expected) for _, expected in asked])
    return scores([question for question, _ in asked], [way for way, _ in ways], right, encoder)


def variants() -> list[tuple[str, list[str]]]:
    """Return one way of asking of each article, the middle one."""
    chinese = ([way for way in each.questions if text.has_chinese(way)] for each in articles())
    return [(ways[len(ways) // 2], [each.id]) for ways, each in zip(chinese, articles(), strict=True)]


def labelled() -> list[tuple[str, list[str]]]:
    """Return the development questions in Chinese that have an answer; they were written apart from the articles."""
    lines = (ROOT / "kb/evaluation/sets/development.jsonl").read_text(encoding="utf-8").splitlines()
    rows = (json.loads(line) for line in lines)
    kept = (row for row in rows if row["expected"] and not row["history"] and text.has_chinese(row["question"]))
    return [(row["question"], row["expected"]) for row in kept]


def tell(name: str, found: Scores, weight: float | None) -> None:
    bm25, dense = ndcg(found.bm25, found.right), ndcg(found.cosine, found.right)
    fused = dense if weight is None else ndcg(found.fused(weight), found.right)
    detail = f"BM25 {bm25:.3f}, dense {dense:.3f}; {len(found.right)} questions, {found.right.shape[1]} texts"
    print(json.dumps({"name": name, "unit": "nDCG@10", "value": round(fused, 4), "detail": detail}), flush=True)


def main() -> None:
    encoder = encoders.load(ENCODER)
    weight = WEIGHTS[len(WEIGHTS) // 2]
    if FOLDER.is_dir():
        development = {name: public(name, encoder) for name in DEVELOPMENT}
        mean = {each: np.mean([ndcg(s.fused(each), s.right) for s in development.values()]) for each in WEIGHTS}
        weight = max(mean, key=mean.get)
        for name, found in development.items():
            tell(f"retrieval, {name}, fused with {weight}", found, weight)
        for name in TEST if "--development" not in sys.argv else ():
            tell(f"retrieval, {name}, fused with {weight}", public(name, encoder), weight)
        if "--development" not in sys.argv:
            tell("retrieval, xquad English to Chinese, dense", public("xquad_zh", encoder, asked="xquad_en"), None)
    else:
        print(f"no public sets in {FOLDER}: only our own questions", file=sys.stderr)
    for name, asked in (("a held-out variant", variants()), ("a labelled question", labelled())):
        tell(f"retrieval, {name} to variants, fused with {weight}", ours(encoder, asked), weight)
    started = time.perf_counter()
    for _ in range(1000):
        encoder.encode(["油锅起火怎么办"])
    took = time.perf_counter() - started
    print(json.dumps({"name": "encode a question", "unit": "ms", "value": round(took, 3), "detail": "mean of 1000"}))


if __name__ == "__main__":
    main()
