"""Moodle's embedded answers: a text with ``{1:SHORTANSWER:=10~=十}`` in it is a fill-in with several blanks."""

import re
from collections.abc import Sequence
from decimal import Decimal

from exams.exchange import weights
from exams.rules.items import BLANK
from exams.rules.responses import MOST_BLANKS
from exams.rules.scoring import Part

GAP = "____"
CODE = re.compile(r"\{(\d*):([A-Z_]+):((?:\\.|[^\\}])*)\}", re.DOTALL)
ESCAPED = re.compile(r"\\([\\}#~/\"=%:*])")
SPECIAL = re.compile(r"[\\}#~/\"]")
TEXTS = ("SHORTANSWER", "SA", "MW")
NUMBERS = ("NUMERICAL", "NM")
SHARE = re.compile(r"%(-?\d+(?:\.\d+)?)%|=")


class NotSimple(ValueError):
    """It has parts that are no blanks."""


def read(text: str) -> tuple[str, tuple[Part, ...], dict]:
    """Return stem, parts and extras.

    :raises NotSimple: choices inside, no blank at all, or too many.
    """
    codes = list(CODE.finditer(text))
    if not codes or len(codes) > MOST_BLANKS:
        raise NotSimple
    parts: list[Part] = []
    for blank, code in enumerate(codes):
        for answer in _answers(code[3]):
            parts.append(_part(len(parts), blank, code[2], answer))
    marks = [code[1] or "1" for code in codes]
    return CODE.sub(GAP, text), tuple(parts), {"cloze": marks} if set(marks) != {"1"} else {}


def _answers(body: str) -> list[str]:
    return [piece for piece in re.split(r"(?<!\\)~", body) if piece.strip()]


def _part(position: int, blank: int, type: str, answer: str) -> Part:
    found = SHARE.match(answer)
    share = (Decimal(found[1]) if found[1] else weights.ALL) if found else weights.NONE
    if share <= 0 or type not in (*TEXTS, *NUMBERS):
        raise NotSimple
    text, _, feedback = _parted(answer[found.end() :])
    tolerance = None
    if type in NUMBERS:
        text, colon, margin = text.partition(":")
        tolerance = weights.number(margin) if colon else Decimal(0)
        if weights.number(text) is None or tolerance is None or tolerance < 0:
            raise NotSimple
    weight = None if share == weights.ALL else share
    return Part(position, _plain(text), blank=blank, tolerance=tolerance, weight=weight, feedback=_plain(feedback))


def _parted(text: str) -> tuple[str, str, str]:
    found = re.search(r"(?<!\\)#", text)
    return (text[: found.start()], "#", text[found.end() :]) if found else (text, "", "")


def _plain(text: str) -> str:
    return ESCAPED.sub(r"\1", text)


def _escaped(text: str) -> str:
    return SPECIAL.sub(lambda found: "\\" + found[0], text)


def written(stem: str, parts: Sequence[Part], marks) -> str:
    """Return a stem with the answers in its gaps; where it shows none, they stand at its end."""
    blanks = sorted({part.blank for part in parts if part.blank is not None})
    usable = isinstance(marks, list) and len(marks) == len(blanks) and all(str(mark).isdecimal() for mark in marks)
    codes = [
        _code([part for part in parts if part.blank == blank], str(marks[place]) if usable else "1")
        for place, blank in enumerate(blanks)
    ]
    if len(BLANK.findall(stem)) != len(codes):
        return f"{stem}\n{' '.join(codes)}"
    waiting = iter(codes)
    return BLANK.sub(lambda _: next(waiting), stem)


def _code(parts: Sequence[Part], mark: str) -> str:
    numerical = all(part.tolerance is not None and weights.number(part.text) is not None for part in parts)
    answers = "~".join(_answer(part, numerical) for part in parts)
    return f"{{{mark}:{'NUMERICAL' if numerical else 'SHORTANSWER'}:{answers}}}"


def _answer(part: Part, numerical: bool) -> str:
    sign = "=" if part.weight is None else f"%{weights.shown(part.weight)}%"
    margin = f":{weights.shown(part.tolerance)}" if numerical else ""
    return sign + _escaped(part.text) + margin + (f"#{_escaped(part.feedback)}" if part.feedback else "")
