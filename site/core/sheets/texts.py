"""CSV in the encodings and with the delimiters that offices save it in."""

import csv
import io
from collections.abc import Iterator
from functools import partial

from .faults import Unreadable
from .tables import Row, Table

DELIMITERS = ",;\t，；"
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
BINARY = {*map(chr, range(9)), *map(chr, range(14, 32))} - {"\x1a"}


def decoded(data: bytes) -> str:
    """Return the text: by its byte order mark, else UTF-8, else GB 18030.

    :raises Unreadable: it is neither, or no text at all.
    """
    marked = next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if BINARY.intersection(text):
            raise Unreadable("type")
        return text
    raise Unreadable("encoding")


def tables(data: bytes) -> list[Table]:
    """Return the text as a table for each delimiter that it has, the most frequent first."""
    text = decoded(data)
    counts = sorted(((text.count(mark), mark) for mark in DELIMITERS), key=lambda pair: -pair[0])
    lines = text.count("\n") + 1
    return [Table("", partial(_rows, text, mark), lines) for count, mark in counts if count]


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from enumerate(reader, 1)
    except csv.Error as error:
        raise Unreadable("damaged") from error
