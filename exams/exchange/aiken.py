"""Aiken: a stem, options that begin with a letter, and a line with the right one. It holds single choice alone."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.sheets.texts import decoded
from exams.enums import QuestionKind
from exams.rules.items import Draft
from exams.rules.responses import LETTERS
from exams.rules.scoring import Part

from .reads import Read, judged, said, sayable, unreadable
from .truth import as_true_false

OPTION = re.compile(r"^\s*([A-Za-z])\s*[.)．、）]\s*(.*)$")
ANSWER = re.compile(r"^\s*ANSWER\s*[:：]\s*(.*?)\s*$", re.IGNORECASE)
BREAK = re.compile(r"\r\n|\r|\n")
HELD = (QuestionKind.SINGLE_CHOICE, QuestionKind.TRUE_FALSE)


@dataclass
class _Open:
    """A question that its answer has not ended yet."""

    first: int = 0
    last: int = 0
    raw: list[str] = field(default_factory=list)
    stem: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)

    def add(self, number: int, line: str) -> None:
        self.first, self.last = self.first or number, number
        self.raw.append(line)

    @property
    def place(self) -> dict:
        return {"first": self.first, "last": self.last, "raw": "\n".join(self.raw)}


def read(data: bytes) -> Iterator[Read]:
    """Yield the questions of an Aiken file.

    :raises core.sheets.faults.Unreadable: it is no text.
    """
    question = _Open()
    for number, line in enumerate(BREAK.split(decoded(data)), 1):
        if not line.strip():
            continue
        if question.options and not OPTION.match(line) and not ANSWER.match(line):
            yield unreadable("no_answer", **question.place)
            question = _Open()
        question.add(number, line)
        if answer := ANSWER.match(line):
            yield _item(question, answer[1])
            question = _Open()
        elif question.stem and (option := OPTION.match(line)) and _is_next(option[1], question):
            question.options.append(option[2].strip())
        else:
            question.stem.append(line.strip())
    if question.raw:
        yield unreadable("no_answer", **question.place)


def _is_next(letter: str, question: _Open) -> bool:
    return LETTERS.find(letter.upper()) == len(question.options)


def _item(question: _Open, answer: str) -> Read:
    right = [LETTERS.find(letter) for letter in re.sub(r"[\s,、，;；]", "", answer.upper())]
    if not question.stem or not question.options:
        return unreadable("no_options", **question.place)
    if not right or any(not 0 <= place < len(question.options) for place in right):
        return unreadable("unknown_choice", choice=answer, **question.place)
    kind = QuestionKind.SINGLE_CHOICE if len(right) == 1 else QuestionKind.MULTIPLE_CHOICE
    parts = [Part(place, text, place in right) for place, text in enumerate(question.options)]
    parts, kind = as_true_false(parts, kind)
    doubts = [said("several_right")] if len(right) > 1 else []
    return judged(Draft(kind=kind, stem="\n".join(question.stem), parts=parts), doubts=doubts, **question.place)


def holds(draft: Draft) -> bool:
    """Say whether Aiken can hold a question: one right option, no picture."""
    return draft.kind in HELD and not draft.media and sum(part.is_right for part in draft.parts) == 1


def write(drafts: Iterable[Draft]) -> bytes:
    """Return an Aiken file of the questions that it can hold."""
    return "\n".join(_written(draft) for draft in drafts if holds(draft)).encode()


def _written(draft: Draft) -> str:
    lines = [_line(draft.stem)]
    lines += [f"{LETTERS[place]}. {_line(part.text)}" for place, part in enumerate(draft.parts[: len(LETTERS)])]
    right = next(place for place, part in enumerate(draft.parts) if part.is_right)
    return "\n".join([*lines, f"ANSWER: {LETTERS[right]}", ""])


def _line(text: str) -> str:
    return " ".join(sayable(text).split())
