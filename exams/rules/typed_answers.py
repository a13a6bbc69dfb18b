"""Answers typed from an answer sheet: lines such as ``1-10: ABBAB ABCDA``, checked against the paper's slots. Pure.

In a range of questions with one letter each the letters follow each other, with or without spaces; in any other range a
space stands between two answers. ``-`` is no answer. True or false may be typed as √ and ×. The blanks of a fill-in
stand on a line of their own, with ``；`` between them.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from exams.enums import QuestionKind

from .responses import NOTHING, ONE, fits

LINE = re.compile(r"\s*(\d{1,4})\s*(?:[-–—~～至到]\s*(\d{1,4})\s*)?[:：.．、]\s*(.*)")
NO_ANSWER = {"-", "—", "–", "_", "0", "空"}
RIGHT, WRONG = "√✓✔对是TY", "×✗✘错否FXN"
BETWEEN_BLANKS = re.compile(r"\s*[;；|]\s*")


@dataclass(frozen=True)
class TypedSlot:
    """What may be answered: as ``exams.models.PaperSlot``."""

    number: int
    kind: str
    order: str
    width: int


class NotAnAnswer(ValueError):
    """This cannot be the answer to that question."""


def response(typed: str, slot: TypedSlot) -> str:
    """Return what was typed for one slot as a response, "" for no answer.

    :raises NotAnAnswer: it does not fit the question.
    """
    typed = typed.strip()
    if not typed or typed in NO_ANSWER:
        return ""
    if slot.kind == QuestionKind.FILL_IN:
        texts = BETWEEN_BLANKS.split(typed)
        said = json.dumps([*texts, *[""] * (slot.width - len(texts))], ensure_ascii=False)
    else:
        said = "".join(unicodedata.normalize("NFKC", typed).upper().split())
        if slot.kind == QuestionKind.TRUE_FALSE:
            said = _judgement(said)
        if slot.kind == QuestionKind.MULTIPLE_CHOICE:
            said = "".join(sorted(said))
    if not fits(said, kind=slot.kind, order=slot.order, width=slot.width):
        raise NotAnAnswer(typed)
    return said


def _judgement(said: str) -> str:
    if len(said) == 1 and said in RIGHT:
        return "A"
    return "B" if len(said) == 1 and said in WRONG else said


@dataclass(frozen=True)
class Typed:
    """The responses by slot, and in words what could not be read."""

    responses: dict[int, str]
    problems: list


def read(lines: str, singly: Mapping[int, str], slots: Sequence[TypedSlot]) -> Typed:
    """Read lines of answers and answers typed singly; a slot answered in both, and differently, is a problem."""
    known = {slot.number: slot for slot in slots}
    found: dict[int, str] = {}
    problems: list = []
    for number, line in enumerate(lines.splitlines(), 1):
        if line.strip():
            _read_line(number, line, known, found, problems)
    for number, typed in singly.items():
        if number in known and typed.strip():
            _take(found, known[number], typed, problems)
    return Typed({number: said for number, said in sorted(found.items()) if said}, problems)


def _read_line(number: int, line: str, known: Mapping[int, TypedSlot], found: dict[int, str], problems: list) -> None:
    match = LINE.fullmatch(line)
    if not match:
        problems.append(_("Line %(line)s: begin with the question's number, as in “1-10: ABBAB”.") % {"line": number})
        return
    first, last = int(match[1]), int(match[2] or match[1])
    missing = [place for place in range(first, min(last, first + len(known)) + 1) if place not in known]
    if last < first or missing:
        problems.append(_("Line %(line)s: the paper has no such questions.") % {"line": number})
        return
    asked = [known[place] for place in range(first, last + 1)]
    answers = _apart(match[3], asked)
    if len(answers) != len(asked):
        problems.append(
            _("Line %(line)s: %(there)s answers for %(wanted)s questions.")
            % {"line": number, "there": len(answers), "wanted": len(asked)}
        )
        return
    for slot, typed in zip(asked, answers, strict=True):
        _take(found, slot, typed, problems)


def _apart(said: str, asked: Sequence[TypedSlot]) -> list[str]:
    if len(asked) == 1:
        return [said]
    if all(slot.kind in ONE for slot in asked):
        return list("".join(said.split()))
    return said.split()


def _take(found: dict[int, str], slot: TypedSlot, typed: str, problems: list) -> None:
    try:
        said = response(typed, slot)
    except NotAnAnswer:
        problems.append(
            _("Question %(number)s: “%(typed)s” cannot be its answer.") % {"number": slot.number, "typed": typed}
        )
        return
    if found.get(slot.number, said) != said:
        problems.append(_("Question %(number)s is answered twice, and differently.") % {"number": slot.number})
        return
    found[slot.number] = said


def shown(said: str) -> str:
    """Return a response as it would be typed."""
    if not said:
        return NOTHING
    return "；".join(json.loads(said)) if said.startswith("[") else said
