"""DOCX, of Word and WPS: headings by style, numbered and bulleted lists, tables; sizes checked before unpacking."""

import io
import zipfile

from core.sheets.faults import Unreadable
from core.sheets.workbooks import DAMAGED, HEAD, METHODS

from .blocks import Kind, Reading, table

MAX_PARTS = 2000
MAX_UNPACKED = 100_000_000
MAX_TEXT_PART = 30_000_000  # what becomes a tree in memory
MEDIA = ("word/media/", "word/embeddings/")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HIDDEN = {f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}instrText", f"{W}delText"}
NOT_READ = {"drawing": "pictures", "pict": "pictures", "object": "objects", "txbxContent": "boxes",
            "footnoteReference": "notes", "endnoteReference": "notes", "oMath": "formulas"}  # fmt: skip
BULLETS = {"bullet", "none"}


def check(data: bytes) -> None:
    """Check what the archive says about itself.

    :raises Unreadable: it is no Word file, a bomb, or brings a document type of its own.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if not any(part.filename == "word/document.xml" for part in parts):
                raise Unreadable("type")
            texts = [part for part in parts if not part.filename.startswith(MEDIA)]
            if (
                len(parts) > MAX_PARTS
                or sum(part.file_size for part in parts) > MAX_UNPACKED
                or sum(part.file_size for part in texts) > MAX_TEXT_PART
                or any(part.compress_type not in METHODS for part in parts)
            ):
                raise Unreadable("unpacked")
            if any(part.flag_bits & 0x1 for part in parts):
                raise Unreadable("locked")
            for part in texts:
                _check_head(archive, part)
    except DAMAGED as error:
        raise Unreadable("damaged") from error


def _check_head(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if part.filename.lower().endswith((".xml", ".rels")):
        with archive.open(part) as file:
            head = file.read(HEAD).replace(b"\0", b"").upper()
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise Unreadable("damaged")


def read(data: bytes) -> Reading:
    """Return the blocks of a Word file.

    :raises Unreadable: it is none, damaged, locked or too long.
    """
    from docx import Document
    from docx.table import Table

    check(data)
    try:
        document = Document(io.BytesIO(data))
        lists = _lists(document)
        reading = Reading()
        for number, item in enumerate(document.iter_inner_content(), 1):
            if isinstance(item, Table):
                reading.add(Kind.TABLE, table(_rows(item)), f"¶{number}")
            else:
                _paragraph(reading, item, lists, f"¶{number}")
        for tag, code in NOT_READ.items():
            count = sum(1 for each in document.element.body.iter() if each.tag.rpartition("}")[2] == tag)
            if count:
                reading.lose(code, count)
    except Unreadable:
        raise
    except Exception as error:  # whatever python-docx and lxml stumble over
        raise Unreadable("damaged") from error
    return reading


def _paragraph(reading: Reading, paragraph, lists: dict, place: str) -> None:
    text = _text(paragraph._p)
    level, kind = _heading(paragraph), _list_kind(paragraph, lists)
    if level is not None:
        reading.add(Kind.TITLE if level <= 1 else Kind.HEADING, text, place)
    elif kind:
        reading.add(Kind.BULLET if kind in BULLETS else Kind.STEP, text, place)
    else:
        runs = [run for run in paragraph.runs if run.text.strip()]
        for line in text.split("\n"):
            reading.line(line, place, bold=bool(runs) and all(run.bold for run in runs))


def _text(element) -> str:
    """Return the text of a paragraph as it is read: insertions in, deletions and text boxes out."""
    parts = []
    for child in element:
        if child.tag in HIDDEN:
            continue
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif child.tag == f"{W}tab":
            parts.append(" ")
        elif not child.tag.endswith(("}drawing", "}pict", "}pPr", "}rPr")):
            parts.append(_text(child))
    return "".join(parts)


def _heading(paragraph) -> int | None:
    """Return 0 for the document's title, 1 to 9 for headings, by style or outline level."""
    style = paragraph.style
    while style is not None:
        name = (style.name or "").lower()
        if name in ("title", "标题"):
            return 0
        for prefix in ("heading ", "标题 ", "标题"):
            if name.startswith(prefix) and name[len(prefix) :].strip().isdigit():
                return int(name[len(prefix) :])
        style = style.base_style
    levels = paragraph._p.findall(f"{W}pPr/{W}outlineLvl")
    level = int(levels[0].get(f"{W}val", "9")) if levels else 9
    return level + 1 if level < 9 else None


def _list_kind(paragraph, lists: dict) -> str:
    """Return the number format of the list that the paragraph is an item of, by itself or by its style."""
    holders, style = [paragraph._p], paragraph.style
    while style is not None:
        holders.append(style.element)
        style = style.base_style
    for holder in holders:
        found = holder.find(f"{W}pPr/{W}numPr")
        if found is not None:
            number, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
            if number is None or number.get(f"{W}val") == "0":
                return ""
            return lists.get((number.get(f"{W}val"), level.get(f"{W}val") if level is not None else "0"), "decimal")
    return ""


def _lists(document) -> dict[tuple[str, str], str]:
    """Return the number format of each (list, level)."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {
        each.get(f"{W}abstractNumId"): {
            level.get(f"{W}ilvl"): (
                level.find(f"{W}numFmt").get(f"{W}val") if level.find(f"{W}numFmt") is not None else "decimal"
            )
            for level in each.findall(f"{W}lvl")
        }
        for each in root.findall(f"{W}abstractNum")
    }
    found = {}
    for number in root.findall(f"{W}num"):
        levels = abstract.get(number.find(f"{W}abstractNumId").get(f"{W}val"), {})
        found |= {(number.get(f"{W}numId"), level): form for level, form in levels.items()}
    return found


def _rows(item) -> list[list[str]]:
    """Return the cells of a table; a merged cell counts once in its row."""
    rows = []
    for row in item.rows:
        cells, seen = [], None
        for cell in row.cells:
            if cell._tc is not seen:
                cells.append(" ".join(_text(paragraph._p) for paragraph in cell.paragraphs))
            seen = cell._tc
        rows.append(cells)
    return rows
