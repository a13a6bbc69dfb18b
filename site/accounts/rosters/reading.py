"""Find the people in a file: the sheet, the row of titles, the lines below it, in batches."""

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from accounts.rules.rosters import cells, columns, lines
from accounts.rules.rosters.columns import Header
from accounts.rules.rosters.lines import Line
from core.sheets.faults import Unreadable
from core.sheets.tables import Row, Table

HEADER_WITHIN = 30  # rows from the top
MAX_LINES = 100_000
ROWS_AT_ONCE = 5000  # after so many rows without a full batch the caller hears from us all the same
NOT_THE_LIST = re.compile(r"示例|样例|样表|例子|说明|须知|字典|example|sample|readme", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """Where the people are: below row ``below`` of ``table``."""

    table: Table
    header: Header
    below: int


def find(tables: list[Table]) -> Found:
    """Return the first table with titles that name and number are found by; examples and instructions come last.

    :raises Unreadable: none has them, or nobody stands below.
    """
    found = [place for table in sorted(tables, key=_is_no_list) if (place := _in_table(table))]
    if not found:
        raise Unreadable("no_header")
    for place in found:
        if any(True for _ in islice(_people(place), 1)):
            return place
    raise Unreadable("no_lines")


def batches(found: Found, *, after: int, size: int, today: date) -> Iterator[list[Line]]:
    """Yield the lines behind row ``after`` in batches of at most ``size``; an empty batch says: still reading.

    :raises Unreadable: the file breaks off, or has more than MAX_LINES lines.
    """
    job = _filled_down(found)
    batch: list[Line] = []
    count = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, row in found.table.rows():
            above = job(number, row)
            if number > found.below and lines.is_line(row, found.header):
                count += 1
                if count > MAX_LINES:
                    raise Unreadable("too_long")
                if number > after:
                    batch.append(lines.read(number, row, found.header, today=today, job=above))
            if len(batch) == size or number % ROWS_AT_ONCE == 0:
                yield batch
                batch = []
    yield batch


def _is_no_list(table: Table) -> bool:
    return bool(NOT_THE_LIST.search(table.title))


def _in_table(table: Table) -> Found | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        head = list(islice(table.rows(), HEADER_WITHIN + 1))
    texts = [[cells.shown(value) for value in row] for _, row in head]
    for place, row in enumerate(texts[:HEADER_WITHIN]):
        below = texts[place + 1] if place + 1 < len(texts) else None
        header = columns.header_of(row, below)
        if header:
            return Found(table, header, head[place + header.rows - 1][0])
    return None


def _people(found: Found) -> Iterator[Row]:
    for number, row in found.table.rows():
        if number > found.below and lines.is_line(row, found.header):
            yield number, row


def _filled_down(found: Found):
    """Return a function from a row to the job in the merged cell that it lies under, or nothing."""
    place = found.header.places.get(columns.JOB)
    merges = found.table.merges(place) if place is not None else {}
    until, text = 0, ""

    def job(number: int, row) -> str:
        nonlocal until, text
        if number in merges:
            until, text = merges[number], cells.text(row[place]) if place < len(row) else ""
        return text if number <= until else ""

    return job
