"""One whole index in memory: documents, BM25 over three texts of each, FAISS over all of them, and the words used."""

import dataclasses
import json
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

from . import rows as taken
from . import vectors as nearness
from .bm25 import Bm25

MOST_NEIGHBOURS = 2048
QUESTION, PASSAGE, ENGLISH = range(3)  # the kinds of text of a document
TEXTS = (
    lambda document: "\n".join([document.title, *document.questions]),
    lambda document: "\n".join(map(str, document.passages)),
    lambda document: document.english,
)


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
    prints: np.ndarray  # of the folded text of each vector
    trained_on: int  # how many documents the encoder and the calibration come from
    lexicon: Lexicon = EMPTY
    withdrawals: int = 0  # number of the last withdrawal before the documents were read
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
        withdrawals: int = 0,
        reuse: "Snapshot | None" = None,
    ) -> "Snapshot":
        """Return the index of ``documents``, the same with ``reuse`` as without.

        Of ``reuse`` it takes the rows of documents that say the same, and the vectors of texts that are there already.
        """
        same_words = reuse is not None and reuse.lexicon == lexicon
        places = taken.places(reuse.documents if same_words else (), documents)
        said = {at: documents[at] for at in taken.new(places, len(documents))}
        terms = [{at: lexicon.tokens(text_of(one)) for at, one in said.items()} for text_of in TEXTS]
        fields = reuse.fields if same_words else [Bm25.build([])] * len(TEXTS)
        fields = [field.changed(places, new, len(documents)) for field, new in zip(fields, terms, strict=True)]
        known = reuse if reuse is not None and reuse.encoder.id == encoder.id else None
        matrix, prints = taken.vectors(documents, encoder=encoder, lexicon=lexicon, known=known, places=places)
        vectors = nearness.built(matrix, like=known and known.vectors)
        return cls(documents, encoder, calibration, *fields, vectors, prints, trained_on, lexicon, withdrawals)

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

    def neighbours(self, question: str, allowed: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Return (row numbers, cosines) of the nearest texts, best first; of rows that are ``allowed`` alone."""
        vector = self.encoder.encode([self.lexicon.fold(question)])
        return nearness.nearest(self.vectors, vector, MOST_NEIGHBOURS, allowed)

    def save(self, folder: Path) -> None:
        """Write its files into ``folder``, the encoder aside."""
        stored = [dataclasses.asdict(document) for document in self.documents]
        (folder / "documents.json").write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
        self.questions.save(folder / "questions.npz")
        self.passages.save(folder / "passages.npz")
        self.english.save(folder / "english.npz")
        (folder / "lexicon.json").write_text(json.dumps(self.lexicon.stored(), ensure_ascii=False), encoding="utf-8")
        np.save(folder / "prints.npy", self.prints)
        nearness.write(self.vectors, folder / "vectors.faiss")

    @classmethod
    def load(
        cls, folder: Path, *, encoder: Encoder, calibration: Calibration, trained_on: int, withdrawals: int
    ) -> "Snapshot":
        """Return what ``save`` wrote."""
        stored = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
        documents = tuple(Document.from_stored(item) for item in stored)
        fields = (Bm25.load(folder / name) for name in ("questions.npz", "passages.npz", "english.npz"))
        lexicon = Lexicon.from_stored(json.loads((folder / "lexicon.json").read_text(encoding="utf-8")))
        vectors, prints = nearness.read(folder / "vectors.faiss"), np.load(folder / "prints.npy")
        return cls(
            documents, encoder, calibration, *fields, vectors, prints, trained_on, lexicon, withdrawals, folder.name
        )
