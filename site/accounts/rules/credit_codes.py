"""Unified social credit codes of organisations: normal form and check character (GB 32100-2015)."""

import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
LENGTH = 18


class InvalidCreditCode(ValueError):
    """The code cannot be any organisation's; ``reason`` is one of length, characters, check."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def check_character(first17: str) -> str:
    """Return the last character of a code: weights 3 to the power of the place, modulo 31."""
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(first17))
    return ALPHABET[(31 - total % 31) % 31]


def parse(raw: str) -> str:
    """Return ``raw`` in its normal form: full-width folded, spaces and dashes dropped, upper case.

    :raises InvalidCreditCode: it cannot be such a code.
    """
    code = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", raw)).upper()
    if len(code) != LENGTH:
        raise InvalidCreditCode("length")
    if not set(code) <= set(ALPHABET) or not code[2:8].isdigit():
        raise InvalidCreditCode("characters")
    if check_character(code[:17]) != code[17]:
        raise InvalidCreditCode("check")
    return code
