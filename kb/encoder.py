"""Texts to unit vectors: any SentenceTransformer folder, with a fast path for the static kind that we build."""

import hashlib
import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from . import text

STATIC_MODULES = ["StaticEmbedding", "Normalize"]
TABLE = "embedding.weight"  # what StaticEmbedding calls its vectors
UNKNOWN = 0  # the piece that stands for what the tokenizer does not know


class Encoder(Protocol):
    """What turns texts into vectors; ``id`` changes whenever its weights do."""

    id: str

    def encode(self, texts: list[str]) -> np.ndarray:
        """Return float32 vectors of length 1 (shape: texts × dimensions)."""


class UnreadableEncoder(Exception):
    """The folder is not a SentenceTransformer, or a file in it is damaged."""


def fingerprint(folder: Path) -> str:
    """Return the first 16 hex digits of the SHA-256 over every file of the encoder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def load(folder: Path) -> Encoder:
    """Return the encoder saved in ``folder``.

    :raises UnreadableEncoder: it cannot be read.
    """
    try:
        modules = json.loads((folder / "modules.json").read_text())
        kinds = [module["type"].rpartition(".")[2] for module in modules]
        if kinds == STATIC_MODULES:
            return StaticEncoder.read(folder)
        return TransformerEncoder(fingerprint(folder), sentence_transformer(folder))
    except Exception as error:
        raise UnreadableEncoder(str(folder)) from error


def quiet_torch() -> None:
    """Keep torch to one thread (queries are tiny, the machine is shared) and its libraries off the network."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch

    torch.set_num_threads(1)
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)


def sentence_transformer(folder: Path):
    """Return the SentenceTransformer in ``folder``; the first call in a process imports torch (5 s).

    Half precision saves disk; to compute with, a CPU wants whole numbers of four bytes.
    """
    quiet_torch()
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), device="cpu", local_files_only=True).float()


@dataclass(frozen=True)
class TransformerEncoder:
    """Any SentenceTransformer."""

    id: str
    model: object

    def encode(self, texts: list[str]) -> np.ndarray:
        folded = [text.normalise(item) for item in texts]
        vectors = self.model.encode(folded, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


@dataclass(frozen=True)
class StaticEncoder:
    """The same vectors as SentenceTransformer gives for StaticEmbedding + Normalize, without importing torch."""

    id: str
    tokenizer: object
    weights: np.ndarray

    @classmethod
    def read(cls, folder: Path) -> "StaticEncoder":
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        [weights] = folder.rglob("model.safetensors")
        [tokenizer] = folder.rglob("tokenizer.json")
        table = load_file(weights)[TABLE].astype(np.float32)
        return cls(fingerprint(folder), Tokenizer.from_file(str(tokenizer)), table)

    def encode(self, texts: list[str]) -> np.ndarray:
        encoded = self.tokenizer.encode_batch([text.normalise(item) for item in texts], add_special_tokens=False)
        vectors = np.zeros((len(texts), self.weights.shape[1]), dtype=np.float32)
        for row, tokens in enumerate(encoded):
            if tokens.ids:
                vectors[row] = self.weights[tokens.ids].mean(axis=0)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors / np.maximum(lengths, 1e-12)
