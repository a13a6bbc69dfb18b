"""What a cell of a spreadsheet says: text as its writer saw it, and whether a long number lost its last digits."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from accounts.rules.names import visible

EXACT = 10**15  # spreadsheets keep fifteen digits of a number; the rest become zeros
LONGEST = 200
QUOTED = re.compile(r'^="(.*)"$')
SCIENTIFIC = re.compile(r"^(\d)(?:\.(\d+))?[Ee]\+?(\d{1,2})$")
APOSTROPHES = "'`’‘"


class Rounded(ValueError):
    """The number was rounded when the file was saved; nobody can say what it was."""


def shown(value: Any) -> str:
    """Return the cell as text, at most LONGEST characters: what an error file gives back."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return " ".join(visible(str(value)[: 4 * LONGEST]).split())[:LONGEST]


def text(value: Any) -> str:
    """Return the cell's text without what only a spreadsheet needs: a leading apostrophe, ``="…"``."""
    plain = shown(value)
    quoted = QUOTED.match(plain)
    return (quoted[1] if quoted else plain).strip().strip(APOSTROPHES).strip()


def digits(value: Any) -> str:
    """Return the text of a cell that holds a number to be kept digit by digit: an id number, a phone.

    :raises Rounded: it was stored as a number longer than a spreadsheet can hold.
    """
    if isinstance(value, bool):
        return text(value)
    if isinstance(value, float):
        if abs(value) >= EXACT:
            raise Rounded
        return text(value)
    if isinstance(value, int):
        if abs(value) >= EXACT and value % 1000 == 0:
            raise Rounded
        return str(value)
    return _widened(text(value))


def _widened(plain: str) -> str:
    """Return ``1.3800138E+10`` as ``13800138000`` where no digit is missing.

    :raises Rounded: digits are missing.
    """
    parts = SCIENTIFIC.match(plain)
    if not parts:
        return re.sub(r"^(\d+)\.0+$", r"\1", plain)
    whole, fraction, power = parts[1], parts[2] or "", int(parts[3])
    if power >= 15 or len(fraction.rstrip("0")) > power:
        raise Rounded
    if power >= 10 and len(fraction) < power - 3:
        raise Rounded
    return (whole + fraction).ljust(power + 1, "0")[: power + 1]


def is_blank(row: Sequence[str]) -> bool:
    """Say whether nobody would see anything in the row."""
    return not any(row)
