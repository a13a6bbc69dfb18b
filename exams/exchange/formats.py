"""Which format a file is, and the way in and out for each."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

from core.sheets.faults import Unreadable
from core.sheets.tables import OLE
from core.sheets.texts import decoded
from exams.enums import ExchangeFormat
from exams.rules.items import Draft

from . import aiken, gift, moodle, qti, tables
from .reads import Malformed, Read, skipped

MAX_MEGABYTES = {"default": 10, ExchangeFormat.MOODLE: 60, ExchangeFormat.QTI21: 60}
MOST_ITEMS = 50_000
HEAD = 4000
READERS: dict[str, Callable[[bytes], Iterator[Read]]] = {
    ExchangeFormat.XLSX: tables.read,
    ExchangeFormat.CSV: tables.read,
    ExchangeFormat.GIFT: gift.read,
    ExchangeFormat.MOODLE: moodle.read,
    ExchangeFormat.AIKEN: aiken.read,
    ExchangeFormat.QTI21: qti.read,
    ExchangeFormat.QTI22: qti.read,
    ExchangeFormat.QTI30: qti.read,
}
WRITERS: dict[str, Callable[[Iterable[Draft]], bytes]] = {
    ExchangeFormat.XLSX: tables.write_xlsx,
    ExchangeFormat.CSV: tables.write_csv,
    ExchangeFormat.GIFT: gift.write,
    ExchangeFormat.MOODLE: moodle.write,
    ExchangeFormat.AIKEN: aiken.write,
    ExchangeFormat.QTI21: partial(qti.write, version="2.1"),
    ExchangeFormat.QTI22: partial(qti.write, version="2.2"),
    ExchangeFormat.QTI30: partial(qti.write, version="3.0"),
}
ENDINGS = {
    ExchangeFormat.XLSX: ".xlsx",
    ExchangeFormat.CSV: ".csv",
    ExchangeFormat.GIFT: ".gift.txt",
    ExchangeFormat.MOODLE: ".xml",
    ExchangeFormat.AIKEN: ".txt",
    ExchangeFormat.QTI21: ".zip",
    ExchangeFormat.QTI22: ".zip",
    ExchangeFormat.QTI30: ".zip",
}


def detected(data: bytes) -> ExchangeFormat:
    """Return what format a file is, by what stands in it, whatever it is called.

    :raises Malformed: none of ours, or too large; ``old_excel`` and ``qti_old`` say what to do.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise Malformed("empty")
    if data.startswith(OLE):
        raise Malformed("old_excel")
    format = _of_archive(data) if data.startswith(b"PK") else _of_text(data)
    if len(data) > megabytes(format) * 1_000_000:
        raise Malformed("too_large")
    return format


def megabytes(format: str) -> int:
    """Return how large a file of the format may be."""
    return MAX_MEGABYTES.get(ExchangeFormat(format), MAX_MEGABYTES["default"])


def _of_archive(data: bytes) -> ExchangeFormat:
    if b"xl/workbook.xml" in data.lower():
        return ExchangeFormat.XLSX
    return ExchangeFormat.QTI21


def _of_text(data: bytes) -> ExchangeFormat:
    try:
        text = decoded(data)
    except Unreadable as fault:
        raise Malformed(fault.code) from fault
    head = text.lstrip("\ufeff \t\r\n")[:HEAD]
    if head.startswith("<"):
        return _of_xml(head)
    if tables.is_table(data):
        return ExchangeFormat.CSV
    if any(aiken.ANSWER.match(line) for line in text[: 50 * HEAD].splitlines()):
        return ExchangeFormat.AIKEN
    if "{" in text or "::" in text or head.startswith(("//", "$CATEGORY")):
        return ExchangeFormat.GIFT
    raise Malformed("type" if "," not in text else "no_header")


def _of_xml(head: str) -> ExchangeFormat:
    if "<quiz" in head:
        return ExchangeFormat.MOODLE
    if "questestinterop" in head:
        raise Malformed("qti_old")
    if "assessmentItem" in head or "qti-assessment-item" in head:
        return ExchangeFormat.QTI21
    raise Malformed("type")


def read(data: bytes, format: str = "") -> Iterator[Read]:
    """Yield the items of a file in order; the format is found out where none is named.

    :raises Malformed: the file as a whole cannot be read; what was read before stands.
    """
    format = format or detected(data)
    items = READERS[format](data)
    try:
        yield from islice(items, MOST_ITEMS)
        if more := next(items, None):
            yield skipped("too_many", first=more.first, last=more.last, raw=more.raw, most=MOST_ITEMS)
    except Unreadable as fault:
        raise Malformed(fault.code) from fault


def write(drafts: Iterable[Draft], format: str) -> bytes:
    """Return a file of questions."""
    return WRITERS[format](drafts)
