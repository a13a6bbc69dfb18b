"""Marks, pure and repeatable: the same paper, key and answers give the same score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .breakdown import SlotMark
from .responses import positions
from .scoring import Key, share

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class KeyedSlot:
    """One slot with its key; ``given_to_all`` says that the question was voided and everybody has its marks."""

    number: int
    version: int
    marks: Decimal
    key: Key
    given_to_all: bool = False


@dataclass(frozen=True)
class Score:
    """``score`` of ``full_marks``, and what each slot got."""

    score: Decimal
    full_marks: Decimal
    passed: bool
    slots: tuple[SlotMark, ...]


def grade(*, slots: Sequence[KeyedSlot], answers: Mapping[int, str], pass_mark: int) -> Score:
    """Score ``answers`` (slot number → response, "" for none); pass mark of 100.

    A paper of other full marks is measured in hundredths: 80 of 100 on fifty marks is 40. Shares of a mark are rounded
    to hundredths, halves up.
    """
    marked = tuple(mark(slot, answers.get(slot.number, "")) for slot in slots)
    return summed(marked, pass_mark=pass_mark)


def summed(marked: tuple[SlotMark, ...], *, pass_mark: int) -> Score:
    """Return what marked slots come to."""
    score = sum((one.awarded for one in marked), Decimal(0))
    full = sum((one.marks for one in marked), Decimal(0))
    return Score(score, full, score * 100 >= pass_mark * full, marked)


def mark(slot: KeyedSlot, response: str) -> SlotMark:
    """Return what one slot gets for a response."""
    earned = share(slot.key, response)
    awarded = slot.marks if slot.given_to_all else _rounded(slot.marks, earned)
    return SlotMark(slot.version, slot.number, slot.marks, awarded, bool(response), _bits(slot.key, response))


def _rounded(marks: Decimal, earned) -> Decimal:
    exact = marks * earned.numerator / earned.denominator
    return exact.quantize(HUNDREDTH, ROUND_HALF_UP)


def _bits(key: Key, response: str) -> int:
    """Return the bank positions chosen as bits, for the statistics of options; 0 for blanks."""
    if not key.order or response.startswith("["):
        return 0
    return sum(1 << position for position in set(positions(response, key.order)) if position is not None)
