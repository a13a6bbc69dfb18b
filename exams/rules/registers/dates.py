"""Dates as registers hold them: as text in many spellings, as month only, as a spreadsheet's serial number."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet's serial numbers, with its wrong leap day of 1900
SERIALS = range(20_000, 80_000)  # 1954 to 2119
YEARS = range(1950, 2120)
WRITTEN = re.compile(r"(?<!\d)(\d{4})\s*[年./\-]\s*(\d{1,2})(?!\d)(?:\s*[月./\-]\s*(\d{1,2})(?!\d))?")
COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
MONTH = re.compile(r"(?<!\d)(\d{4})(\d{2})(?!\d)")
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")


class NoDate(ValueError):
    """The cell holds something that is no date."""


@dataclass(frozen=True)
class Read:
    """A date; not ``whole`` means that the register gives only year and month."""

    day: date
    whole: bool = True

    def at_the_end(self) -> "Read":
        """Return the last day of the month where the day is missing: until when, not since when."""
        if self.whole:
            return self
        return Read(self.day.replace(day=monthrange(self.day.year, self.day.month)[1]), whole=False)


def read(value: Any) -> Read | None:
    """Return the one date of a cell, or None where it is empty.

    :raises NoDate: it holds something else, or more than one.
    """
    found = read_all(value)
    if len(found) > 1:
        raise NoDate
    return found[0] if found else None


def read_all(value: Any) -> list[Read]:
    """Return the dates of a cell in their order: a period has two.

    :raises NoDate: it holds something else.
    """
    if value is None:
        return []
    if isinstance(value, datetime):
        return [Read(_sane(value.date()))]
    if isinstance(value, date):
        return [Read(_sane(value))]
    text = unicodedata.normalize("NFKC", str(value)).strip().strip("'")
    if text in ("", "-", "/", "无"):
        return []
    if number := SERIAL.fullmatch(text):
        if int(number[1]) in SERIALS:
            return [Read(EPOCH + timedelta(days=int(number[1])))]
        raise NoDate
    text = re.sub(r"\.0+$", "", text) if re.fullmatch(r"\d{6,8}\.0+", text) else text
    for pattern in (WRITTEN, COMPACT, MONTH):
        if found := [_of(match) for match in pattern.finditer(text)]:
            return found
    raise NoDate


def _of(match: re.Match) -> Read:
    year, month, day = (int(part) if part else 0 for part in (*match.groups(), "")[:3])
    try:
        return Read(_sane(date(year, month, day or 1)), whole=bool(day))
    except ValueError as error:
        raise NoDate from error


def _sane(day: date) -> date:
    if day.year not in YEARS:
        raise NoDate
    return day
