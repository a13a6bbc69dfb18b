"""One whole index in memory: documents, BM25 over two fields of each, FAISS over questions and passages."""

import dataclasses
import hashlib
import json
import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from kb import text
from kb.calibration import Calibration
from kb.encoder import Encoder
from kb.sources import Document

from .bm25 import Bm25

MOST_NEIGHBOURS = 2048


@dataclass(frozen=True)
class Snapshot:
    """All that a question needs; never changed once made. Row n of both BM25 fields is document n."""

    documents: tuple[Document, ...]
    encoder: Encoder
    calibration: Calibration
    questions: Bm25
    passages: Bm25
    vectors: object
    trained_on: int  # how many documents the encoder and the calibration come from
    version: str = ""

    @classmethod
    def build(
        cls,
        documents: tuple[Document, ...],
        *,
        encoder: Encoder,
        calibration: Calibration,
        trained_on: int,
        reuse: "Snapshot | None" = None,
    ) -> "Snapshot":
        """Return the index of ``documents``; vectors of texts that ``reuse`` holds are taken from it."""
        questions = [text.tokens("\n".join([doc.title, *doc.questions])) for doc in documents]
        passages = [text.tokens("\n".join(map(str, doc.passages))) for doc in documents]
        known = reuse.known_vectors() if reuse and reuse.encoder.id == encoder.id else {}
        vectors = _faiss_of(_texts(documents), encoder, known)
        fields = (Bm25.build(questions), Bm25.build(passages))
        return cls(documents, encoder, calibration, *fields, vectors, trained_on)

    def known_vectors(self) -> dict[str, np.ndarray]:
        """Return text → vector of everything in it."""
        texts = _texts(self.documents)
        return dict(zip(texts, self.vectors.reconstruct_n(0, len(texts)), strict=True)) if texts else {}

    @property
    def content_digest(self) -> str:
        """SHA-256 (hex) of the documents: equal means that a new build would answer the same."""
        return content_digest(self.documents)

    @cached_property
    def by_id(self) -> dict[str, Document]:
        """Documents by their id."""
        return {document.id: document for document in self.documents}

    @cached_property
    def rows(self) -> tuple[np.ndarray, np.ndarray]:
        """(document number, passage number or -1 for a question) of each vector."""
        owners, places = [], []
        for number, document in enumerate(self.documents):
            asked, told = 1 + len(document.questions), len(document.passages)
            owners += [number] * (asked + told)
            places += [-1] * asked + list(range(told))
        return np.array(owners, dtype=np.int64), np.array(places, dtype=np.int64)

    def said(self, document: int) -> list[str]:
        """Return the document's passages folded as questions are; folding is slow, so each is folded once."""
        if document not in self._folded:
            self._folded[document] = [text.normalise(str(passage)) for passage in self.documents[document].passages]
        return self._folded[document]

    @cached_property
    def _folded(self) -> dict[int, list[str]]:
        return {}

    def neighbours(self, question: str) -> tuple[np.ndarray, np.ndarray]:
        """Return (row numbers, cosines) of the nearest questions and passages, best first."""
        most = min(self.vectors.ntotal, MOST_NEIGHBOURS)
        if not most:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        cosines, rows = self.vectors.search(self.encoder.encode([question]), most)
        return rows[0], cosines[0]

    def save(self, folder: Path) -> None:
        """Write its files into ``folder``, the encoder aside."""
        stored = [dataclasses.asdict(document) for document in self.documents]
        (folder / "documents.json").write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
        self.questions.save(folder / "questions.npz")
        self.passages.save(folder / "passages.npz")
        _faiss().write_index(self.vectors, str(folder / "vectors.faiss"))

    @classmethod
    def load(cls, folder: Path, *, encoder: Encoder, calibration: Calibration, trained_on: int) -> "Snapshot":
        """Return what ``save`` wrote."""
        stored = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
        documents = tuple(Document.from_stored(item) for item in stored)
        fields = (Bm25.load(folder / name) for name in ("questions.npz", "passages.npz"))
        vectors = _faiss().read_index(str(folder / "vectors.faiss"))
        return cls(documents, encoder, calibration, *fields, vectors, trained_on, version=folder.name)


def content_digest(documents: tuple[Document, ...]) -> str:
    """Return the SHA-256 (hex) of all that ``documents`` say."""
    stored = [dataclasses.asdict(document) for document in documents]
    return hashlib.sha256(json.dumps(stored, ensure_ascii=False).encode()).hexdigest()


def _texts(documents: tuple[Document, ...]) -> list[str]:
    texts = []
    for document in documents:
        texts += [document.title, *document.questions]
        texts += [str(passage) for passage in document.passages]
    return texts


def _faiss():
    logging.getLogger("faiss.loader").setLevel(logging.WARNING)  # it tells of every instruction set that is not there
    import faiss

    faiss.omp_set_num_threads(1)
    return faiss


def _faiss_of(texts: list[str], encoder: Encoder, known: dict[str, np.ndarray]):
    new = [item for item in dict.fromkeys(texts) if item not in known]
    dimensions = encoder.encode(["水"]).shape[1]
    encoded = {**known, **dict(zip(new, encoder.encode(new), strict=True))} if new else known
    index = _faiss().IndexFlatIP(dimensions)
    if texts:
        index.add(np.stack([encoded[item] for item in texts]).astype(np.float32))
    return index
