"""Which laws and standards the text of a source names. Pure."""

import unicodedata
from collections.abc import Mapping, Sequence


def folded(text: str) -> str:
    """Return a text as spellings are compared: in one width and case, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def named_in(text: str, spellings: Mapping[int, Sequence[str]]) -> list[int]:
    """Return the keys of ``spellings`` (already folded) that ``text`` names.

    A spelling inside a longer one that the text names at the same place does not count: the sentence about
    《危险化学品安全管理条例》 does not name 《安全管理条例》.
    """
    text = folded(text)
    found = [
        (place, place + len(spelling), key)
        for key, several in spellings.items()
        for spelling in several
        for place in _places(text, spelling)
    ]
    return sorted({key for start, end, key in found if not _inside_another(start, end, found)})


def _places(text: str, spelling: str) -> list[int]:
    """Return where ``spelling`` stands; a number does not go on behind it (GB 2811 is not GB 28110)."""
    places, start = [], text.find(spelling) if spelling else -1
    while start >= 0:
        end = start + len(spelling)
        goes_on = spelling[-1].isdigit() and text[end : end + 1].isdigit()
        if not goes_on:
            places.append(start)
        start = text.find(spelling, start + 1)
    return places


def _inside_another(start: int, end: int, found: Sequence[tuple[int, int, int]]) -> bool:
    return any(left <= start and end <= right and right - left > end - start for left, right, _key in found)
