"""People's names as they are typed: one normal form to store and compare."""

import re
import unicodedata

DOTS = "·•‧∙・．﹒᛫⸱"
TO_DOT = str.maketrans(dict.fromkeys(DOTS, "·"))
HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff·]"
BETWEEN_HAN = re.compile(rf"(?<={HAN})\s+(?={HAN})")


def visible(text: str) -> str:
    """Return the text without what nobody sees: zero-width characters, marks of direction, control characters."""
    kept = (character for character in text if unicodedata.category(character) not in ("Cf", "Co", "Cs", "Cn"))
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in kept)


def normal(raw: str) -> str:
    """Return a name in its normal form: NFKC, one kind of dot, no spaces inside a Chinese name."""
    dotted = unicodedata.normalize("NFKC", visible(raw).translate(TO_DOT)).translate(TO_DOT)
    return BETWEEN_HAN.sub("", " ".join(dotted.split()))


def plausible(name: str) -> bool:
    """Say whether a name in its normal form could be someone's: letters, no digits, at most 80 characters."""
    return 0 < len(name) <= 80 and any(character.isalpha() for character in name) and not re.search(r"\d", name)


def same(one: str, other: str) -> bool:
    """Say whether two names are one, whatever their spelling."""
    return normal(one).casefold() == normal(other).casefold()
