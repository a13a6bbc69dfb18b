"""One form for all questions: what the rules read."""

import re
import unicodedata
from functools import cache

BETWEEN_CHINESE = re.compile(r"(?<=[㐀-鿿])\s+(?=[㐀-鿿])")


@cache
def _to_simplified():
    from opencc import OpenCC

    return OpenCC("t2s").convert


def visible(text: str) -> str:
    """Return ``text`` in NFKC on one line, without control characters, invisible ones and half characters."""
    folded = unicodedata.normalize("NFKC", text)
    shown = "".join(" " if sign.isspace() else sign for sign in folded if sign.isspace() or not _is_hidden(sign))
    return " ".join(shown.split())


def normalise(text: str) -> str:
    """Return ``text`` folded: visible, Simplified, lower case, no blanks inside Chinese."""
    shown = visible(text)
    if not shown.isascii():
        shown = _to_simplified()(shown).replace("著", "着")  # OpenCC leaves 著火 as it is
    return BETWEEN_CHINESE.sub("", shown.lower())


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co")
