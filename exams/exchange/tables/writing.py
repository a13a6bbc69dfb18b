"""Write a table of questions in one clean layout, and the empty one to fill in."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from core.spreadsheets import neutral
from exams.enums import QuestionKind
from exams.exchange.reads import sayable
from exams.exchange.residue import residue
from exams.rules.items import Draft
from exams.rules.responses import LETTERS

from .columns import header_of
from .reading import native_of

BEFORE = ("编码", "题型", "题干")
BEHIND = ("答案", "解析", "知识点", "难度", "来源", "标题", "案例编码", "案例题干", "案例中的序号", "图片")
MORE = "附加数据"
FEWEST_OPTIONS = 4
LONGEST_CELL = 30_000
KINDS = {
    QuestionKind.TRUE_FALSE: "判断题",
    QuestionKind.SINGLE_CHOICE: "单选题",
    QuestionKind.MULTIPLE_CHOICE: "多选题",
    QuestionKind.FILL_IN: "填空题",
    QuestionKind.ORDERING: "排序题",
    QuestionKind.MATCHING: "匹配题",
}
WIDTHS = {"题干": 60, "解析": 40, "案例题干": 40}


def write_xlsx(drafts: Iterable[Draft]) -> bytes:
    """Return a workbook."""
    return _workbook(list(_lines(list(drafts))))


def write_csv(drafts: Iterable[Draft]) -> bytes:
    """Return a CSV file in UTF-8 with a byte order mark, by which Excel reads the Chinese."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows(_lines(list(drafts)))
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def template() -> bytes:
    """Return a workbook with the titles, one example of each kind on a sheet of its own, and a word on each column."""
    from .example import EXAMPLES, NOTES

    titles = _titles(FEWEST_OPTIONS + 2, 0)
    return _workbook([titles], {"示例": list(_lines(EXAMPLES)), "填写说明": NOTES}, title="试题")


def _workbook(lines: Sequence[Sequence[Any]], others: dict | None = None, title: str = "试题") -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, rows in {title: lines, **(others or {})}.items():
        sheet = book.create_sheet(name)
        for place, column in enumerate(rows[0] if rows else ()):
            sheet.column_dimensions[_letter(place)].width = WIDTHS.get(column, 14)
        sheet.freeze_panes = "A2"
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(place + 1)


def _titles(options: int, more: int) -> list[str]:
    named = [f"选项{LETTERS[place]}" for place in range(options)]
    return [*BEFORE, *named, *BEHIND, MORE, *(f"{MORE}{place}" for place in range(2, more + 1))]


def _lines(drafts: Sequence[Draft]) -> Iterator[list]:
    options = max([FEWEST_OPTIONS, *(len(_options(draft)) for draft in drafts)])
    titles = _titles(options, 1)
    header = header_of(titles)
    rows = []
    for draft in drafts:
        row = [_cell(value) for value in _row(draft, options)]
        line = residue(replace(draft, media=()), native_of(row, header))
        rows.append((row, [line[at : at + LONGEST_CELL] for at in range(0, len(line), LONGEST_CELL)]))
    yield _titles(options, max((len(more) for _, more in rows), default=1))
    for row, more in rows:
        yield [*row, *more]


def _cell(value: Any) -> Any:
    """Return a value as a cell that is no formula and that every spreadsheet can hold."""
    if not isinstance(value, str):
        return value
    return neutral(sayable(value.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST_CELL])


def _row(draft: Draft, options: int) -> list:
    shown = _options(draft)
    return [
        draft.code,
        KINDS.get(draft.kind, draft.kind),
        draft.stem,
        *shown,
        *[""] * (options - len(shown)),
        _answer(draft),
        draft.explanation,
        draft.point,
        draft.difficulty,
        draft.source,
        draft.title,
        draft.case,
        draft.case_stem,
        draft.case_position,
        "、".join(medium.name for medium in draft.media),
    ]


def _options(draft: Draft) -> list[str]:
    if draft.kind in (QuestionKind.TRUE_FALSE, QuestionKind.FILL_IN):
        return []
    if draft.kind == QuestionKind.MATCHING:
        texts = [f"{part.text} → {part.match}" for part in draft.parts]
    else:
        texts = [part.text for part in draft.parts]
    return texts[: len(LETTERS)]


def _answer(draft: Draft) -> str:
    if draft.kind == QuestionKind.TRUE_FALSE:
        return "正确" if draft.parts and draft.parts[0].is_right else "错误"
    if draft.kind == QuestionKind.FILL_IN:
        blanks = sorted({part.blank for part in draft.parts if part.blank is not None})
        return "；".join("|".join(part.text for part in draft.parts if part.blank == blank) for blank in blanks)
    letters = LETTERS[: len(draft.parts)]
    if draft.kind == QuestionKind.ORDERING:
        return letters
    if draft.kind == QuestionKind.MATCHING:
        return "见选项"
    return "".join(letter for letter, part in zip(letters, draft.parts, strict=False) if part.is_right)
