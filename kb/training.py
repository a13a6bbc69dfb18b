"""Our own encoder: a static embedding over jieba's words, trained on the knowledge base itself.

A piece starts as a random projection of its characters and character pairs, so that texts which share words or
characters are near each other and an unseen word still means something; multiple-negatives ranking then pulls the ways
of asking towards what answers them (Henderson et al. 2017, arXiv 1705.00652).
"""

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from . import encoder, text
from .sources import Document

DIMENSIONS = 256
DICTIONARY_WORDS = 24_000
LONGEST_WORD = 4
SMOOTHING = 3e-4  # weight of a word = a / (a + p(word)), Arora et al. 2017
FORCED_FREQUENCY = 300
EPOCHS = 4
BATCH = 256
RATE = 4e-3
SCALE = 20.0
UNKNOWN = "[UNK]"
LATIN = "abcdefghijklmnopqrstuvwxyz0123456789"


def train(documents: tuple[Document, ...], *, folder: Path, seed: int = 1) -> None:
    """Train on ``documents`` and save a SentenceTransformer into ``folder``; the same for the same input and seed."""
    tokenizer, weights = fit(documents, seed=seed)
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    modules = [StaticEmbedding(tokenizer, embedding_weights=weights), Normalize()]
    model = SentenceTransformer(modules=modules, device="cpu")
    model.save(str(folder), create_model_card=False)


def fit(documents: tuple[Document, ...], *, seed: int = 1) -> tuple[object, np.ndarray]:
    """Return the tokenizer and one vector per piece (shape: pieces × DIMENSIONS)."""
    encoder.quiet_torch()
    texts = [_Texts.of(document) for document in documents]
    pieces = _pieces(texts)
    tokenizer = _tokenizer(pieces)
    return tokenizer, _fit(_initial(pieces, seed), tokenizer, _pairs(texts), seed)


@dataclass(frozen=True)
class _Texts:
    """The folded texts of one document."""

    title: str
    questions: tuple[str, ...]
    passages: tuple[str, ...]

    @classmethod
    def of(cls, document: Document) -> "_Texts":
        passages = (text.normalise(str(passage)) for passage in document.passages)
        return cls(text.normalise(document.title), tuple(map(text.normalise, document.questions)), tuple(passages))


@cache
def _common_pieces() -> dict[str, int]:
    """Return piece → frequency of all single characters and the frequent words of the dictionary."""
    frequency = {word: count for word, count in text.dictionary().FREQ.items() if count and text.RUNS.fullmatch(word)}
    words = (word for word in frequency if 1 < len(word) <= LONGEST_WORD)
    frequent = sorted(words, key=lambda word: (-frequency[word], word))[:DICTIONARY_WORDS]
    singles = {word: count for word, count in frequency.items() if len(word) == 1}
    return dict.fromkeys(LATIN, 1) | singles | {word: frequency[word] for word in frequent}


def _pieces(texts: list[_Texts]) -> dict[str, int]:
    """Return piece → frequency: the common ones, and whatever may not be cut apart."""
    words = text.dictionary()
    forced = set(text.safety_words())
    for each in texts:
        for run in text.RUNS.findall(" ".join([each.title, *each.questions, *each.passages])):
            forced.update(words.cut(run, HMM=False) if text.has_chinese(run) else [run])
    pieces = _common_pieces() | {word: max(words.FREQ.get(word, 0), FORCED_FREQUENCY) for word in forced}
    return {piece: pieces[piece] for piece in sorted(pieces)}


def _tokenizer(pieces: dict[str, int]):
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    total = sum(pieces.values())
    scores = [(UNKNOWN, -100.0), *((piece, math.log(count / total)) for piece, count in pieces.items())]
    tokenizer = Tokenizer(models.Unigram(scores, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    runs = text.RUNS.pattern
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(runs), behavior="removed", invert=True)
    return tokenizer


def _initial(pieces: dict[str, int], seed: int) -> np.ndarray:
    """Return one vector per piece (row 0: unknown), near for pieces that share characters, short for common words."""
    import torch

    grams: dict[str, int] = {}
    parts, starts = [], []
    for piece in pieces:
        starts.append(len(parts))
        own = [*piece, *(piece[at : at + 2] for at in range(len(piece) - 1)), f"^{piece}$"]
        parts += [grams.setdefault(gram, len(grams)) for gram in own]
    directions = np.random.default_rng(seed).standard_normal((len(grams), DIMENSIONS), dtype=np.float32)
    bags = (torch.tensor(parts), torch.from_numpy(directions), torch.tensor(starts))
    vectors = torch.nn.functional.normalize(torch.nn.functional.embedding_bag(*bags, mode="sum")).numpy()
    share = np.array(list(pieces.values()), dtype=np.float32) / sum(pieces.values())
    weighted = vectors * (SMOOTHING / (SMOOTHING + share))[:, None]
    return np.concatenate([np.zeros((1, DIMENSIONS), dtype=np.float32), weighted.astype(np.float32)])


def _pairs(texts: list[_Texts]) -> list[tuple[int, str, str]]:
    """Return (document number, way of asking, what belongs to it)."""
    pairs = []
    for number, each in enumerate(texts):
        for question in each.questions:
            others = (other for other in each.questions if other > question)
            pairs += [(number, question, other) for other in (each.title, *each.passages[:2], *others)]
        pairs += [(number, each.title, passage) for passage in each.passages]
    return pairs


def _fit(weights: np.ndarray, tokenizer, pairs: list[tuple[int, str, str]], seed: int) -> np.ndarray:
    """Return ``weights`` after multiple-negatives ranking over ``pairs``, in both directions.

    Only the rows of pieces that occur are trained. Two texts of one document are never each other's negative.
    """
    import torch

    if not pairs:
        return weights
    numbers = torch.tensor([number for number, _, _ in pairs])
    sides = [[encoded.ids for encoded in tokenizer.encode_batch([pair[side] for pair in pairs])] for side in (1, 2)]
    used = np.unique([number for side in sides for ids in side for number in ids])
    table = torch.nn.Parameter(torch.from_numpy(weights[used]))
    position = dict(zip(used.tolist(), range(len(used)), strict=True))
    sides = [[torch.tensor([position[number] for number in ids]) for ids in side] for side in sides]
    optimiser = torch.optim.Adam([table], lr=RATE)
    order = torch.Generator().manual_seed(seed)

    def embed(side, batch):
        rows = [side[at] for at in batch]
        offsets = torch.tensor([0, *np.cumsum([len(row) for row in rows[:-1]])])
        pooled = torch.nn.functional.embedding_bag(torch.cat(rows), table, offsets, mode="mean")
        return torch.nn.functional.normalize(pooled)

    for _ in range(EPOCHS):
        for batch in torch.randperm(len(pairs), generator=order).split(BATCH):
            similarity = SCALE * embed(sides[0], batch.tolist()) @ embed(sides[1], batch.tolist()).T
            same = numbers[batch][:, None] == numbers[batch][None, :]
            similarity = similarity.masked_fill(same & ~torch.eye(len(batch), dtype=torch.bool), -1e4)
            target = torch.arange(len(batch))
            loss = torch.nn.functional.cross_entropy(similarity, target)
            loss = loss + torch.nn.functional.cross_entropy(similarity.T, target)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    trained = weights.copy()
    trained[used] = table.detach().numpy()
    return trained
