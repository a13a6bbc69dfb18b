"""Different numbers for the same thing: precise rather than many."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from .quantities import Quantity

ALIKE = 0.55  # so much of the weight of the shorter sentence's words must stand in the other one, too
LEAST_SHARED = 2  # words of both sentences, one of them beside the numbers
MOST_PLACES = 300  # a word beside more numbers of one measure opens no comparison
MOST_COMMON = 0.08  # words in more of the articles than this tell little


@dataclass(frozen=True)
class Conflict:
    """Two sentences of two articles, by their keys, that give different numbers for the same thing."""

    first: int
    second: int
    said_first: str
    said_second: str
    shown_first: str
    shown_second: str
    likeness: float


def conflicts(articles: Mapping[int, Sequence[Quantity]]) -> list[Conflict]:
    """Return the pairs of sentences that cannot both hold, the surest first; a pair of articles may have several.

    Where either article also gives the other's number for the same thing, they do not contradict each other: one
    names several cases.
    """
    weights = _weights(articles)
    found = []
    for (one, a), (two, b) in _candidates(articles, weights):
        likeness = _likeness(a, b, weights)
        if likeness and not a.agrees(b) and not _reconciled(a, b, articles[one], articles[two], weights):
            found.append(Conflict(one, two, a.said, b.said, a.shown, b.shown, round(likeness, 3)))
    found.sort(key=lambda each: (-each.likeness, each.first, each.second))
    once = {(each.first, each.second, each.said_first, each.said_second): each for each in reversed(found)}
    return list(once.values())[::-1]


def _weights(articles: Mapping[int, Sequence[Quantity]]) -> dict[str, float]:
    """Return how much each word tells: rare ones more."""
    count = Counter(word for some in articles.values() for word in frozenset().union(*(each.far for each in some)))
    most = max(2, MOST_COMMON * len(articles))
    return {word: math.log(1 + len(articles) / times) * (1 if times <= most else 0.3) for word, times in count.items()}


def _candidates(articles, weights):
    """Yield pairs of numbers of one measure in two articles that share a word beside them."""
    by_word = defaultdict(list)
    for key, some in articles.items():
        for at, each in enumerate(some):
            for word in each.near:
                by_word[each.measure, word].append((key, at))
    pairs = set()
    for places in by_word.values():
        if len(places) <= MOST_PLACES:
            pairs.update((min(one, two), max(one, two)) for one, two in combinations(places, 2) if one[0] != two[0])
    for one, two in sorted(pairs):
        yield (one[0], articles[one[0]][one[1]]), (two[0], articles[two[0]][two[1]])


def _likeness(a: Quantity, b: Quantity, weights: Mapping[str, float]) -> float:
    """Return how surely both measure the same thing, 0 where it is not sure enough."""
    shared = a.far & b.far
    if len(shared) < LEAST_SHARED:
        return 0.0
    shorter = min(_weight(a.far, weights), _weight(b.far, weights))
    likeness = _weight(shared, weights) / shorter if shorter else 0.0
    return likeness if likeness >= ALIKE else 0.0


def _weight(some: frozenset[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(word, 0.0) for word in some)


def _reconciled(a: Quantity, b: Quantity, of_a, of_b, weights) -> bool:
    """Say whether either article gives the other's number, too, for something like it."""

    def also(some: Sequence[Quantity], own: Quantity, number: Quantity) -> bool:
        same = (each for each in some if each.measure == number.measure and each.agrees(number))
        return any(each.near & number.near or each.said == own.said for each in same)

    return also(of_a, a, b) or also(of_b, b, a)
