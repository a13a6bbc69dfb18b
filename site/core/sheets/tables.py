"""A file as tables of rows, whatever its format; nothing of it is computed, nothing outside it is fetched."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from .faults import Unreadable

MAX_BYTES = 10_000_000
Row = tuple[int, Sequence[Any]]  # the row's number as its writer sees it, its values
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def nowhere(place: int) -> dict[int, int]:
    """Return the vertical merges of a table that has none."""
    return {}


@dataclass(frozen=True)
class Table:
    """One sheet. ``rows`` begins anew each time; ``merges`` maps first to last rows of the merged cells of a column.

    ``pictures`` gives the rows that pictures are laid over; their cells are empty.
    """

    title: str
    rows: Callable[[], Iterator[Row]]
    estimate: int
    merges: Callable[[int], dict[int, int]] = nowhere
    pictures: Callable[[], frozenset[int]] = frozenset
    is_hidden: bool = False


def check(data: bytes) -> None:
    """Look at the beginning and at the sizes inside, without unpacking.

    :raises Unreadable: it is no table, or a bomb.
    """
    from . import texts, workbooks

    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable("empty")
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large")
    if data.startswith(OLE):
        raise Unreadable("old_excel")
    if data.startswith(b"PK"):
        workbooks.check(data)
    else:
        texts.decoded(data)


@contextmanager
def opened(data: bytes) -> Iterator[list[Table]]:
    """Open a file and give its tables.

    :raises Unreadable: it is no table, or a bomb.
    """
    from . import texts, workbooks

    check(data)
    if data.startswith(b"PK"):
        with workbooks.opened(data) as tables:
            yield tables
    else:
        yield texts.tables(data)
