"""How a paper is drawn from the bank: seeded, so that the same seed and bank give the same paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from exams.enums import QuestionKind

KIND_ORDER = (QuestionKind.TRUE_FALSE, QuestionKind.SINGLE_CHOICE)  # the outline prints judgements first


class BankTooSmall(Exception):
    """A blueprint row asks for more questions than its point has."""

    def __init__(self, point: str, kind: str, wanted: int, there: int):
        super().__init__(f"{point} {kind}: {wanted} wanted, {there} in the bank")
        self.point, self.kind, self.wanted, self.there = point, kind, wanted, there


@dataclass(frozen=True)
class Row:
    """``count`` questions of ``kind`` from ``point``."""

    point: str
    kind: str
    count: int


@dataclass(frozen=True)
class Candidate:
    """A question that may be drawn: its version's key and its number of options."""

    version: int
    options: int


@dataclass(frozen=True)
class Slot:
    """One drawn question; ``order`` gives the bank position behind each shown letter."""

    number: int
    version: int
    kind: str
    order: str


def compose(*, rows: Sequence[Row], bank: Mapping[tuple[str, str], Sequence[Candidate]], seed: int) -> list[Slot]:
    """Draw the paper: true/false first, then single choice, each shuffled; single choice with shuffled options.

    :raises BankTooSmall: a row asks for more than there is.
    """
    random = Random(seed)
    drawn: dict[str, list[Candidate]] = {kind: [] for kind in KIND_ORDER}
    for row in rows:
        pool = bank.get((row.point, row.kind), ())
        if len(pool) < row.count:
            raise BankTooSmall(row.point, row.kind, row.count, len(pool))
        drawn[row.kind] += random.sample(list(pool), row.count)
    slots: list[Slot] = []
    for kind in KIND_ORDER:
        random.shuffle(drawn[kind])
        for question in drawn[kind]:
            slots.append(Slot(len(slots) + 1, question.version, kind, _order(kind, question.options, random)))
    return slots


def _order(kind: str, options: int, random: Random) -> str:
    positions = [str(position) for position in range(options)]
    if kind == QuestionKind.SINGLE_CHOICE:  # true/false keeps 正确, 错误
        random.shuffle(positions)
    return "".join(positions)


LETTERS = "ABCDEFGH"


def shown_letter(order: str, position: int) -> str:
    """Return the letter under which the option at bank ``position`` is shown."""
    return LETTERS[order.index(str(position))]
