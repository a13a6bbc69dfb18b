"""How a paper is drawn from the bank: seeded, so that the same seed and bank give the same paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from exams.enums import QuestionKind, Scoring

from .responses import PLACES

KIND_ORDER = tuple(QuestionKind)  # the outline prints judgements first, then choices


class BankTooSmall(Exception):
    """A blueprint row asks for more questions than its point has."""

    def __init__(self, point: str, kind: str, wanted: int, there: int):
        super().__init__(f"{point} {kind}: {wanted} wanted, {there} in the bank")
        self.point, self.kind, self.wanted, self.there = point, kind, wanted, there


@dataclass(frozen=True)
class Row:
    """``count`` questions of ``kind`` from ``point``, each with ``marks``."""

    point: str
    kind: str
    count: int
    marks: Decimal = Decimal(1)
    scoring: str = Scoring.ALL_OR_NOTHING


@dataclass(frozen=True)
class Candidate:
    """A question that may be drawn: its version's key, the bank positions it shows, the places an answer has."""

    version: int
    shown: tuple[int, ...]
    width: int = 1


@dataclass(frozen=True)
class Slot:
    """One drawn question; ``order`` gives the bank position behind each shown letter."""

    number: int
    version: int
    kind: str
    order: str
    width: int
    marks: Decimal
    scoring: str


def compose(*, rows: Sequence[Row], bank: Mapping[tuple[str, str], Sequence[Candidate]], seed: int) -> list[Slot]:
    """Draw the paper: kind by kind in the order of the outline, each shuffled; options too, but for true/false.

    :raises BankTooSmall: a row asks for more than there is.
    """
    random = Random(seed)
    drawn: dict[str, list[tuple[Row, Candidate]]] = {kind: [] for kind in KIND_ORDER}
    for row in rows:
        pool = bank.get((row.point, row.kind), ())
        if len(pool) < row.count:
            raise BankTooSmall(row.point, row.kind, row.count, len(pool))
        drawn[row.kind] += [(row, question) for question in random.sample(list(pool), row.count)]
    slots: list[Slot] = []
    for kind in KIND_ORDER:
        random.shuffle(drawn[kind])
        for row, question in drawn[kind]:
            order = _order(kind, question.shown, random)
            slots.append(Slot(len(slots) + 1, question.version, kind, order, question.width, row.marks, row.scoring))
    return slots


def _order(kind: str, shown: Sequence[int], random: Random) -> str:
    positions = list(shown)
    if kind != QuestionKind.TRUE_FALSE:  # keeps 正确, 错误
        random.shuffle(positions)
    if kind == QuestionKind.ORDERING and len(positions) > 1 and positions == list(shown):
        positions = positions[1:] + positions[:1]  # the right order is never the one shown
    return "".join(PLACES[position] for position in positions)
