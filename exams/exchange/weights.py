"""Shares of the marks as other systems write them, and as ours.

A choice without weights is right or wrong as a whole. Written for Moodle, each right option of several gives its part
of 100 per cent and a wrong one takes all away: nobody passes by ticking everything.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from exams.enums import QuestionKind
from exams.rules.scoring import Part

ALL, NONE = Decimal(100), Decimal(0)
PLACES = Decimal("0.00001")
NEAR = Decimal("0.01")


def share(rights: int) -> Decimal:
    """Return what one of several right options gives."""
    return (ALL / rights).quantize(PLACES) if rights else ALL


def written(kind: str, parts: Sequence[Part]) -> list[Decimal]:
    """Return the fraction of each option of a choice."""
    if any(part.weight is not None for part in parts):
        return [part.weight or NONE for part in parts]
    if kind == QuestionKind.MULTIPLE_CHOICE:
        each = share(sum(part.is_right for part in parts))
        return [each if part.is_right else -ALL for part in parts]
    return [ALL if part.is_right else NONE for part in parts]


def weighed(kind: str, parts: Sequence[Part], fractions: Sequence[Decimal]) -> tuple[Part, ...]:
    """Return the options of a choice with what is right in them, and weights where the usual ones do not do."""
    several = kind == QuestionKind.MULTIPLE_CHOICE
    parts = [
        replace(part, is_right=fraction > 0 if several else fraction == ALL)
        for part, fraction in zip(parts, fractions, strict=True)
    ]
    usual = written(kind, parts)
    if all(abs(one - other) < NEAR for one, other in zip(fractions, usual, strict=True)):
        return tuple(parts)
    return tuple(replace(part, weight=fraction) for part, fraction in zip(parts, fractions, strict=True))


def number(text: str) -> Decimal | None:
    """Return a number of a file, None where it is none or absurd."""
    try:
        found = Decimal(text.strip())
    except ArithmeticError:
        return None
    return found if found.is_finite() and abs(found.adjusted()) < 30 else None


def shown(value: Decimal) -> str:
    """Return a number without an exponent and without zeros that say nothing."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
