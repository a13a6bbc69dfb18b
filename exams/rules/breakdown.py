"""What each slot of a graded attempt got, packed: sixteen bytes a slot, kept with the result and read by statistics."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

RECORD = struct.Struct("<IHHHHI")  # version, slot, marks and awarded in hundredths, answered, options chosen as bits
DTYPE = [
    ("version", "<u4"),
    ("slot", "<u2"),
    ("marks", "<u2"),
    ("awarded", "<u2"),
    ("answered", "<u2"),
    ("chosen", "<u4"),
]


@dataclass(frozen=True)
class SlotMark:
    """One slot: which version, its marks, what was awarded, and the bank positions chosen, as bits."""

    version: int
    slot: int
    marks: Decimal
    awarded: Decimal
    answered: bool
    chosen: int = 0


def pack(slots: Iterable[SlotMark]) -> bytes:
    """Return the slots as bytes, in the order given; ``numpy.frombuffer(…, DTYPE)`` reads them."""
    return b"".join(
        RECORD.pack(one.version, one.slot, int(one.marks * 100), int(one.awarded * 100), one.answered, one.chosen)
        for one in slots
    )


def unpack(packed: bytes) -> list[SlotMark]:
    """Return what ``pack`` put in."""
    return [
        SlotMark(version, slot, Decimal(marks) / 100, Decimal(awarded) / 100, bool(answered), chosen)
        for version, slot, marks, awarded, answered, chosen in RECORD.iter_unpack(bytes(packed))
    ]
