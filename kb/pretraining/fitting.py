"""The bundled encoder's weights: multiple-negatives ranking over public pairs (needs torch)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from kb import contrast, encoder

from .public import Source
from .tokenizer import cut_without

SIZES = (256, 128, 64)  # leading dimensions that must do by themselves
EPOCHS = 3
BATCH = 1024
SMALLEST_BATCH = 64
RATE = 2e-2
LONGEST = 192  # pieces of a text that are looked at
SPREAD = 0.1  # of the first, random vectors
SMOOTHING = 3e-4  # first weight of a piece = a / (a + p(piece)), Arora et al. 2017
RAREST_PIECE = 3  # times in the pairs, below which a piece means what its parts mean
LESSON = 1.0  # weight of the teacher's losses


@dataclass(frozen=True)
class _Prepared:
    """A source with its texts as pieces; equal texts have equal numbers. ``lessons``: a vector a pair, or None."""

    left: contrast.Bags
    right: contrast.Bags
    numbers: tuple[np.ndarray, np.ndarray]
    lessons: torch.Tensor | None


def fit(
    tokenizer,
    sources: tuple[Source, ...],
    *,
    lessons: dict[str, np.ndarray],
    tell: Callable[[str], object],
    seed: int = 1,
) -> np.ndarray:
    """Return one vector per piece (pieces × 256, float32; the unknown piece zero). ``tell`` hears the losses."""
    prepared = [_prepare(tokenizer, source, lessons.get(source.name)) for source in sources]
    table = torch.nn.Parameter(_initial(tokenizer, prepared, seed))
    optimiser = torch.optim.Adam([table], lr=RATE)
    order = np.random.default_rng(seed)
    epochs = [list(_batches(prepared, order)) for _ in range(EPOCHS)]
    total = sum(map(len, epochs))
    slower = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 1 - step / total)
    for epoch, batches in enumerate(epochs, start=1):
        losses = []
        for source, batch in batches:
            loss = _loss(table, source, batch)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            slower.step()
            losses.append(loss.item())
        tell(f"epoch {epoch} of {EPOCHS}: loss {np.mean(losses):.3f}")
    weights = table.detach().numpy()
    weights[encoder.UNKNOWN] = 0
    _compose_unseen(tokenizer, weights, _counts(tokenizer, prepared))
    return weights


def _prepare(tokenizer, source: Source, lessons: np.ndarray | None) -> _Prepared:
    sides, numbers = [], []
    for texts in (source.left, source.right):
        distinct = {item: at for at, item in enumerate(dict.fromkeys(texts))}
        cut = tokenizer.encode_batch_fast(list(distinct), add_special_tokens=False)
        pieces = [each.ids[:LONGEST] or [encoder.UNKNOWN] for each in cut]
        numbers.append(np.array([distinct[item] for item in texts]))
        sides.append(contrast.Bags([pieces[at] for at in numbers[-1]]))
    return _Prepared(*sides, tuple(numbers), None if lessons is None else torch.from_numpy(lessons))


def _counts(tokenizer, prepared: list[_Prepared]) -> np.ndarray:
    """Return how often each piece occurs."""
    size = tokenizer.get_vocab_size()
    return sum(side.counts(size) for source in prepared for side in (source.left, source.right))


def _compose_unseen(tokenizer, weights: np.ndarray, counts: np.ndarray) -> None:
    """Give each piece that occurs too seldom to have learnt anything the mean of the pieces it would be cut into."""
    rare = {tokenizer.id_to_token(at) for at in np.flatnonzero(counts < RAREST_PIECE) if at != encoder.UNKNOWN}
    without = cut_without(tokenizer, rare)
    for piece in rare:
        parts = [tokenizer.token_to_id(part) for part in without.encode(piece, add_special_tokens=False).tokens]
        known = [part for part in parts if part is not None]
        weights[tokenizer.token_to_id(piece)] = weights[known].mean(axis=0) if known else 0


def _initial(tokenizer, prepared: list[_Prepared], seed: int) -> torch.Tensor:
    """Return random vectors, shorter the more common the piece is."""
    counts = _counts(tokenizer, prepared)
    weights = SMOOTHING / (SMOOTHING + counts / counts.sum())
    vectors = np.random.default_rng(seed).standard_normal((len(counts), SIZES[0])) * SPREAD * weights[:, None]
    return torch.from_numpy(vectors.astype(np.float32))


def _batches(prepared: list[_Prepared], order: np.random.Generator) -> Iterator[tuple[_Prepared, np.ndarray]]:
    """Yield (source, pairs) in random order; a batch is of one source, else the source would give the answer away."""
    batches = []
    for source in prepared:
        shuffled = order.permutation(len(source.left))
        cut = (shuffled[at : at + BATCH] for at in range(0, len(shuffled), BATCH))
        batches += [(source, batch) for batch in cut if len(batch) >= SMALLEST_BATCH]
    yield from (batches[at] for at in order.permutation(len(batches)))


def _loss(table: torch.Tensor, source: _Prepared, batch: np.ndarray) -> torch.Tensor:
    left, right = source.left.pooled(table, batch), source.right.pooled(table, batch)
    same = contrast.equal(source.numbers[0][batch]) | contrast.equal(source.numbers[1][batch])
    loss = contrast.ranking_loss(left, right, same, SIZES)
    if source.lessons is None:
        return loss
    return loss + LESSON * sum(_lesson_loss(side, source.lessons[batch]) for side in (left, right))


def _lesson_loss(vectors: torch.Tensor, lessons: torch.Tensor) -> torch.Tensor:
    """Return how far the vectors are from the teacher's, and their similarities from the teacher's."""
    taught = lessons.any(axis=1)
    vectors, lessons = functional.normalize(vectors[taught]), lessons[taught]
    if not len(lessons):
        return vectors.new_zeros(())
    apart = 1 - (vectors * lessons).sum(axis=1).mean()
    return apart + functional.mse_loss(vectors @ vectors.T, lessons @ lessons.T)
