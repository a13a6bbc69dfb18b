"""What stands between the braces of GIFT."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from exams.enums import ItemVerdict, QuestionKind
from exams.exchange import fills, weights
from exams.exchange.reads import said
from exams.exchange.texts import AUTO, Texts
from exams.exchange.truth import as_true_false
from exams.rules.items import TRUE_FALSE
from exams.rules.scoring import Part

from .grammar import cut, masked, parted, unescaped

UNREADABLE = ItemVerdict.UNREADABLE
WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d*)?)%")
ORDER = re.compile(
    r">\s*(\d*)\s*(ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG)?\s*(HORIZONTAL|HORI|H|1|VERTICAL|VERT|V|0)?\s*"
    r"(ALL_OR_NOTHING|ABSOLUTE_POSITION|ABSOLUTE|ABS|RELATIVE[A-Z_]*|REL|LONGEST_[A-Z_]*)?[ \t]*"
    r"(?:SHOW|HIDE|TRUE|FALSE|YES|NO)?[ \t]*(?:\n|$)"
)
USUAL_ORDER = ["ALL", "VERTICAL", "ALL_OR_NOTHING"]
TRUES, FALSES = ("T", "TRUE"), ("F", "FALSE")
Answers = tuple[str, tuple[Part, ...], dict]


class NotAnswers(ValueError):
    """Not of a kind that the bank holds, or not GIFT; ``code`` is a key of ``reasons.ITEM``."""

    def __init__(self, code: str, **params):
        super().__init__(code)
        self.code, self.params = code, params


def read(body: str, texts: Texts, format: str, stem: str) -> Answers:
    """Return kind, parts and extras.

    :raises NotAnswers: as its code says.
    """
    from .reading import taken

    def take(name: str, text: str) -> str:
        return taken(texts, name, text, format)

    mask = masked(body)
    if not body:
        raise NotAnswers("essay")
    if order := ORDER.match(body):
        return _ordering(body[order.end() :], order, take)
    if body.startswith("#"):
        return _numerical(body[1:], take)
    if "~" in mask:
        return _choice(body, texts, take)
    pieces = cut(body, "=")
    if "=" in mask and all("->" in masked(piece) for _, piece in pieces):
        return _matching(pieces, take)
    truth = parted(body, "#")[0].strip()
    if truth in (*TRUES, *FALSES):
        return _true_false(body, take)
    return _short(pieces, texts, take, stem)


def _choice(body: str, texts: Texts, take: Callable) -> Answers:
    pieces = cut(body, "~=")
    several = all(sign != "=" for sign, _ in pieces)
    parts, fractions = [], []
    for place, (sign, piece) in enumerate(pieces):
        weight, text = (weights.ALL, piece) if sign == "=" else _weight(piece, weights.NONE)
        answer, feedback = parted(text, "#")
        parts.append(_part(place, take, answer, feedback))
        fractions.append(weight)
    if sum(sign == "=" for sign, _ in pieces) > 1:
        several, fractions = True, []
        texts.doubts.append(said("several_right"))
    kind = QuestionKind.MULTIPLE_CHOICE if several else QuestionKind.SINGLE_CHOICE
    if not fractions:
        rights = [replace(part, is_right=sign == "=") for part, (sign, _) in zip(parts, pieces, strict=True)]
        return kind, tuple(rights), {}
    parts, kind = as_true_false(weights.weighed(kind, parts, fractions), kind)
    return kind, parts, {}


def _part(place: int, take: Callable, answer: str, feedback: str | None, **more) -> Part:
    text = take(f"text.{place}", answer)
    return Part(place, text, feedback=take(f"feedback.{place}", feedback) if feedback else "", **more)


def _weight(piece: str, otherwise: Decimal) -> tuple[Decimal, str]:
    piece = piece.strip()
    found = WEIGHT.match(piece)
    return (Decimal(found[1]), piece[found.end() :]) if found else (otherwise, piece)


def _matching(pieces, take: Callable) -> Answers:
    parts = []
    for place, (_, piece) in enumerate(pieces):
        left, right = parted(piece, "->")
        parts.append(Part(place, take(f"text.{place}", left), match=unescaped(right or "")))
    return QuestionKind.MATCHING, tuple(parts), {}


def _true_false(body: str, take: Callable) -> Answers:
    truth, rest = parted(body, "#")
    wrong, right = parted(rest or "", "#")
    rights = [truth.strip() in TRUES, truth.strip() in FALSES]
    parts = [
        Part(
            place,
            TRUE_FALSE[place],
            is_right,
            feedback=take(f"feedback.{place}", right or "") if is_right else take(f"feedback.{place}", wrong),
        )
        for place, is_right in enumerate(rights)
    ]
    return QuestionKind.TRUE_FALSE, tuple(parts), {}


def _short(pieces, texts: Texts, take: Callable, stem: str) -> Answers:
    accepted = []
    for place, (_, piece) in enumerate(pieces):
        weight, text = _weight(piece, weights.ALL)
        answer, feedback = parted(text, "#")
        taken_feedback = take(f"feedback.{place}", feedback) if feedback else ""
        accepted.append(fills.Answer(_plain(answer), weight, taken_feedback))
    parts, more = fills.parts_of(accepted, stem, texts.doubts)
    return QuestionKind.FILL_IN, parts, more


def _plain(answer: str) -> str:
    from .reading import marked

    return unescaped(marked(answer, AUTO)[0])


def _numerical(body: str, take: Callable) -> Answers:
    body, wrong = parted(body, "~")
    accepted = []
    for place, (_, piece) in enumerate(cut(body, "=")):
        weight, text = _weight(piece, weights.ALL)
        answer, feedback = parted(text, "#")
        number, tolerance = _number(answer)
        accepted.append(
            fills.Answer(number, weight, take(f"feedback.{place}", feedback) if feedback else "", tolerance)
        )
    if not accepted:
        raise NotAnswers("no_number")
    parts, more = fills.parts_of(accepted, "", [])
    if wrong is not None:
        feedback = parted(wrong, "#")[1]
        more.setdefault("wrong", []).append(fills.wrong("*", weights.NONE, take("feedback.wrong", feedback or "")))
    return QuestionKind.FILL_IN, parts, more


def _number(answer: str) -> tuple[str, Decimal]:
    """Return a number and how far from it an answer may be; ``5:0.5`` and ``4.5..5.5`` are the same."""
    low, dots, high = unescaped(answer).partition("..")
    if dots:
        least, most = weights.number(low), weights.number(high)
        if least is None or most is None or most < least:
            raise NotAnswers("no_number")
        return weights.shown((least + most) / 2), (most - least) / 2
    text, colon, tolerance = unescaped(answer).partition(":")
    margin = weights.number(tolerance) if colon else Decimal(0)
    if weights.number(text) is None or margin is None or margin < 0:
        raise NotAnswers("no_number")
    return text.strip(), margin


def _ordering(body: str, order: re.Match, take: Callable) -> Answers:
    lines = [line for line in body.split("\n") if line.strip()]
    parts = tuple(Part(place, take(f"text.{place}", line)) for place, line in enumerate(lines))
    said_so = [order[2] or "ALL", order[3] or "VERTICAL", order[4] or "ALL_OR_NOTHING"]
    count = order[1] if order[1] not in ("", str(len(lines))) else ""
    more = {"ordering": [count, *said_so]} if count or said_so != USUAL_ORDER else {}
    return QuestionKind.ORDERING, parts, more
