"""Workbooks as people make them, built in memory."""

import io

from openpyxl import Workbook
from openpyxl.drawing.image import Image as Picture

from .drafts import png

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
