"""Which characters the certificate's font can print."""

import unicodedata
from functools import cache
from pathlib import Path

GETA = "〓"  # U+3013, the compositor's mark for a character the case lacks
BEYOND_UNICODE_TEXT = "\U0010fffe"  # a noncharacter: every font draws its "no such glyph" box for it
VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


def printable(text: str, *, font: Path) -> tuple[str, list[str]]:
    """Return ``text`` with 〓 for each character the font lacks, and those characters.

    Control, format and variation characters print nothing and are dropped.
    """
    shown, missing = [], []
    for character in text:
        if _prints_nothing(character):
            continue
        if _has_glyph(character, font):
            shown.append(character)
        else:
            shown.append(GETA)
            missing.append(character)
    return "".join(shown), missing


def _prints_nothing(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf") or any(
        ord(character) in selectors for selectors in VARIATION_SELECTORS
    )


@cache
def _face(font: Path):
    from PIL import ImageFont

    return ImageFont.truetype(font, 24)


@cache
def _box(font: Path) -> bytes:
    return bytes(_face(font).getmask(BEYOND_UNICODE_TEXT))


@cache
def _has_glyph(character: str, font: Path) -> bool:
    return bytes(_face(font).getmask(character)) != _box(font)
