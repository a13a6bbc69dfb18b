"""A question outside the database: what authors type, files hold and exchange formats carry. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from exams.enums import QuestionKind

from .responses import LETTERS, MOST_BLANKS
from .scoring import Part

TRUE_FALSE = ("正确", "错误")
CODE, CASE_CODE = re.compile(r"[-a-zA-Z0-9_]{0,60}"), re.compile(r"[-a-zA-Z0-9_]{0,50}")
LONGEST = {"title": 200, "source": 300, "stem": 10_000, "case_stem": 10_000, "explanation": 10_000}
LONGEST_OPTION = 500
BLANK = re.compile(r"_{2,}")  # how a stem shows a blank to fill in
FEWEST = {QuestionKind.SINGLE_CHOICE: 3, QuestionKind.MULTIPLE_CHOICE: 3, QuestionKind.ORDERING: 3}


@dataclass(frozen=True)
class Medium:
    """A picture or short film of a stem."""

    name: str
    content_type: str
    content: bytes
    alt: str = ""


@dataclass(frozen=True)
class Draft:
    """A question as written. ``parts`` are as ``exams.models.Option`` describes them, positions from 0 upwards.

    ``point`` is a knowledge point's code; ``case`` and ``case_stem`` name the situation it asks about; ``extras`` keeps
    what an exchange format says beyond these fields, so that exporting gives it back.
    """

    kind: str
    stem: str
    parts: tuple[Part, ...]
    explanation: str = ""
    source: str = ""
    code: str = ""
    title: str = ""
    point: str = ""
    difficulty: int = 3
    case: str = ""
    case_stem: str = ""
    case_position: int | None = None
    media: tuple[Medium, ...] = ()
    extras: Mapping[str, object] = field(default_factory=dict)


def problems(draft: Draft) -> list:
    """Return, in words, why a draft cannot be a question; empty where it can."""
    return list(_problems(draft))


def _problems(draft: Draft) -> Iterator:
    if not draft.stem.strip() and not draft.media:
        yield _("The stem is empty.")
    if draft.kind not in set(QuestionKind):
        yield _("This kind of question is not known.")
        return
    yield from _limits(draft)
    if not draft.parts:
        yield _("There are no options.")
        return
    if [part.position for part in draft.parts] != list(range(len(draft.parts))):
        yield _("The options are not numbered in order.")
    if len(draft.parts) > len(LETTERS) and draft.kind != QuestionKind.FILL_IN:
        yield _("A question has at most %(most)s options.") % {"most": len(LETTERS)}
    yield from _CHECKS[draft.kind](draft)


def _limits(draft: Draft) -> Iterator:
    """Say what no column takes."""
    if not CODE.fullmatch(draft.code.strip()) or not CASE_CODE.fullmatch(draft.case.strip()):
        yield _("A code has letters, digits, - and _ only, at most 60 of them, of a case at most 50.")
    if draft.difficulty not in range(1, 6):
        yield _("Difficulty is a number from 1 to 5.")
    texts = [getattr(draft, name) for name in LONGEST]
    if any(len(text.strip()) > most for text, most in zip(texts, LONGEST.values(), strict=True)):
        yield _("A text is too long.")
    options = [text for part in draft.parts for text in (part.text, part.match)]
    if any(len(text.strip()) > LONGEST_OPTION for text in options):
        yield _("An option has at most %(most)s characters.") % {"most": LONGEST_OPTION}
    if any("\x00" in text for text in (*texts, *options, *(part.feedback for part in draft.parts))):
        yield _("A text holds a character that cannot be stored.")
    if any(part.weight is not None and not -100 <= part.weight <= 100 for part in draft.parts):
        yield _("The share of an option is between -100 and 100 per cent.")
    if any(part.tolerance is not None and not 0 <= part.tolerance < 1_000_000 for part in draft.parts):
        yield _("A tolerance is a number below a million.")


def _choice(draft: Draft) -> Iterator:
    texts = [part.text.strip() for part in draft.parts]
    right = sum(part.is_right for part in draft.parts)
    if not all(texts):
        yield _("An option is empty.")
    if len(set(texts)) < len(texts):
        yield _("Two options are the same.")
    if draft.kind == QuestionKind.TRUE_FALSE and len(texts) != len(TRUE_FALSE):
        yield _("True or false has two options.")
    if len(texts) < FEWEST.get(draft.kind, 2):
        yield _("There are too few options.")
    if draft.kind == QuestionKind.MULTIPLE_CHOICE:
        if not right >= 1:
            yield _("No option is right.")
    elif right != 1:
        yield _("Exactly one option is right.")


def _fill_in(draft: Draft) -> Iterator:
    blanks = {part.blank for part in draft.parts}
    if None in blanks or blanks != set(range(len(blanks))):
        yield _("Each accepted answer belongs to a blank, counted from the first.")
        return
    if len(blanks) > MOST_BLANKS:
        yield _("There are too many blanks.")
    shown = len(BLANK.findall(draft.stem))
    if shown and shown != len(blanks):
        yield _("The stem shows %(shown)s blanks, the key has %(keyed)s.") % {"shown": shown, "keyed": len(blanks)}
    if not all(part.text.strip() for part in draft.parts):
        yield _("An accepted answer is empty.")


def _ordering(draft: Draft) -> Iterator:
    texts = [part.text.strip() for part in draft.parts]
    if not all(texts) or len(set(texts)) < len(texts):
        yield _("A step is empty or stands there twice.")
    if len(texts) < FEWEST[QuestionKind.ORDERING]:
        yield _("There are too few steps.")


def _matching(draft: Draft) -> Iterator:
    lefts = [part.text.strip() for part in draft.parts if part.text.strip()]
    if len(lefts) < 2 or len(set(lefts)) < len(lefts):
        yield _("A match needs at least two different left sides.")
    if not all(part.match.strip() for part in draft.parts):
        yield _("A right side is empty.")
    if len({part.match.strip() for part in draft.parts}) < 2:
        yield _("A match needs at least two different right sides.")


_CHECKS = {
    QuestionKind.TRUE_FALSE: _choice,
    QuestionKind.SINGLE_CHOICE: _choice,
    QuestionKind.MULTIPLE_CHOICE: _choice,
    QuestionKind.FILL_IN: _fill_in,
    QuestionKind.ORDERING: _ordering,
    QuestionKind.MATCHING: _matching,
}
