"""Which articles are nearly the same: by meaning (vectors of questions and of text) and by characters."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from kb import text

ALIKE = 0.7  # the mean of meaning and characters from which an editor should look; read off our own 399 articles
BY_CHARACTERS = 0.6  # the same where there is no encoder
MOST_BY_CHARACTERS = 2000  # articles; more are compared by their questions alone where there is no encoder
SAME_QUESTION = 0.9  # likeness of two articles that are asked the same
OPENS = 0.55  # what one of the two must reach before the other is measured
BLOCK = 512  # rows of the similarity matrix held at once

Encode = Callable[[list[str]], np.ndarray]


@dataclass(frozen=True)
class Said:
    """An article as it is compared: what it is asked (title first), and what it answers."""

    asked: tuple[str, ...]
    answered: str


@dataclass(frozen=True)
class Alike:
    """Two articles by their keys; ``shared`` are ways of asking that stand in both."""

    first: int
    second: int
    likeness: float
    shared: tuple[str, ...]


def alike(articles: Mapping[int, Said], *, encode: Encode | None) -> list[Alike]:
    """Return the pairs that say nearly the same, or are asked the same, the most alike first."""
    keys = sorted(articles)
    if len(keys) < 2:
        return []
    prints = [_Print.of(articles[key]) for key in keys]
    asked = _asked_in_both(prints)
    candidates = _meant(articles, keys, encode) if encode else _all(len(keys))
    enough = ALIKE if encode else BY_CHARACTERS
    found = {(one, two): _likeness(prints[one], prints[two], meaning) for one, two, meaning in candidates}
    found = {pair: likeness for pair, likeness in found.items() if likeness >= enough}
    found |= {pair: max(SAME_QUESTION, found.get(pair, 0.0)) for pair in asked}
    pairs = [
        Alike(keys[one], keys[two], round(likeness, 3), tuple(asked.get((one, two), ())))
        for (one, two), likeness in found.items()
    ]
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.first, pair.second))


@dataclass(frozen=True)
class _Print:
    """What of an article is compared by characters; ``questions`` by their folded form."""

    title: frozenset[str]
    body: frozenset[str]
    questions: dict[str, str]

    @classmethod
    def of(cls, said: Said) -> "_Print":
        questions = {text.normalise(one).rstrip("?。!"): one for one in said.asked}
        return cls(_bigrams(said.asked[0]), _bigrams(said.answered), questions)


def _all(count: int) -> Iterator[tuple[int, int, None]]:
    if count <= MOST_BY_CHARACTERS:
        yield from ((one, two, None) for one, two in combinations(range(count), 2))


def _meant(articles: Mapping[int, Said], keys: Sequence[int], encode: Encode) -> Iterator[tuple[int, int, float]]:
    """Yield places of pairs whose questions and texts mean much the same, with how much."""
    count = len(keys)
    asked = _means([articles[key].asked for key in keys], encode)
    answered = _means([(articles[key].answered,) for key in keys], encode)
    for start in range(0, count, BLOCK):
        meaning = 0.6 * asked[start : start + BLOCK] @ asked.T + 0.4 * answered[start : start + BLOCK] @ answered.T
        for row, two in zip(*np.nonzero(meaning >= OPENS), strict=True):
            if start + row < two:
                yield int(start + row), int(two), float(meaning[row, two])


def _means(some: Sequence[Sequence[str]], encode: Encode) -> np.ndarray:
    """Return one unit vector an article: the mean of its texts' vectors."""
    vectors = encode([one for texts in some for one in texts])
    ends = np.cumsum([len(texts) for texts in some])
    means = np.stack([part.mean(axis=0) for part in np.split(vectors, ends[:-1])])
    return means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-12)


def _likeness(one: _Print, two: _Print, meaning: float | None) -> float:
    title, body = _dice(one.title, two.title), _dice(one.body, two.body)
    return (title + body) / 2 if meaning is None else (meaning + max(title, body)) / 2


def _bigrams(one: str) -> frozenset[str]:
    folded = "".join(text.RUNS.findall(text.normalise(one)))
    return frozenset(folded[at : at + 2] for at in range(len(folded) - 1))


def _dice(one: frozenset[str], two: frozenset[str]) -> float:
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


def _asked_in_both(prints: Sequence[_Print]) -> dict[tuple[int, int], list[str]]:
    """Return the ways of asking, as the first has them, of each pair of places that shares any."""
    places = defaultdict(list)
    for place, one in enumerate(prints):
        for question in one.questions:
            places[question].append(place)
    found = defaultdict(list)
    for question, some in places.items():
        for one, two in combinations(some, 2):
            found[one, two].append(prints[one].questions[question])
    return found
