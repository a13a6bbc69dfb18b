"""Accepted answers of other systems as blanks of ours: several blanks in one answer, wrong answers with a word."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from exams.rules.items import BLANK
from exams.rules.responses import MOST_BLANKS
from exams.rules.scoring import Part

from .reads import Reason, said
from .weights import ALL, NONE, number

BETWEEN = re.compile(r"\s*[；;]\s*")
MOST_SPELLINGS = 20


@dataclass(frozen=True)
class Answer:
    """An answer as a file has it; ``fraction`` in per cent."""

    text: str
    fraction: Decimal = ALL
    feedback: str = ""
    tolerance: Decimal | None = None


def parts_of(answers: Sequence[Answer], stem: str, doubts: list[Reason]) -> tuple[tuple[Part, ...], dict]:
    """Return the accepted spellings as parts, and as extras the answers that earn nothing."""
    good = [answer for answer in answers if answer.fraction > 0]
    shown = len(BLANK.findall(stem))
    rows = [BETWEEN.split(answer.text) for answer in good]
    if any("*" in answer.text for answer in good):
        doubts.append(said("wildcard"))
    if any(answer.fraction != ALL for answer in good):
        doubts.append(said("partly_right"))
    if shown > 1 and good and all(len(row) == shown for row in rows) and shown <= MOST_BLANKS:
        parts = _columns(rows)
    else:
        parts = tuple(
            Part(
                place,
                answer.text,
                blank=0,
                tolerance=answer.tolerance,
                weight=None if answer.fraction == ALL else answer.fraction,
                feedback=answer.feedback,
            )
            for place, answer in enumerate(good)
        )
    bad = [wrong(one.text, one.fraction, one.feedback, one.tolerance) for one in answers if one.fraction <= 0]
    return parts, {"wrong": bad} if bad else {}


def _columns(rows: Sequence[Sequence[str]]) -> tuple[Part, ...]:
    spellings = [
        (blank, text) for blank, column in enumerate(zip(*rows, strict=True)) for text in dict.fromkeys(column)
    ]
    return tuple(Part(place, text, blank=blank) for place, (blank, text) in enumerate(spellings))


def answers_of(parts: Sequence[Part]) -> list[Answer]:
    """Return the answers that parts are written as; several blanks in one answer, each spelling with each."""
    blanks = sorted({part.blank for part in parts if part.blank is not None})
    if len(blanks) < 2:
        return [
            Answer(part.text, ALL if part.weight is None else part.weight, part.feedback, part.tolerance)
            for part in parts
        ]
    columns = [[part.text for part in parts if part.blank == blank] for blank in blanks]
    return [Answer("；".join(row)) for row in itertools.islice(itertools.product(*columns), MOST_SPELLINGS)]


def is_numerical(answers: Sequence[Answer]) -> bool:
    """Say whether all answers are numbers with a tolerance."""
    return bool(answers) and all(
        answer.tolerance is not None and number(answer.text) is not None and answer.tolerance >= NONE
        for answer in answers
    )


def wrong(text: str, fraction: Decimal, feedback: str, tolerance: Decimal | None = None) -> list:
    """Return a wrong answer as extras keep it."""
    return [text, str(fraction), feedback, None if tolerance is None else str(tolerance)]


def wrong_of(extras: Mapping) -> list[Answer]:
    """Return the wrong answers that a question came with; what cannot be one is left out."""
    kept = extras.get("wrong")
    answers = []
    for row in kept if isinstance(kept, list) else ():
        if isinstance(row, list) and len(row) == 4 and all(isinstance(one, (str, type(None))) for one in row):
            text, fraction, feedback, tolerance = row
            share = number(fraction or "")
            margin = None if tolerance is None else number(tolerance)
            if text is not None and feedback is not None and share is not None:
                answers.append(Answer(text, share, feedback, margin))
    return answers
