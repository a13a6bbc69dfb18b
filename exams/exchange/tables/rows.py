"""One row of a table as a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exams.enums import QuestionKind
from exams.exchange.reads import Reason, said
from exams.exchange.truth import as_true_false, truth_of
from exams.rules.items import CASE_CODE, CODE, TRUE_FALSE, Draft
from exams.rules.scoring import Part

from . import columns, keys, kinds, options
from .cells import is_date, text_of
from .columns import Header
from .levels import level_of

LONGEST_CODE_OF_DIGITS = 6  # such a "code" is the number of a row, not of a question


class NotHeld(ValueError):
    """The row is no question of ours; ``code`` is a key of ``reasons.ITEM``."""

    def __init__(self, code: str, **params):
        super().__init__(code)
        self.code, self.params = code, params


@dataclass
class Row:
    """The texts of a row by what they are, and the doubts that reading it raised."""

    texts: Mapping[str, str]
    options: list[str]
    doubts: list[Reason] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return the text of a column, empty where the table has none."""
        return self.texts.get(name, "")


def row_of(values: Sequence[Any], header: Header, above: Mapping[str, str]) -> Row:
    """Return a row; ``above`` has what merged cells say that it lies under."""
    texts = {name: text_of(values[place]) for name, place in header.places.items() if place < len(values)}
    texts |= {name: text for name, text in above.items() if not texts.get(name)}
    letters = range(max(header.options, default=-1) + 1)
    cells = [_at(values, header.options.get(one)) for one in letters]
    row = Row(texts, [options.without_mark(text_of(cell), place) for place, cell in enumerate(cells)])
    while row.options and not row.options[-1]:
        row.options.pop()
    for cell in (*cells, _at(values, header.places[columns.ANSWER])):
        if is_date(cell):
            row.doubts.append(said("date_in_cell", text=text_of(cell)))
    return row


def _at(values: Sequence[Any], place: int | None) -> Any:
    return values[place] if place is not None and place < len(values) else None


def draft_of(row: Row, kind: str | None) -> Draft:
    """Return what a row says; ``kind`` is that of its section or sheet, where it names none itself.

    :raises NotHeld: it is no question that the bank holds.
    """
    stem, label = options.without_number(row.get(columns.STEM))
    named = row.get(columns.KIND)
    kind = kinds.kind_of(named) or kinds.kind_of(label) or kind
    if not stem:
        raise NotHeld("no_stem")
    if not row.options:
        stem = _options_elsewhere(row, stem)
    if kind == kinds.OPEN and not row.options:
        raise NotHeld("not_held", kind=named or label)
    answer = row.get(columns.ANSWER)
    if not answer and kind not in (QuestionKind.MATCHING, QuestionKind.ORDERING):
        raise NotHeld("no_answer")
    kind = _kind(row, kind, answer)
    parts, stem, kind = _READERS[kind](row, answer, stem, kind)
    difficulty = _difficulty(row)
    code = row.get(columns.CODE)
    case = row.get(columns.CASE)
    place = row.get(columns.CASE_PLACE)
    return Draft(
        kind=kind,
        stem=stem,
        parts=tuple(parts),
        explanation=row.get(columns.EXPLANATION),
        source=row.get(columns.SOURCE),
        code=code if CODE.fullmatch(code) and not _is_number_of_row(code) else "",
        title=row.get(columns.TITLE),
        point=row.get(columns.POINT),
        difficulty=difficulty,
        case=case if CASE_CODE.fullmatch(case) else "",
        case_stem=row.get(columns.CASE_STEM) if CASE_CODE.fullmatch(case) else "",
        case_position=int(place) if case and place.isdecimal() else None,
        extras={"marks": row.get(columns.MARKS)} if row.get(columns.MARKS) else {},
    )


def _is_number_of_row(code: str) -> bool:
    return code.isdecimal() and len(code) <= LONGEST_CODE_OF_DIGITS


def _options_elsewhere(row: Row, stem: str) -> str:
    """Look for the options in one cell, else at the end of the stem; return the stem without them."""
    if cell := row.get(columns.OPTIONS):
        row.options, sure = options.split(cell)
        if not sure:
            row.doubts.append(said("options_unclear"))
        return stem
    stem, row.options = options.out_of_stem(stem)
    return stem


def _difficulty(row: Row) -> int:
    text, facility = row.get(columns.DIFFICULTY), row.get(columns.FACILITY)
    level = level_of(facility, is_facility=True) if facility else level_of(text)
    if level is None and (text or facility):
        row.doubts.append(said("difficulty_unclear", text=text or facility))
    return level or 3


def _kind(row: Row, kind: str | None, answer: str) -> str:
    """Return the kind; where nothing names it, what options and answer make of it."""
    if kind in _READERS:
        return kind
    if row.options:
        right = keys.choice(answer, row.options)
        guessed = QuestionKind.MULTIPLE_CHOICE if right and len(right) > 1 else QuestionKind.SINGLE_CHOICE
    elif truth_of(answer) is not None and kind != kinds.CHOICE:
        guessed = QuestionKind.TRUE_FALSE
    elif kind == kinds.CHOICE:
        raise NotHeld("no_options")
    else:
        guessed = QuestionKind.FILL_IN
    if kind != kinds.CHOICE and guessed == QuestionKind.FILL_IN:
        row.doubts.append(said("kind_guessed", kind=str(guessed.label)))
    return guessed


Answer = tuple[Sequence[Part], str, str]


def _choice(row: Row, answer: str, stem: str, kind: str) -> Answer:
    if not row.options:
        raise NotHeld("no_options")
    right = keys.choice(answer, row.options)
    if right is None and truth_of(answer) is not None:
        right = [place for place, text in enumerate(row.options) if truth_of(text) is truth_of(answer)] or None
    if right is None:
        raise NotHeld("key_unclear", answer=answer[:80])
    if kind == QuestionKind.SINGLE_CHOICE and len(right) > 1:
        kind = QuestionKind.MULTIPLE_CHOICE
        row.doubts.append(said("several_right"))
    if kind == QuestionKind.MULTIPLE_CHOICE and len(right) == 1:
        row.doubts.append(said("one_right"))
    chosen = [(text, place in right) for place, text in enumerate(row.options) if text]
    parts = tuple(Part(place, text, is_right) for place, (text, is_right) in enumerate(chosen))
    parts, kind = as_true_false(parts, kind)
    return parts, stem, kind


def _true_false(row: Row, answer: str, stem: str, kind: str) -> Answer:
    said_so = [truth_of(text) for text in row.options]
    if sorted(map(str, said_so)) == ["False", "True"]:
        return _choice(row, answer, stem, QuestionKind.SINGLE_CHOICE)
    truth = truth_of(answer)
    if truth is None and answer.strip().upper() in ("A", "B"):
        truth = answer.strip().upper() == "A"
        row.doubts.append(said("letter_for_truth"))
    if truth is None:
        raise NotHeld("key_unclear", answer=answer[:80])
    return [Part(place, text, truth is (place == 0)) for place, text in enumerate(TRUE_FALSE)], stem, kind


def _fill_in(row: Row, answer: str, stem: str, kind: str) -> Answer:
    parts, stem, sure = keys.blanks(answer, stem)
    if not sure:
        row.doubts.append(said("blanks_unclear"))
    return parts, stem, kind


def _ordering(row: Row, answer: str, stem: str, kind: str) -> Answer:
    steps = [text for text in row.options if text]
    places = keys.order(answer, len(steps)) if answer else list(range(len(steps)))
    if places is None:
        raise NotHeld("order_incomplete")
    return [Part(place, steps[source]) for place, source in enumerate(places)], stem, kind


def _matching(row: Row, answer: str, stem: str, kind: str) -> Answer:
    pairs = [keys.pair(text) for text in row.options if text]
    return [Part(place, left, match=right) for place, (left, right) in enumerate(pairs)], stem, kind


_READERS = {
    QuestionKind.TRUE_FALSE: _true_false,
    QuestionKind.SINGLE_CHOICE: _choice,
    QuestionKind.MULTIPLE_CHOICE: _choice,
    QuestionKind.FILL_IN: _fill_in,
    QuestionKind.ORDERING: _ordering,
    QuestionKind.MATCHING: _matching,
}
