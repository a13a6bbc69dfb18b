"""The encoder of an index: the bundled one (``kb/model``), fine-tuned on the knowledge base itself."""

import shutil
from pathlib import Path

import numpy as np

from . import encoder, pairs
from .encoder import StaticEncoder
from .sources import Document

BUNDLED = Path(__file__).with_name("model")
EPOCHS = 2
BATCH = 512
RATE = 7e-3
LONGEST = 64  # pieces of a text that are looked at


def train(documents: tuple[Document, ...], *, folder: Path, seed: int = 1) -> None:
    """Fine-tune on ``documents`` and save a SentenceTransformer into ``folder``; again the same for the same input."""
    _, weights = fit(documents, seed=seed)
    save(weights, folder=folder)


def save(weights: np.ndarray, *, folder: Path) -> None:
    """Write the bundled model into ``folder``, notice included, with other ``weights`` in half precision."""
    from safetensors.numpy import save_file

    shutil.copytree(BUNDLED, folder, dirs_exist_ok=True)
    [table] = folder.rglob("model.safetensors")
    save_file({encoder.TABLE: weights.astype(np.float16)}, table)


def assemble(tokenizer, weights: np.ndarray, *, folder: Path) -> None:
    """Save ``tokenizer`` and ``weights``, in half precision, as a SentenceTransformer into ``folder``."""
    encoder.quiet_torch()
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    modules = [StaticEmbedding(tokenizer, embedding_weights=weights.astype(np.float16)), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder), create_model_card=False)
    [saved] = folder.rglob("tokenizer.json")
    saved.write_text(tokenizer.to_str(pretty=False), encoding="utf-8")


def fit(documents: tuple[Document, ...], *, seed: int = 1) -> tuple[object, np.ndarray]:
    """Return the bundled tokenizer and one vector per piece (float32), fine-tuned on ``documents``.

    Only the rows of pieces that occur change. Two texts of one document are never each other's negative.
    """
    bundled = StaticEncoder.read(BUNDLED)
    found = pairs.of_documents(documents)
    return bundled.tokenizer, _tuned(bundled, found, seed) if found else bundled.weights


def _tuned(bundled: StaticEncoder, found: list[pairs.Pair], seed: int) -> np.ndarray:
    encoder.quiet_torch()
    import torch

    from . import contrast

    asked, told = ([getattr(pair, side) for pair in found] for side in ("asked", "told"))
    sides = [contrast.Bags(_pieces(bundled.tokenizer, texts)) for texts in (asked, told)]
    used = np.union1d(sides[0].used(), sides[1].used())
    sides = [side.numbered(used) for side in sides]
    numbers = np.array([pair.document for pair in found])
    table = torch.nn.Parameter(torch.from_numpy(bundled.weights[used]))
    optimiser = torch.optim.Adam([table], lr=RATE)
    order = np.random.default_rng(seed)
    for _ in range(EPOCHS):
        shuffled = order.permutation(len(found))
        for batch in np.array_split(shuffled, -(-len(found) // BATCH)):
            left, right = (side.pooled(table, batch) for side in sides)
            loss = contrast.ranking_loss(left, right, contrast.equal(numbers[batch]), (table.shape[1],))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    tuned = bundled.weights.copy()
    tuned[used] = table.detach().numpy()
    return tuned


def _pieces(tokenizer, texts: list[str]) -> list[list[int]]:
    """Return the piece numbers of each text; of one without any, the unknown piece."""
    encoded = tokenizer.encode_batch_fast(texts, add_special_tokens=False)
    return [each.ids[:LONGEST] or [encoder.UNKNOWN] for each in encoded]
