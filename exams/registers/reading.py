"""Find the certificates in a file: the sheet, the row of titles, the lines below with merged cells filled down."""

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from accounts.rosters.reading import HEADER_WITHIN, MAX_LINES, NOT_THE_LIST
from accounts.rules.rosters import cells
from accounts.rules.rosters.columns import Header
from core.sheets.faults import Unreadable
from core.sheets.tables import Row, Table
from exams.rules.registers import columns, lines
from exams.rules.registers.lines import Line


@dataclass(frozen=True)
class Found:
    """Where the certificates are: below row ``below`` of ``table``."""

    table: Table
    header: Header
    below: int


def find(tables: list[Table]) -> Found:
    """Return the first table with the titles of a register; examples and instructions come last.

    :raises Unreadable: none has them, or nothing stands below.
    """
    in_order = sorted(tables, key=lambda table: bool(NOT_THE_LIST.search(table.title)))
    found = [place for table in in_order if (place := _in_table(table))]
    if not found:
        raise Unreadable("no_header")
    for place in found:
        if any(number > place.below and lines.is_line(row, place.header) for number, row in _rows(place.table)):
            return place
    raise Unreadable("no_lines")


def batches(found: Found, *, after: int, size: int, today: date, operations: Mapping[str, str]) -> Iterator[list[Line]]:
    """Yield the lines behind row ``after`` in batches of at most ``size``.

    :raises Unreadable: the file breaks off, or has more than MAX_LINES lines.
    """
    fill = _filled_down(found)
    batch: list[Line] = []
    count = 0
    for number, row in _rows(found.table):
        above = fill(number, row)
        if number <= found.below or not lines.is_line(row, found.header):
            continue
        count += 1
        if count > MAX_LINES:
            raise Unreadable("too_long")
        if number > after:
            batch.append(lines.read(number, row, found.header, above=above, today=today, operations=operations))
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _rows(table: Table) -> Iterator[Row]:
    with warnings.catch_warnings():  # of styles and dates that do not matter here
        warnings.simplefilter("ignore")
        yield from table.rows()


def _in_table(table: Table) -> Found | None:
    head = list(islice(_rows(table), HEADER_WITHIN + 1))
    texts = [[cells.shown(value) for value in row] for _, row in head]
    for place, row in enumerate(texts[:HEADER_WITHIN]):
        below = texts[place + 1] if place + 1 < len(texts) else []
        if header := columns.header_of(row, below):
            return Found(table, header, head[place + header.rows - 1][0])
    return None


def _filled_down(found: Found):
    """Return a function from a row to the values of the merged cells that it lies under, by column."""
    merges = {
        column: found.table.merges(found.header.places[column])
        for column in columns.DOWNWARD
        if column in found.header.places
    }
    standing: dict[str, tuple[int, Any]] = {}

    def above(number: int, row) -> dict[str, Any]:
        for column, spans in merges.items():
            if number in spans:
                place = found.header.places[column]
                standing[column] = (spans[number], row[place] if place < len(row) else None)
        return {column: value for column, (until, value) in standing.items() if number <= until}

    return above
