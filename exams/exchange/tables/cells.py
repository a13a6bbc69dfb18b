"""What a cell says: text as its writer saw it, with its lines; an apostrophe against formulas is taken off."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from core.spreadsheets import FORMULA

EXACT = 10**15
LONGEST = 40_000


def text_of(value: Any) -> str:
    """Return the cell as text."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    text = str(value)[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").strip()
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ").startswith(FORMULA) else text


def is_date(value: Any) -> bool:
    """Say whether the spreadsheet made a date of what was typed."""
    return isinstance(value, (datetime, date, time))


def raw(row: Sequence[Any]) -> str:
    """Return a row as one text."""
    return "\t".join("" if value is None else str(value) for value in row).rstrip("\t")
