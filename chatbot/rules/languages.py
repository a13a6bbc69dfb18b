"""In which writing somebody asked, and an answer in the same: Simplified, Traditional, or English."""

import re
from enum import StrEnum
from functools import cache

CHINESE = re.compile(r"[㐀-鿿]")
LATIN = re.compile(r"[A-Za-z]")
TITLE = re.compile("(《[^》]*》)")  # a law is cited as it is called


class Writing(StrEnum):
    """How the question is written."""

    SIMPLIFIED = "simplified"
    TRADITIONAL = "traditional"
    ENGLISH = "english"


def writing_of(shown: str) -> Writing:
    """Return how the question, not yet folded, is written."""
    if not CHINESE.search(shown):
        return Writing.ENGLISH if LATIN.search(shown) else Writing.SIMPLIFIED
    return Writing.TRADITIONAL if _converter("t2s")(shown) != shown else Writing.SIMPLIFIED


def written(text: str, writing: Writing) -> str:
    """Return ``text`` in Traditional characters where that is asked, but for the titles of laws."""
    if writing != Writing.TRADITIONAL:
        return text
    return "".join(part if part.startswith("《") else _converter("s2t")(part) for part in TITLE.split(text))


@cache
def _converter(name: str):
    from opencc import OpenCC

    return OpenCC(name).convert
