"""Identity document numbers: normalise, validate, mask.

Sources: GB 11643-1999 (18-digit number and its check digit, MOD 11-2); residence permits use the same form with
region codes 810000, 820000, 830000; foreign permanent resident cards of 2023 begin with 9 and use it too.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from accounts.enums import IdKind

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
OLDEST_YEARS = 120
PERMIT_REGIONS = ("81", "82", "83")
PROVINCES = {
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71",
}  # fmt: skip


class InvalidIdNumber(ValueError):
    """The number cannot belong to anyone; ``reason`` is one of length, characters, check_digit, birth_date."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class IdNumber:
    """A valid number in its normal form; ``born`` is None for a passport; ``unknown_region`` is a soft warning only."""

    kind: IdKind
    number: str
    born: date | None
    unknown_region: bool = False


def check_digit(first17: str) -> str:
    """Return the last character of a resident number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return CHECK[sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True)) % 11]


def parse(raw: str, *, today: date, kind: IdKind | None = None) -> IdNumber:
    """Return ``raw`` in its normal form: full-width folded, spaces dropped, x upper-cased, 15 digits widened to 18.

    :raises InvalidIdNumber: it cannot be a number of that kind.
    """
    text = re.sub(r"[\s\-·]", "", unicodedata.normalize("NFKC", raw)).upper()
    if kind is IdKind.PASSPORT:
        if not re.fullmatch(r"[A-Z0-9]{5,17}", text):
            raise InvalidIdNumber("characters")
        return IdNumber(IdKind.PASSPORT, text, None)
    if re.fullmatch(r"[0-9]{15}", text):
        widened = text[:6] + "19" + text[6:]
        text = widened + check_digit(widened)
    if len(text) != 18:
        raise InvalidIdNumber("length")
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
        raise InvalidIdNumber("characters")
    if check_digit(text[:17]) != text[17]:
        raise InvalidIdNumber("check_digit")
    found = _kind_of(text)
    return IdNumber(found, text, _birth_date(text, today), found is IdKind.RESIDENT and text[:2] not in PROVINCES)


def _kind_of(text: str) -> IdKind:
    if text.startswith(PERMIT_REGIONS):
        return IdKind.RESIDENCE_PERMIT
    return IdKind.FOREIGN_PERMANENT if text.startswith("9") else IdKind.RESIDENT


def _birth_date(text: str, today: date) -> date:
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError as error:
        raise InvalidIdNumber("birth_date") from error
    if not 0 <= today.year - born.year <= OLDEST_YEARS or born > today:
        raise InvalidIdNumber("birth_date")
    return born


def born_of(number: str, *, kind: str) -> date | None:
    """Return the date of birth in a valid number in its normal form; None for a passport's."""
    if kind == IdKind.PASSPORT:
        return None
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def mask_number(number: str) -> str:
    """Return the number with its ends shown: three and four of 18 characters, fewer of a passport's, never half."""
    head, tail = min(3, len(number) // 6), min(4, len(number) // 4)
    if len(number) <= 7:
        return "*" * len(number)
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]


def mask_name(name: str) -> str:
    """Return the name with only its last character shown, as on public verification pages."""
    return "*" * (len(name) - 1) + name[-1:] if len(name) > 1 else "*"


def age_on(born: date, day: date) -> int:
    """Return full years between ``born`` and ``day``."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
