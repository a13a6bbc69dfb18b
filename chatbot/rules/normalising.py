"""One form for all questions: what the rules read."""

import re
import unicodedata
from functools import cache

FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ＠－]")
BETWEEN_CHINESE = re.compile(r"(?<=[㐀-鿿])\s+(?=[㐀-鿿])")


@cache
def _to_simplified():
    from opencc import OpenCC

    return OpenCC("t2s").convert


def visible(text: str) -> str:
    """Return ``text`` in NFKC on one line, without control characters, invisible ones and half characters."""
    return " ".join(_shown(unicodedata.normalize("NFKC", text)).split())


def normalise(text: str) -> str:
    """Return ``text`` folded: visible, Simplified, lower case, no blanks inside Chinese."""
    shown = visible(text)
    if not shown.isascii():
        shown = _to_simplified()(shown).replace("著", "着")  # OpenCC leaves 著火 as it is
    return BETWEEN_CHINESE.sub("", shown.lower())


def printable(text: str) -> str:
    """Return ``text`` as it was typed, line by line, without control characters, invisible ones and half characters."""
    return "\n".join(_shown(line).strip() for line in text.splitlines()).strip()


def folded(text: str) -> str:
    """Return ``text`` with digits and letters of full width in the usual one, so that a number is seen to be one."""
    return "".join(chr(ord(sign) - 0xFEE0) if FULL_WIDTH.match(sign) else sign for sign in text)


def _shown(text: str) -> str:
    return "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or not _is_hidden(sign))


def _is_hidden(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co")
