"""What is improbable in a sitting. Pure; a hint for a person to look at, and never more than that.

**Identical wrong answers** follow the error-similarity analysis of Bellezza & Bellezza (1989, Teaching of Psychology
16): of the questions that both of a pair got wrong, how many did they get wrong in the same way? Two who work alone
agree on version v with probability p(v) = Σ q(k)², where q(k) is the share of wrong answer k among all wrong answers
to v in the sitting. The number of agreements is then a sum of independent trials with these probabilities; its upper
tail is computed exactly. Questions with one wrong answer (true or false) carry no evidence and are left out, ability
cancels out because only common errors are compared, and a pair's own answers stay in the shares, which errs on the
side of the candidates. With N pairs, a pair is shown where its tail is below ``FALSE_ALARMS`` / N (Bonferroni): fewer
than one sitting in a hundred shows a pair by chance alone.

**Speed** is taken from when answers arrived. What came in one request counts as one, for a browser that was offline
sends everything at once; so does an answer changed later, which only makes a candidate look slower.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

FALSE_ALARMS = 0.01
FEWEST_COMMON = 5
RUN = 20  # answers in a row
SECONDS_EACH = 1.5  # nobody reads a question in less


@dataclass(frozen=True)
class Pair:
    """Two attempts, by their places in what was given; of ``common`` errors ``same`` were the same."""

    one: int
    other: int
    common: int
    same: int
    expected: float
    chance: float  # of at least so many


def similar_pairs(wrong: np.ndarray) -> list[Pair]:
    """Return the improbable pairs, the least probable first.

    :param wrong: int64, a row an attempt, a column a version: a number for each kind of wrong answer, 0 for a right
        one, none at all, or a version the attempt does not have.
    """
    chance = np.array([_agreement(column) for column in wrong.T])
    informative = chance < 1
    wrong, chance = wrong[:, informative], chance[informative]
    people = len(wrong)
    pairs = people * (people - 1) // 2
    found = []
    for one in range(people - 1):
        rest = wrong[one + 1 :]
        common = (rest > 0) & (wrong[one] > 0)
        same = (common & (rest == wrong[one])).sum(axis=1)
        expected = common @ chance
        spread = np.sqrt(common @ (chance * (1 - chance)))
        for at in np.flatnonzero((same > expected + 2 * spread) & (common.sum(axis=1) >= FEWEST_COMMON)):
            tail = upper_tail(chance[common[at]], int(same[at]))
            if tail * pairs < FALSE_ALARMS:
                number = int(common[at].sum())
                found.append(Pair(one, one + 1 + int(at), number, int(same[at]), float(expected[at]), tail))
    return sorted(found, key=lambda pair: pair.chance)


def _agreement(column: np.ndarray) -> float:
    """Return the probability that two wrong answers to a version are the same; 1 where all are."""
    _, counts = np.unique(column[column > 0], return_counts=True)
    return float(((counts / counts.sum()) ** 2).sum()) if len(counts) else 1.0


def upper_tail(chances: Sequence[float], at_least: int) -> float:
    """Return the probability of ``at_least`` successes in independent trials with these ``chances``."""
    spread = np.zeros(len(chances) + 1)
    spread[0] = 1.0
    for chance in chances:
        spread[1:] = spread[1:] * (1 - chance) + spread[:-1] * chance
        spread[0] *= 1 - chance
    return float(spread[at_least:].sum())


@dataclass(frozen=True)
class Rush:
    """The fastest run of ``RUN`` answers of an attempt, in seconds, and the share of it that was right."""

    seconds: float
    right: float


def rush(saved: Mapping[int, datetime], right: Mapping[int, bool]) -> Rush | None:
    """Return the fastest run where it is faster than anybody reads, else None; both map slots."""
    first_in_request = {moment: slot for slot, moment in sorted(saved.items(), reverse=True)}
    moments = sorted(first_in_request)
    runs = [
        ((moments[end] - moments[end - RUN + 1]).total_seconds(), end - RUN + 1) for end in range(RUN - 1, len(moments))
    ]
    if not runs or min(runs)[0] >= SECONDS_EACH * (RUN - 1):
        return None
    seconds, start = min(runs)
    slots = [first_in_request[moment] for moment in moments[start : start + RUN]]
    return Rush(seconds, sum(bool(right.get(slot)) for slot in slots) / RUN)
