"""Rosters as offices make them, built in memory."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook

from accounts.rosters import reading
from accounts.rules.rosters.lines import Line
from core.sheets import tables
from tests.conftest import id_number

TODAY = date(2026, 11, 23)
TITLES = ("序号", "姓名", "身份证号", "手机", "工种")
WANG, LI, ZHAO = id_number(1), id_number(2, "19851224"), id_number(3, "20010101")


def xlsx(rows: Iterable[Sequence[Any]], *, merged: Sequence[str] = (), first: Sequence[Sequence[Any]] = ()) -> bytes:
    """Return a workbook with the rows on its last sheet; ``first`` are the rows of a sheet before it."""
    book = Workbook()
    sheet = book.active
    if first:
        sheet.title = "封面"
        for row in first:
            sheet.append(row)
        sheet = book.create_sheet("人员")
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv(rows: Iterable[Sequence[Any]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Return the rows as CSV."""
    lines = (delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows)
    return "\r\n".join(lines).encode(encoding)


def replaced(data: bytes, part: str, content: bytes) -> bytes:
    """Return the workbook with one part's content exchanged, or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), part}:
            new.writestr(name, content if name == part else old.read(name))
    return target.getvalue()


def part_of(data: bytes, part: str) -> bytes:
    """Return one part of the workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part)


def lines_of(data: bytes, *, after: int = 0, size: int = 1000) -> list[Line]:
    """Return what is read in a file."""
    with tables.opened(data) as found:
        place = reading.find(found)
        return [line for batch in reading.batches(place, after=after, size=size, today=TODAY) for line in batch]


def people(data: bytes) -> list[tuple[int, str, str, str]]:
    """Return row, name, number and job of each line."""
    return [(line.number, line.name, line.id_number, line.job) for line in lines_of(data)]


def codes(data: bytes) -> list[list[str]]:
    """Return the reasons of each line."""
    return [[reason["code"] for reason in line.reasons] for line in lines_of(data)]
