"""The format of the question files in ``exams/content``, one knowledge point a file (docs/content.md). Pure."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from exams.enums import QuestionKind

from .items import TRUE_FALSE, Draft
from .responses import LETTERS
from .scoring import Part

RESERVED_OF_256 = 64  # about a quarter of a bank is never shown outside an exam


class BadBank(ValueError):
    """A question file cannot be loaded; says which question and why, and nothing of it is stored."""


@dataclass(frozen=True)
class FileRow:
    """A question of a file and the day on which its text was last held against the law."""

    draft: Draft
    reviewed: date


def rows_of(data: Mapping) -> Iterator[FileRow]:
    """Yield the questions of a loaded file, those of a case one after the other.

    :raises BadBank: a question lacks a key or has one of another form.
    """
    for entry in data["questions"]:
        if "case" not in entry:
            yield _row(entry)
            continue
        for place, row in enumerate(entry["questions"]):
            yield _row(row, case=str(entry["case"]), case_stem=str(entry["stem"]), case_position=place)


def is_reserved(draft: Draft) -> bool:
    """Say whether a shipped question is kept for exams: by its code, so always alike; a case as a whole."""
    return hashlib.sha256((draft.case or draft.code).encode()).digest()[0] < RESERVED_OF_256


def _row(row: Mapping, **case) -> FileRow:
    try:
        draft = Draft(
            kind=row["kind"],
            stem=str(row["stem"]),
            parts=_PARTS[row["kind"]](row),
            explanation=str(row["explanation"]),
            source=str(row["source"]),
            code=str(row["id"]),
            difficulty=row.get("difficulty", 3),
            **case,
        )
        return FileRow(draft, row["reviewed"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadBank(f"{row.get('id')}: kind, options and answer do not fit together ({error!r})") from error


def _true_false(row: Mapping) -> tuple[Part, ...]:
    if not isinstance(row["answer"], bool):
        raise TypeError("answer is true or false")
    return tuple(Part(place, text, row["answer"] == (place == 0)) for place, text in enumerate(TRUE_FALSE))


def _choice(row: Mapping) -> tuple[Part, ...]:
    options = [str(option) for option in row["options"]]
    right = [LETTERS.index(letter) for letter in str(row["answer"])]
    if max(right) >= len(options):
        raise ValueError("the answer names no option")
    return tuple(Part(place, text, place in right) for place, text in enumerate(options))


def _fill_in(row: Mapping) -> tuple[Part, ...]:
    accepted = [(blank, str(text)) for blank, texts in enumerate(row["answer"]) for text in texts]
    return tuple(Part(place, text, blank=blank) for place, (blank, text) in enumerate(accepted))


def _ordering(row: Mapping) -> tuple[Part, ...]:
    return tuple(Part(place, str(text)) for place, text in enumerate(row["items"]))


def _matching(row: Mapping) -> tuple[Part, ...]:
    pairs = [(str(left), str(right)) for left, right in row["pairs"]]
    pairs += [("", str(right)) for right in row.get("extra", ())]
    return tuple(Part(place, left, match=right) for place, (left, right) in enumerate(pairs))


_PARTS = {
    QuestionKind.TRUE_FALSE: _true_false,
    QuestionKind.SINGLE_CHOICE: _choice,
    QuestionKind.MULTIPLE_CHOICE: _choice,
    QuestionKind.FILL_IN: _fill_in,
    QuestionKind.ORDERING: _ordering,
    QuestionKind.MATCHING: _matching,
}
