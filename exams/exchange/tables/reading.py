"""Read a table of questions: which sheets hold some, where their titles are, and each row below."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from core.sheets import texts
from core.sheets.faults import Unreadable
from core.sheets.tables import Table, opened
from exams.exchange.reads import Malformed, Read, judged, said, skipped, unreadable
from exams.exchange.residue import restored
from exams.rules.items import Draft

from . import columns, kinds, rows
from .cells import raw, text_of
from .columns import Header, header_of

HEADER_WITHIN = 30  # rows from the top
NOT_QUESTIONS = re.compile(r"示例|样例|样表|例子|说明|须知|字典|模板说明|example|sample|readme", re.IGNORECASE)
FILLED_DOWN = (columns.KIND, columns.POINT, columns.DIFFICULTY, columns.SOURCE, columns.CASE_STEM)
UNSAID = ("extras",)


@dataclass
class _Place:
    """A table with its titles: questions stand below row ``below``."""

    table: Table
    header: Header
    below: int


def is_table(data: bytes) -> bool:
    """Say whether a text is a table of questions."""
    try:
        return any(_place(table) for table in texts.tables(data))
    except Unreadable:
        return False


def read(data: bytes) -> Iterator[Read]:
    """Yield the questions of every sheet that has some; sheets without are said.

    :raises Malformed: no sheet has the titles.
    :raises core.sheets.faults.Unreadable: it is no table, or a bomb.
    """
    with opened(data) as tables:
        found = [(table, _place(table)) for table in tables]
        good = [place for table, place in found if place and not table.is_hidden and not _is_example(table)]
        if not good:
            good = [place for table, place in found if place and not table.is_hidden]
        if not good:
            raise Malformed("no_header")
        if not data.startswith(b"PK"):
            good, found = good[:1], []
        for table, place in found:
            if place not in good:
                yield _passed_by(table, place)
        for place in good:
            yield from _questions(place)


def _is_example(table: Table) -> bool:
    return bool(NOT_QUESTIONS.search(table.title))


def _passed_by(table: Table, place: _Place | None) -> Read:
    code = "hidden_sheet" if table.is_hidden else "example_sheet" if place else "no_header"
    head = "\n".join(raw(row) for _, row in islice(table.rows(), HEADER_WITHIN))
    code = code if head.strip() or table.is_hidden else "empty_sheet"
    return skipped(code, first=1, last=max(1, table.estimate), raw=head, where=table.title)


def _place(table: Table) -> _Place | None:
    head = list(islice(table.rows(), HEADER_WITHIN + 1))
    shown = [[text_of(value) for value in row] for _, row in head]
    for place, row in enumerate(shown[:HEADER_WITHIN]):
        header = header_of(row, shown[place + 1] if place + 1 < len(shown) else ())
        if header:
            return _Place(table, header, head[place + header.rows - 1][0])
    return None


def _questions(place: _Place) -> Iterator[Read]:
    pictures = place.table.pictures()
    above = _Merged(place)
    section = kinds.kind_of(place.table.title)
    for number, values in place.table.rows():
        if number <= place.below:
            continue
        texts_of_row = [text_of(value) for value in values]
        merged = above.at(number, values)
        if not any(texts_of_row) or tuple(texts_of_row[: len(place.header.titles)]) == place.header.titles:
            continue
        if heading := kinds.section_of(texts_of_row):
            section = heading
            continue
        yield _item(number, values, place, merged, section, number in pictures)


def _item(number: int, values, place: _Place, merged, section, has_picture: bool) -> Read:
    row = rows.row_of(values, place.header, merged)
    where = {"first": number, "last": number, "raw": raw(values), "where": place.table.title}
    try:
        native = rows.draft_of(row, section)
    except rows.NotHeld as fault:
        draft = restored(_more(values, place.header), None)
        return judged(draft, **where) if draft else unreadable(fault.code, **where, **fault.params)
    draft = restored(_more(values, place.header), native, unsaid=UNSAID)
    doubts = row.doubts if draft.parts == native.parts else []
    if has_picture or row.get(columns.PICTURE) or any("DISPIMG" in str(value) for value in values):
        doubts = [*doubts, said("picture_not_read")]
    return judged(draft, doubts=doubts, **where)


def _more(values, header: Header) -> str:
    """Return our own line, which long ones spread over several cells."""
    first = header.places.get(columns.MORE)
    rest = [column for column, title in header.others.items() if columns.folded(title).startswith("附加数据")]
    places = ([first] if first is not None else []) + sorted(rest)
    return "".join(text_of(values[place]) for place in places if place < len(values))


def native_of(values, header: Header) -> Draft | None:
    """Return what a row says without our own line."""
    try:
        return rows.draft_of(rows.row_of(values, header, {}), None)
    except rows.NotHeld:
        return None


class _Merged:
    """What the merged cells say that a row lies under."""

    def __init__(self, place: _Place):
        known = {name: place.header.places[name] for name in FILLED_DOWN if name in place.header.places}
        self._columns = {name: (column, place.table.merges(column)) for name, column in known.items()}
        self._texts: dict[str, tuple[int, str]] = {}

    def at(self, number: int, values) -> dict[str, str]:
        for name, (column, merges) in self._columns.items():
            if number in merges and column < len(values):
                self._texts[name] = (merges[number], text_of(values[column]))
        return {name: text for name, (last, text) in self._texts.items() if number <= last}
