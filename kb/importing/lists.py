"""Tables of questions: XLSX or CSV, a head of one or two rows somewhere near the top, merged cells filled down."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from core.sheets import tables
from core.sheets.faults import Unreadable
from core.sheets.tables import Table

HEADER_WITHIN = 30
MOST_ROWS = 5000
COLUMNS = {
    "title": ("标题", "题目", "主题名称", "知识点", "title", "文章"),
    "question": ("问题", "问法", "提问", "常见问题", "question", "咨询内容", "用户问题", "相似问", "问"),
    "answer": ("答案", "回答", "答复", "解答", "标准答案", "回复", "answer", "处置要点", "内容", "答"),
    "source": ("来源", "依据", "出处", "法律依据", "source", "政策依据"),
    "source_date": ("日期", "发布日期", "来源日期", "source_date", "date"),
    "topic": ("主题", "分类", "类别", "topic", "栏目"),
    "calls": ("电话", "拨打", "calls"),
}


@dataclass(frozen=True)
class Row:
    """One line of the list, filled down; ``number`` is its row in ``sheet``."""

    sheet: str
    number: int
    values: dict[str, str]


@dataclass(frozen=True)
class Found:
    """The lines of all sheets that are lists, and sheets that are none."""

    rows: list[Row]
    passed: list[str]


def read(data: bytes) -> Found:
    """Return the lines of every sheet with a column of questions and one of answers.

    :raises Unreadable: no sheet has them, it is no table, a bomb, or too long.
    """
    rows, passed = [], []
    with tables.opened(data) as found:
        for table in found:
            mine = _of_table(table)
            if mine is None:
                passed.append(table.title)
            elif mine or not rows:
                rows += mine
            if len(rows) > MOST_ROWS:
                raise Unreadable("too_long")
            if rows and not table.title:
                break  # a CSV file: the same text again, cut at another delimiter
    if not rows:
        raise Unreadable("no_header" if passed else "no_lines")
    return Found(rows, [name for name in passed if name])


def _of_table(table: Table) -> list[Row] | None:
    head = [[_shown(value) for value in row] for _number, row in islice(table.rows(), HEADER_WITHIN + 1)]
    header = _header(head)
    if header is None:
        return None
    below, places = header
    merges = {name: table.merges(place) for name, place in places.items()}
    rows, held = [], {}
    for number, row in table.rows():
        if number <= below or not any(_shown(value) for value in row):
            continue
        values = {}
        for name, place in places.items():
            value = _shown(row[place]) if place < len(row) else ""
            until, above = held.get(name, (0, ""))
            if number in merges[name]:
                held[name] = merges[name][number], value
            elif not value and number <= until:
                value = above
            values[name] = value
        if len(rows) >= MOST_ROWS:
            raise Unreadable("too_long")
        rows.append(Row(table.title, number, values))
    return rows


def _header(head: list[list[str]]) -> tuple[int, dict[str, int]] | None:
    """Return the number of the head's last row and the place of each column; two rows where only both name enough."""
    for at, row in enumerate(head[:HEADER_WITHIN]):
        below = head[at + 1] if at + 1 < len(head) else []
        both = [
            (below[place] if place < len(below) and below[place] else row[place] if place < len(row) else "")
            for place in range(max(len(row), len(below)))
        ]
        alone, together = _places(row), _places(both)
        if {"question", "answer"} <= alone.keys():
            second = bool(below) and _is_head(below)
            return at + 1 + second, together if second and {"question", "answer"} <= together.keys() else alone
        if {"question", "answer"} <= together.keys():
            return at + 2, together
    return None


def _is_head(row: list[str]) -> bool:
    """Say whether a row below the head belongs to it: several short names of columns, no sentence."""
    filled = [cell for cell in row if cell]
    return len(filled) >= 2 and all(len(cell) <= 8 for cell in filled) and len(_places(row)) >= 2


def _places(row: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for exact in (True, False):
        for place, cell in enumerate(row):
            cell = cell.lower().rstrip("*:：（必填）() ")
            for name, spellings in COLUMNS.items():
                fits = (
                    cell in spellings
                    if exact
                    else len(cell) <= 12 and any(one in cell for one in spellings if len(one) > 1)
                )
                if cell and fits and name not in found and place not in found.values():
                    found[name] = place
    return found


def _shown(value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value.date() if hasattr(value, "date") and callable(value.date) else value).replace("\0", "").strip()


def titles_given(rows: list[Row]) -> bool:
    """Say whether the list names articles, so that lines of one name belong together."""
    return Counter(bool(row.values.get("title")) for row in rows)[True] > 0
