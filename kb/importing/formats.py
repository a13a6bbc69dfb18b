"""Which format a file has, by its beginning and its name, and the way through its reader to pieces."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from core.sheets.faults import Unreadable
from core.sheets.tables import OLE
from core.sheets.texts import decoded
from core.sheets.workbooks import DAMAGED

from . import cutting, docx, html, lists, markdown, pdf
from .blocks import Lost

MAX_BYTES = 20_000_000
NAMES = {
    ".htm": "html",
    ".html": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "markdown",
    ".csv": "list",
}


@dataclass(frozen=True)
class Cut:
    """What became of a file."""

    pieces: list[cutting.Piece]
    lost: list[Lost]


def detect(data: bytes, filename: str) -> str:
    """Return docx, pdf, html, markdown or list.

    :raises Unreadable: it is empty, too large, or none of these.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("empty")
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large")
    if data.startswith(OLE):
        raise Unreadable("old_office")
    if data.lstrip()[:5] == b"%PDF-":
        return "pdf"
    if data.startswith(b"PK"):
        return _of_archive(data)
    text = decoded(data)
    start = text[:2000].lower()
    suffix = PurePath(filename.lower()).suffix
    if suffix not in (".md", ".markdown", ".csv") and any(
        mark in start for mark in ("<!doctype html", "<html", "<body", "<div", "<section", "<p>")
    ):
        return "html"
    return NAMES.get(suffix, "markdown")


def _of_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {part.filename.lower() for part in archive.infolist()}
    except DAMAGED as error:
        raise Unreadable("damaged") from error
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "list"
    raise Unreadable("type")


def cut(data: bytes, *, format: str, name: str) -> Cut:
    """Return the pieces of a file; ``name`` titles what has no title of its own.

    :raises Unreadable: see the reader of the format; or nothing stands in it.
    """
    if format == "list":
        found = lists.read(data)
        return _whole(cutting.cut_list(found), [Lost("sheets", 1, title) for title in found.passed])
    reader = {"docx": docx, "pdf": pdf, "html": html, "markdown": markdown}[format]
    reading = reader.read(data)
    return _whole(cutting.cut(reading, name=name), reading.lost)


def _whole(pieces: list[cutting.Piece], lost: list[Lost]) -> Cut:
    if not pieces:
        raise Unreadable("nothing")
    if len(pieces) > cutting.MOST_PIECES:
        raise Unreadable("too_many")
    return Cut(pieces, lost)
