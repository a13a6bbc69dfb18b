"""What somebody typed into the search for people may mean; pure."""

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
