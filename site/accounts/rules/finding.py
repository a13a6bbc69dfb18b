"""What somebody typed into the search for people may mean; pure."""

import re
import unicodedata
from datetime import date

from . import identity


def folded(text: str) -> str:
    """Return the text with full-width characters folded and spaces at its ends dropped."""
    return unicodedata.normalize("NFKC", text).strip()


def has_digits(text: str) -> bool:
    """Say whether a number may stand in the text."""
    return any(character.isdigit() for character in text)


def id_numbers(text: str, *, today: date) -> list[str]:
    """Return the identity numbers in their normal form that the text may be: a resident's, a passport's, or none."""
    found = []
    for kind in (None, identity.IdKind.PASSPORT):
        try:
            found.append(identity.parse(text, today=today, kind=kind).number)
        except identity.InvalidIdNumber:
            continue
    return [number for number in dict.fromkeys(found) if has_digits(number)]


def phone_number(text: str) -> str | None:
    """Return the number (E.164) that the text may be: +86 stands before eleven digits that begin with 1."""
    digits = re.sub(r"[\s\-()]", "", folded(text))
    if re.fullmatch(r"1\d{10}", digits):
        return f"+86{digits}"
    return digits if re.fullmatch(r"\+\d{8,15}", digits) else None


def masked_phone(phone: str) -> str:
    """Return the number with its middle hidden: country, three digits and the last four are left."""
    return f"{phone[:-8]}****{phone[-4:]}" if len(phone) > 10 else "*" * len(phone)
