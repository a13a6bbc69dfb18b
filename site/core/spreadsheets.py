"""Tables that people open in a spreadsheet: no cell of them is ever a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def neutral(value: Any) -> Any:
    """Return the value as a cell that no spreadsheet computes: text that begins like a formula gets an apostrophe.

    Numbers stay numbers. Source: OWASP, CSV Injection.
    """
    if isinstance(value, bool) or (not isinstance(value, (str, int, float)) and value is not None):
        value = str(value)
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA) else value


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield a UTF-8 CSV file piece by piece; its byte order mark lets Excel read the Chinese."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff".encode()
    for row in chain([header], rows):
        writer.writerow([neutral(cell) for cell in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def workbook(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return an XLSX file with one sheet; long numbers stay text."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (header, *rows):
        sheet.append([neutral(cell) for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
