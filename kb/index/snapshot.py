"""One whole index in memory: documents, BM25 over three texts of each, FAISS over all of them, and the words used."""

import dataclasses
import hashlib
import json
import logging
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import numpy as np

from kb import text
from kb.calibration import Calibration
from kb.encoder import Encoder
from kb.homophones import Homophones
from kb.lexicon import EMPTY, Lexicon
from kb.sources import Document

from .bm25 import Bm25

MOST_NEIGHBOURS = 2048
QUESTION, PASSAGE, ENGLISH = range(3)  # the kinds of text of a document


@dataclass(frozen=True)
class Snapshot:
    """All that a question needs; never changed once made. Row n of each BM25 field is document n."""

    documents: tuple[Document, ...]
    encoder: Encoder
    calibration: Calibration
    questions: Bm25
    passages: Bm25
    english: Bm25
    vectors: object
    trained_on: int  # how many documents the encoder and the calibration come from
    lexicon: Lexicon = EMPTY
    version: str = ""

    @classmethod
    def build(
        cls,
        documents: tuple[Document, ...],
        *,
        encoder: Encoder,
        calibration: Calibration,
        trained_on: int,
        lexicon: Lexicon = EMPTY,
        reuse: "Snapshot | None" = None,
    ) -> "Snapshot":
        """Return the index of ``documents``; vectors of texts that ``reuse`` holds are taken from it."""
        questions = [lexicon.tokens("\n".join([doc.title, *doc.questions])) for doc in documents]
        passages = [lexicon.tokens("\n".join(map(str, doc.passages))) for doc in documents]
        english = [lexicon.tokens(doc.english) for doc in documents]
        known = reuse.known_vectors() if reuse and reuse.encoder.id == encoder.id else {}
        vectors = _faiss_of(_texts(documents, lexicon), encoder, known)
        fields = (Bm25.build(questions), Bm25.build(passages), Bm25.build(english))
        return cls(documents, encoder, calibration, *fields, vectors, trained_on, lexicon)

    def known_vectors(self) -> dict[str, np.ndarray]:
        """Return folded text → vector of everything in it."""
        texts = _texts(self.documents, self.lexicon)
        return dict(zip(texts, self.vectors.reconstruct_n(0, len(texts)), strict=True)) if texts else {}

    @property
    def content_digest(self) -> str:
        """SHA-256 (hex) of documents and lexicon: equal means that a new build would answer the same."""
        return content_digest(self.documents, self.lexicon)

    @property
    def fields(self) -> tuple[Bm25, Bm25, Bm25]:
        """BM25 by kind: of the questions, the passages, the English summaries."""
        return self.questions, self.passages, self.english

    @cached_property
    def by_id(self) -> dict[str, Document]:
        """Documents by their id."""
        return {document.id: document for document in self.documents}

    @cached_property
    def rows(self) -> tuple[np.ndarray, np.ndarray]:
        """(document number, passage number, -1 for a question, -2 for the English summary) of each vector."""
        owners, places = [], []
        for number, document in enumerate(self.documents):
            own = (
                [-1] * (1 + len(document.questions)) + [*range(len(document.passages))] + [-2] * bool(document.english)
            )
            owners += [number] * len(own)
            places += own
        return np.array(owners, dtype=np.int64), np.array(places, dtype=np.int64)

    @cached_property
    def kinds(self) -> np.ndarray:
        """QUESTION, PASSAGE or ENGLISH for each vector."""
        places = self.rows[1]
        return np.select([places >= 0, places == -1], [PASSAGE, QUESTION], ENGLISH)

    def passage_rows(self, document: int) -> np.ndarray:
        """Return the numbers of the document's passages' vectors, in order."""
        start = np.searchsorted(self.rows[0], document) + 1 + len(self.documents[document].questions)
        return np.arange(start, start + len(self.documents[document].passages))

    def understood(self, question: str) -> str:
        """Return the question as it is looked up: normalised, typing mistakes of the same sound put right."""
        return self.homophones.correct(text.normalise(question))

    @cached_property
    def homophones(self) -> Homophones:
        """What the index knows, by its sound (0.1 s the first time in a process)."""
        asked, terms = self.questions.held(), {*text.safety_words(), *self.lexicon.chinese}
        known = {*asked, *(word for word, count in self.passages.held().items() if count > 1)}
        return Homophones.of(known=known, asked=asked, terms=terms, cut=partial(self.lexicon.words.cut, HMM=False))

    def said(self, document: int) -> list[str]:
        """Return the document's passages folded as questions are; folding is slow, so each is folded once."""
        if document not in self._folded:
            self._folded[document] = [text.normalise(str(passage)) for passage in self.documents[document].passages]
        return self._folded[document]

    @cached_property
    def _folded(self) -> dict[int, list[str]]:
        return {}

    def neighbours(self, question: str, rows: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Return (row numbers, cosines) of the nearest texts, best first; of ``rows`` alone where they are given."""
        most = min(self.vectors.ntotal if rows is None else len(rows), MOST_NEIGHBOURS)
        if not most:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        within = {} if rows is None else {"params": _faiss().SearchParameters(sel=_faiss().IDSelectorBatch(rows))}
        cosines, found = self.vectors.search(self.encoder.encode([self.lexicon.fold(question)]), most, **within)
        return found[0], cosines[0]

    def save(self, folder: Path) -> None:
        """Write its files into ``folder``, the encoder aside."""
        stored = [dataclasses.asdict(document) for document in self.documents]
        (folder / "documents.json").write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
        self.questions.save(folder / "questions.npz")
        self.passages.save(folder / "passages.npz")
        self.english.save(folder / "english.npz")
        (folder / "lexicon.json").write_text(json.dumps(self.lexicon.stored(), ensure_ascii=False), encoding="utf-8")
        _faiss().write_index(self.vectors, str(folder / "vectors.faiss"))

    @classmethod
    def load(cls, folder: Path, *, encoder: Encoder, calibration: Calibration, trained_on: int) -> "Snapshot":
        """Return what ``save`` wrote."""
        stored = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
        documents = tuple(Document.from_stored(item) for item in stored)
        fields = (Bm25.load(folder / name) for name in ("questions.npz", "passages.npz", "english.npz"))
        lexicon = Lexicon.from_stored(json.loads((folder / "lexicon.json").read_text(encoding="utf-8")))
        vectors = _faiss().read_index(str(folder / "vectors.faiss"))
        return cls(documents, encoder, calibration, *fields, vectors, trained_on, lexicon, folder.name)


def content_digest(documents: tuple[Document, ...], lexicon: Lexicon = EMPTY) -> str:
    """Return the SHA-256 (hex) of all that ``documents`` say, and of the words they are folded by."""
    stored = [dataclasses.asdict(document) for document in documents]
    return hashlib.sha256(json.dumps([lexicon.digest, stored], ensure_ascii=False).encode()).hexdigest()


def _texts(documents: tuple[Document, ...], lexicon: Lexicon) -> list[str]:
    texts = []
    for document in documents:
        texts += [document.title, *document.questions]
        texts += [str(passage) for passage in document.passages]
        texts += [document.english] if document.english else []
    return [lexicon.fold(each) for each in texts]


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
