"""Options that stand in one cell, and the letters and numbers before them."""

import re

from exams.rules.responses import LETTERS

MARK = re.compile(
    r"(?:^|(?<=[\s;；|｜/,，。、)）>]))[(（\[【]?([A-La-lＡ-Ｌ])\s*[.．、:：)）\]】,，]|^([A-L])[ \t]+", re.MULTILINE
)
OWN_MARK = re.compile(r"^[(（\[【]?([A-La-lＡ-Ｌ])\s*[.．、:：)）\]】]\s*|^([A-L])[ \t]+(?=\S)")
SEPARATORS = ("\n", "|", "｜", "；", ";", "$", "#", "/", "、", "，", ",")
UNSURE = ("/", "、", "，", ",", "$", "#")
EDGES = " \t\n|｜;；/"
NUMBER = re.compile(r"^\s*(?:第\s*\d{1,5}\s*题\s*[.．、:：]?|\d{1,5}\s*[.．、:：)）](?!\d)|[(（]\s*\d{1,5}\s*[)）])\s*")
LABEL = re.compile(r"^\s*[\[【(（]\s*((?:单|多|判|填|不|是|选|排|匹|连)[^\]】)）]{1,6})\s*[\]】)）]\s*")


def letter_number(sign: str) -> int:
    """Return the number of a letter in any width and case, A as 0."""
    code = ord(sign)
    return code - ord("Ａ") if code >= ord("Ａ") else LETTERS.index(sign.upper())


def split(text: str) -> tuple[list[str], bool]:
    """Return the options in one cell, and whether they could be told apart for sure."""
    text = text.replace("**", "\n").strip()
    marked = _by_marks(text)
    if len(marked) > 1:
        return marked, True
    for separator in SEPARATORS:
        pieces = [piece.strip() for piece in text.split(separator)]
        pieces = [without_mark(piece, place) for place, piece in enumerate(piece for piece in pieces if piece)]
        if len(pieces) > 1:
            return pieces, separator not in UNSURE
    return ([text] if text else []), False


def _by_marks(text: str) -> list[str]:
    """Cut at A, B, C … as long as they follow one another."""
    starts: list[tuple[int, int]] = []
    for found in MARK.finditer(text):
        if letter_number(found[1] or found[2]) == len(starts):
            starts.append((found.start(), found.end()))
    if len(starts) < 2 or text[: starts[0][0]].strip(EDGES):
        return []
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return [text[begin:end].strip(EDGES) for (_, begin), end in zip(starts, ends, strict=True)]


def out_of_stem(text: str) -> tuple[str, list[str]]:
    """Return a stem without the options that stand at its end, and those."""
    first = next((found for found in MARK.finditer(text) if letter_number(found[1] or found[2]) == 0), None)
    if first is None or not first.start():
        return text, []
    options = _by_marks(text[first.start() :])
    return (text[: first.start()].strip(), options) if len(options) > 1 else (text, [])


def without_mark(text: str, place: int) -> str:
    """Return an option without its own letter before it."""
    found = OWN_MARK.match(text)
    return text[found.end() :].strip() if found and letter_number(found[1] or found[2]) == place else text.strip()


def without_number(stem: str) -> tuple[str, str]:
    """Return a stem without its number and without a label such as 【单选】, and that label."""
    stem = NUMBER.sub("", stem, count=1)
    label = LABEL.match(stem)
    return (stem[label.end() :], label[1]) if label else (stem, "")
