"""XLSX, read as a stream: values only, sizes checked before anything is unpacked, no entities, no more than needed."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from zlib import error as zlib_error

from .faults import Unreadable
from .tables import Row, Table

MAX_PARTS = 1000
MAX_UNPACKED = 100_000_000
MAX_BESIDE_SHEETS = 30_000_000  # what openpyxl holds in memory: shared strings, styles
MAX_COLUMNS, MAX_ROW = 60, 1_048_576
PIECE = 1 << 20
# What zipfile and its decompressors raise on archives that are broken, locked or made by methods unknown to them.
DAMAGED = (zipfile.BadZipFile, zlib_error, NotImplementedError, RuntimeError, OSError, ValueError, EOFError)
HEAD = 4096
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # LZMA lets the file choose how much memory is taken
MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
LONGEST_TAG = 200
DRAWING = re.compile(rb'Target="[^"]*?(drawings/drawing\d+\.xml)"')
ANCHOR, ROW = b"from>", re.compile(rb"<(?:\w+:)?row>(\d{1,7})<")
ANCHOR_LENGTH = 2000


def check(data: bytes) -> None:
    """Check what the archive says about itself; ``zipfile`` never unpacks more than that.

    :raises Unreadable: it is no workbook, a bomb, or brings a document type of its own.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if not any(part.filename.lower() == "xl/workbook.xml" for part in parts):
                raise Unreadable("type")
            _check_sizes(parts)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_head(archive, part)
    except DAMAGED as error:
        raise Unreadable("damaged") from error


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    beside = sum(part.file_size for part in parts if not part.filename.lower().startswith("xl/worksheets/"))
    if (
        len(parts) > MAX_PARTS
        or sum(part.file_size for part in parts) > MAX_UNPACKED
        or beside > MAX_BESIDE_SHEETS
        or any(part.compress_type not in METHODS for part in parts)
    ):
        raise Unreadable("unpacked")


def _check_head(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as file:
        head = file.read(HEAD).replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Unreadable("damaged")


@contextmanager
def opened(data: bytes) -> Iterator[list[Table]]:
    """Open a checked workbook.

    :raises Unreadable: it is damaged.
    """
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():  # of styles and extensions that do not matter here
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # whatever openpyxl stumbles over
        raise Unreadable("damaged") from error
    try:
        yield [_table(data, sheet) for sheet in book.worksheets]
    finally:
        book.close()


def _table(data: bytes, sheet) -> Table:
    estimate = sheet.max_row or 0
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    return Table(
        sheet.title,
        partial(_rows, sheet),
        min(estimate, MAX_ROW),
        partial(_merges, data, sheet),
        partial(_pictures, data, sheet),
        sheet.sheet_state != "visible",
    )


def _rows(sheet) -> Iterator[Row]:
    try:
        for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
            if number > MAX_ROW:
                raise Unreadable("damaged")
            yield number, row
    except Unreadable:
        raise
    except Exception as error:  # whatever openpyxl stumbles over
        raise Unreadable("damaged") from error


def _merges(data: bytes, sheet, place: int) -> dict[int, int]:
    """Return first and last rows of the column's merged cells; they stand behind the cells in the sheet's XML."""
    from openpyxl.utils import column_index_from_string as index

    found: dict[int, int] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(sheet._worksheet_path) as file:
        rest = b""
        while piece := file.read(PIECE):
            window = rest + piece
            for left, top, right, bottom in MERGE.findall(window):
                if index(left.decode()) - 1 <= place <= index(right.decode()) - 1 and int(bottom) > int(top):
                    found[int(top)] = int(bottom)
            rest = window[-LONGEST_TAG:]
    return found


def _pictures(data: bytes, sheet) -> frozenset[int]:
    """Return the rows at which pictures begin; a sheet names its drawing, the drawing the cells."""
    folder, _, name = sheet._worksheet_path.rpartition("/")
    found: set[int] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = set(archive.namelist())
        related = f"{folder}/_rels/{name}.rels"
        drawings = DRAWING.findall(archive.read(related)) if related in parts else []
        for part in (f"xl/{drawing.decode()}" for drawing in drawings):
            for anchor in archive.read(part).split(ANCHOR)[1::2] if part in parts else ():
                found |= _row_of(anchor)
    return frozenset(found)


def _row_of(anchor: bytes) -> set[int]:
    """Return the row that an anchor begins at."""
    row = ROW.search(anchor, 0, ANCHOR_LENGTH)
    return {int(row[1]) + 1} if row else set()
