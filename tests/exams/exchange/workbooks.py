"""Workbooks as training institutions hand them in, and what becomes of a row."""

import io

from openpyxl import Workbook
from openpyxl.drawing.image import Image as Picture

from exams.rules.items import Draft

from .drafts import png
from .files import codes, good, reads

TITLES = ("题型", "题干", "A", "B", "C", "D", "答案")


def xlsx(*sheets, merged=(), hidden=(), pictures=()) -> bytes:
    """Return a workbook of (title, rows); ``merged`` ranges and ``pictures`` lie on the last sheet."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title in hidden:
            sheet.sheet_state = "hidden"
    for cells in merged:
        sheet.merge_cells(cells)
    for anchor in pictures:
        sheet.add_image(Picture(io.BytesIO(png(9))), anchor)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def row(titles, values) -> Draft:
    """Return the draft that one row makes."""
    (draft,) = good(reads(xlsx(("题库", [titles, values]))))
    return draft


def doubts(titles, values) -> list[str]:
    """Return why one row is doubtful or unreadable."""
    (item,) = reads(xlsx(("题库", [titles, values])))
    return codes(item)


def right(draft: Draft) -> list[str]:
    """Return what is right."""
    return [part.text for part in draft.parts if part.is_right]
