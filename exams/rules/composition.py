"""How a paper is drawn from the bank: the same seed, bank and times drawn give the same paper, on every machine. Pure.

Chance comes from ``Random.random`` alone, the one sequence that Python promises never to change for a seed. ``METHOD``
is raised with every change that gives another paper for the same seed.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from exams.enums import QuestionKind

from .blueprints import Bank, Candidate, Plan
from .pools import Pool
from .responses import PLACES
from .selection import Chosen, choose
from .shortages import BankTooSmall, shortages

METHOD = 1
KIND_ORDER = tuple(QuestionKind)  # the outline prints judgements first, then choices


@dataclass(frozen=True)
class Slot:
    """One drawn question; ``order`` gives the bank position behind each shown letter."""

    number: int
    question: int
    version: int
    kind: str
    order: str
    width: int
    marks: Decimal
    scoring: str


class Composer:
    """Draws paper after paper from one bank.

    ``times_drawn`` (by question) is counted on with every paper, so that a batch uses its questions evenly.
    """

    def __init__(self, plan: Plan, bank: Bank, times_drawn: Mapping[int, int] | None = None):
        self.plan, self.bank = plan, bank
        self.pool = Pool(plan, bank)
        self.places = {one.question: place for place, one in enumerate(bank.candidates)}
        in_cases = [one.question for whole in self.pool.wholes for one in whole.members]
        self.in_play = sorted({*self.pool.single, *in_cases}, key=self.places.__getitem__)
        given = times_drawn or {}
        self.times_drawn = {question: given.get(question, 0) for question in self.in_play}

    def paper(self, seed: int) -> list[Slot]:
        """Draw one: kind by kind in the order of the outline, cases last.

        :raises BankTooSmall: the bank cannot fill the blueprint; says why.
        """
        random = Random(seed)
        before = self.times_drawn if self.plan.evens_exposure else dict.fromkeys(self.in_play, 0)
        priority = {question: before[question] + random.random() for question in self.in_play}
        chosen = choose(self.pool, priority, random)
        if chosen is None:
            raise BankTooSmall(shortages(self.plan, self.bank))
        slots = self._print(chosen, random)
        for slot in slots:
            self.times_drawn[slot.question] += 1
        return slots

    def _print(self, chosen: Chosen, random: Random) -> list[Slot]:
        singles = self._arranged(chosen.singles, random, lambda pair: self.places[pair[1].question])
        by_kind = sorted(singles, key=lambda pair: KIND_ORDER.index(pair[1].kind))
        wholes = self._arranged(chosen.wholes, random, lambda pair: self.places[pair[1].members[0].question])
        in_cases = [(row, one) for row, whole in wholes for one in whole.members]
        return [self._slot(number, row, one, random) for number, (row, one) in enumerate([*by_kind, *in_cases], 1)]

    def _arranged(self, pairs: Sequence[tuple], random: Random, place) -> list[tuple]:
        in_order = sorted(pairs, key=place)
        return shuffled(in_order, random) if self.plan.shuffles_questions else in_order

    def _slot(self, number: int, row: int, one: Candidate, random: Random) -> Slot:
        wanted = self.plan.rows[row]
        order = _order(one, random, shuffles=self.plan.shuffles_options)
        return Slot(number, one.question, one.version, one.kind, order, one.width, wanted.marks, wanted.scoring)


def compose(*, plan: Plan, bank: Bank, seed: int, times_drawn: Mapping[int, int] | None = None) -> list[Slot]:
    """Draw one paper.

    :raises BankTooSmall: the bank cannot fill the blueprint; says why.
    """
    return Composer(plan, bank, times_drawn).paper(seed)


def shuffled(things: Iterable, random: Random) -> list:
    """Return things in random order (Fisher and Yates)."""
    mixed = list(things)
    for last in range(len(mixed) - 1, 0, -1):
        other = int(random.random() * (last + 1))
        mixed[last], mixed[other] = mixed[other], mixed[last]
    return mixed


def _order(one: Candidate, random: Random, *, shuffles: bool) -> str:
    """Return the bank positions as shown. Steps and matches are always mixed: their bank order is the key."""
    positions = list(one.shown)
    if one.kind in (QuestionKind.ORDERING, QuestionKind.MATCHING):
        positions = shuffled(positions, random if shuffles else Random(one.version))
    elif shuffles and one.kind != QuestionKind.TRUE_FALSE:  # keeps 正确, 错误
        positions = shuffled(positions, random)
    if one.kind == QuestionKind.ORDERING and len(positions) > 1 and positions == list(one.shown):
        positions = positions[1:] + positions[:1]  # the right order is never the one shown
    return "".join(PLACES[position] for position in positions)


def sheets_digest(sheets: Iterable[Sequence[Slot]]) -> str:
    """Return the SHA-256 (hex) of papers as drawn."""
    said = [
        [[one.number, one.version, one.kind, one.order, one.width, f"{one.marks:.2f}", one.scoring] for one in sheet]
        for sheet in sheets
    ]
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()
