"""What readers give back: one verdict for each item of a file, with its lines and its text as it stood there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from exams.enums import ItemVerdict
from exams.rules.items import Draft, problems
from exams.rules.media import BadMedium, checked

# What no text file and no XML holds (XML 1.0, 2.2).
UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufeff\ufffe\uffff]")
LONGEST_RAW = 200_000  # characters of an item kept to be looked at


class Malformed(ValueError):
    """The file as a whole cannot be read; ``code`` is a key of ``reasons.FILE``, ``line`` where it broke, if known."""

    def __init__(self, code: str, line: int | None = None, where: str = ""):
        super().__init__(f"{code} {where}:{line}")
        self.code, self.line, self.where = code, line, where


@dataclass(frozen=True)
class Reason:
    """Why an item is doubtful or unreadable: a key of ``reasons.ITEM`` and what its words name."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Read:
    """One item of a file: from line ``first`` to ``last`` of ``where`` (a sheet, a file of a package; empty: of all).

    A draft with problems is unreadable, too: nothing can be stored, yet the draft shows how far the reader came.
    """

    first: int
    last: int
    verdict: ItemVerdict
    draft: Draft | None
    raw: str
    why: tuple[Reason, ...] = ()
    where: str = ""


def said(code: str, **params) -> Reason:
    """Return a reason."""
    return Reason(code, params)


def wrong_with(draft: Draft) -> list:
    """Return, in words, why the bank would refuse a draft, its files included."""
    found = problems(draft)
    for medium in draft.media:
        try:
            if checked(medium.content) != medium.content_type:
                found.append(BadMedium(medium.name))
        except BadMedium as bad:
            found += bad.args
    return found


def judged(draft: Draft, *, first: int, last: int, raw: str, doubts: Iterable[Reason] = (), where: str = "") -> Read:
    """Return a draft with the verdict that its problems and the reader's doubts give it."""
    why = tuple(dict.fromkeys(_hashable(doubt) for doubt in doubts))
    reasons = tuple(Reason(code, dict(params)) for code, params in why)
    verdict = ItemVerdict.DOUBTFUL if reasons else ItemVerdict.READ
    if wrong_with(draft):
        verdict = ItemVerdict.UNREADABLE
    return Read(first, last, verdict, draft, raw[:LONGEST_RAW], reasons, where)


def _hashable(reason: Reason) -> tuple:
    return reason.code, tuple(sorted(reason.params.items()))


def unreadable(code: str, *, first: int, last: int, raw: str, where: str = "", **params) -> Read:
    """Return an item that no draft could be made of."""
    return Read(first, last, ItemVerdict.UNREADABLE, None, raw[:LONGEST_RAW], (Reason(code, params),), where)


def skipped(code: str, *, first: int, last: int, raw: str = "", where: str = "", **params) -> Read:
    """Return what is no question and was passed by."""
    return Read(first, last, ItemVerdict.SKIPPED, None, raw[:LONGEST_RAW], (Reason(code, params),), where)


def moved(read: Read, *, where: str) -> Read:
    """Return the item as one of a file inside a package."""
    return replace(read, where=where)


def sayable(text: str) -> str:
    """Return the text with a mark for each character that files cannot hold."""
    return UNSAYABLE.sub("\ufffd", text)
