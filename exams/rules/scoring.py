"""What share of its marks a response earns, from 0 to 1. Pure: the same key and response give the same share."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from exams.enums import QuestionKind, Scoring

from .responses import blanks, positions

NONE, ALL = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Part:
    """One option of a version, as ``exams.models.Option`` describes it."""

    position: int
    text: str = ""
    is_right: bool = False
    match: str = ""
    blank: int | None = None
    tolerance: Decimal | None = None
    weight: Decimal | None = None
    feedback: str = ""


@dataclass(frozen=True)
class Key:
    """What is right in one slot: its kind, its parts in the bank's order, the order shown, and the scoring rule.

    ``accepted`` are further responses, as bank positions, that were found right in full after the exam.
    """

    kind: str
    parts: tuple[Part, ...]
    order: str
    scoring: str = Scoring.ALL_OR_NOTHING
    accepted: tuple[tuple[int, ...], ...] = ()


def share(key: Key, response: str) -> Fraction:
    """Return the share of the marks that ``response`` earns; an empty one earns none."""
    if not response:
        return NONE
    if key.accepted and _is_accepted(key, response):
        return ALL
    return _BY_KIND[key.kind](key, response)


def _is_accepted(key: Key, response: str) -> bool:
    given = positions(response, key.order)
    if key.kind == QuestionKind.ORDERING:
        return tuple(given) in key.accepted
    if key.kind == QuestionKind.MATCHING:  # a right side that stands there twice is shown once
        matches = {part.position: part.match for part in key.parts}
        return any([matches.get(at) for at in given] == [matches[at] for at in wanted] for wanted in key.accepted)
    return any(set(given) == set(wanted) for wanted in key.accepted)


def _choice(key: Key, response: str) -> Fraction:
    chosen = set(positions(response, key.order))
    right = {part.position for part in key.parts if part.is_right}
    if key.scoring == Scoring.WEIGHTED:
        return _weighted([part.weight for part in key.parts if part.position in chosen], chosen == right)
    if key.kind == QuestionKind.MULTIPLE_CHOICE and key.scoring == Scoring.PARTIAL:
        return Fraction(len(chosen), len(right)) if chosen <= right else NONE
    return ALL if chosen == right else NONE


def _weighted(weights: Sequence[Decimal | None], exact: bool) -> Fraction:
    """Sum the shares in per cent, between none and all; options without shares are right or wrong as a whole."""
    if all(weight is None for weight in weights):
        return ALL if exact else NONE
    total = sum((Fraction(weight or 0) for weight in weights), NONE) / 100
    return min(ALL, max(NONE, total))


def _ordering(key: Key, response: str) -> Fraction:
    given = positions(response, key.order)
    return _parts(key, [part.position == position for part, position in zip(key.parts, given, strict=True)])


def _matching(key: Key, response: str) -> Fraction:
    matches = {part.position: part.match for part in key.parts}
    lefts = [part for part in key.parts if part.text]
    given = positions(response, key.order)
    return _parts(key, [matches.get(chosen) == left.match for left, chosen in zip(lefts, given, strict=True)])


def _fill_in(key: Key, response: str) -> Fraction:
    texts = blanks(response)
    wanted = sorted({part.blank for part in key.parts if part.blank is not None})
    shares = [_best([part for part in key.parts if part.blank == blank], texts, blank, key) for blank in wanted]
    if key.scoring == Scoring.ALL_OR_NOTHING:
        return ALL if all(one == ALL for one in shares) else NONE
    return sum(shares, NONE) / len(shares)


def _best(accepted: Sequence[Part], texts: Sequence[str], blank: int, key: Key) -> Fraction:
    """Return what the text of one blank earns: the best of the spellings it equals."""
    typed = texts[blank] if blank < len(texts) else ""
    earned = [
        min(ALL, max(NONE, Fraction(part.weight) / 100))
        if key.scoring == Scoring.WEIGHTED and part.weight is not None
        else ALL
        for part in accepted
        if same(typed, part)
    ]
    return max(earned, default=NONE)


def same(typed: str, part: Part) -> bool:
    """Say whether a typed text is the accepted one: in any width, case and spacing; a number within its tolerance."""
    if fold(typed) == fold(part.text):
        return bool(fold(typed))
    number, wanted = as_number(typed), as_number(part.text)
    if number is None or wanted is None:
        return False
    return abs(number - wanted) <= (part.tolerance or 0)


def fold(text: str) -> str:
    """Return a text as blanks compare it."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def as_number(text: str) -> Decimal | None:
    """Return the number a text is, or None."""
    try:
        number = Decimal(fold(text).replace("−", "-"))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _parts(key: Key, hits: Sequence[bool]) -> Fraction:
    if key.scoring == Scoring.ALL_OR_NOTHING:
        return ALL if all(hits) else NONE
    return Fraction(sum(hits), len(hits))


_BY_KIND = {
    QuestionKind.TRUE_FALSE: _choice,
    QuestionKind.SINGLE_CHOICE: _choice,
    QuestionKind.MULTIPLE_CHOICE: _choice,
    QuestionKind.ORDERING: _ordering,
    QuestionKind.MATCHING: _matching,
    QuestionKind.FILL_IN: _fill_in,
}


def random_guess(kind: str, parts: Sequence[Part]) -> float | None:
    """Return the share that guessing earns on average, None where it cannot be said; as Moodle's question types do.

    A choice of one: one of its options. A match: one of its right sides. Texts and orders: nothing.
    """
    if kind == QuestionKind.MULTIPLE_CHOICE:
        return None
    if kind in (QuestionKind.TRUE_FALSE, QuestionKind.SINGLE_CHOICE):
        return 1 / len(parts) if parts else None
    if kind == QuestionKind.MATCHING:
        sides = {part.match for part in parts}
        return 1 / len(sides) if sides else None
    return 0.0
